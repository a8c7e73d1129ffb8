"""Quarterly returns: what is expected of an area, every version it sent, and every figure in them.

A version that was submitted never changes. What was published comes from a version that was signed off, so
"as published then" is the version signed off by that day, and "latest" is the last one. Reach rows only
through `queries`, which knows who may see which return.
"""

from django.db import models
from django.db.models import F, Q

from ithrive.measures import CellState
from ithrive.periods import Quarter
from ithrive.returns.life import State
from ithrive.returns.schedule import Expected, Reminder
from ithrive.web.accounts.models import Person
from ithrive.web.areas.models import LocalArea

LONGEST_NOTE = 2_000  # as ithrive.returns cuts it
LONGEST_QUERY = 500
# Versions that somebody still works on: an area has one at a time.
UNDER_WAY = (State.DRAFT, State.SUBMITTED, State.QUERIED)


class QuarterlyReturn(models.Model):
    """What one area owes for one quarter."""

    area = models.ForeignKey(LocalArea, on_delete=models.PROTECT, related_name="returns")
    quarter_starts = models.DateField()
    form_version = models.CharField(max_length=20)
    due_on = models.DateField()  # the soft deadline: after it the return is late, and still welcome
    closes_on = models.DateField()  # the last day on which a version is taken into this quarter's figures
    study = models.SlugField(max_length=60, blank=True)

    class Meta:
        ordering = ["quarter_starts", "area"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "quarter_starts"], name="one_return_per_area_and_quarter"
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("due_on")), name="return_closes_after_it_is_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}: {self.quarter.label}"

    @property
    def quarter(self) -> Quarter:
        return Quarter.of(self.quarter_starts)

    @property
    def expected(self) -> Expected:
        return Expected(str(self.area_id), self.quarter, self.due_on, self.closes_on)


class Version(models.Model):
    """One version of a return: a draft until it is submitted, and never changed after that, but to answer a
    query.
    """

    of = models.ForeignKey(QuarterlyReturn, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=[(each.value, each.value) for each in State])
    # How the figures came last: "workbook", "csv", "form", "api" or "records".
    came_by = models.CharField(max_length=20)
    # Counts saves of a draft, so that a second open tab cannot overwrite unseen what the first one saved.
    saves = models.PositiveIntegerField(default=0)
    # Empty where a command brought it, as for the demonstration.
    started_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="returns_started"
    )
    started_at = models.DateTimeField(auto_now_add=True)
    # The first day on which it was submitted is the day on which it came; later submissions answer queries.
    first_submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="returns_submitted"
    )
    submitted_at = models.DateTimeField(null=True)
    signed_off_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="returns_signed_off"
    )
    signed_off_at = models.DateTimeField(null=True)
    # Why an earlier version that had been signed off is sent again.
    resubmitted_because = models.CharField(max_length=300, blank=True)
    # The instrument or method of a measure, by its id, in the sender's words.
    methods = models.JSONField(default=dict)
    notes = models.CharField(max_length=LONGEST_NOTE, blank=True)

    class Meta:
        ordering = ["of", "number"]
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="versions_are_numbered"),
            models.UniqueConstraint(
                fields=["of"],
                condition=Q(state__in=[each.value for each in UNDER_WAY]),
                name="one_version_under_way",
            ),
            models.UniqueConstraint(
                fields=["of"], condition=Q(state=State.SIGNED_OFF.value), name="one_version_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of}, version {self.number}"


class Figure(models.Model):
    """One cell of a version. `number` is null unless the state is value or zero."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="figures")
    measure = models.CharField(max_length=20)
    figure = models.CharField(max_length=40)
    grouping = models.CharField(max_length=40, blank=True)
    breakdown = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=20, choices=[(each.value, each.value) for each in CellState])
    number = models.FloatField(null=True)
    # Why the figure is as it is, in its sender's words: it travels with the figure to the report.
    reason = models.CharField(max_length=LONGEST_NOTE, blank=True)
    # Where it was worked out, as its maker said: the query of `ithrive records`, and the run.
    provenance = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["version", "measure", "figure", "grouping", "breakdown"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "measure", "figure", "grouping", "breakdown"], name="each_figure_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    number__isnull=True,
                    state__in=["suppressed", "not submitted", "not applicable", "withheld for quality"],
                )
                | Q(number=0, state="zero")
                | (Q(state="value", number__isnull=False) & ~Q(number=0)),
                name="a_figure_fits_its_state",
            ),
        ]
        indexes = [models.Index(fields=["measure", "figure", "grouping"], name="figures_by_measure")]


class SentFile(models.Model):
    """A file that figures of a version came in, as it was sent. Later files do not take its place."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=150)  # as its sender called it
    kept = models.CharField(max_length=40)  # its random name among the private files
    digest = models.CharField(max_length=64)
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="return_files")
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["version", "pk"]


class Query(models.Model):
    """A question that the programme or an evaluator asks about a figure of a version, or about all of it.

    What the checks ask is not kept here: it follows from the figures, and its answer is their reason.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="queries")
    key = models.CharField(max_length=130, blank=True)  # FigureKey.text, or empty for the whole return
    asks = models.CharField(max_length=LONGEST_QUERY)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="queries_asked")
    asked_at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(max_length=LONGEST_QUERY, blank=True)
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="queries_answered"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["version", "pk"]


class ReturnReminder(models.Model):
    """A letter about a return that went out; each goes to a person once."""

    of = models.ForeignKey(QuarterlyReturn, on_delete=models.CASCADE, related_name="reminders")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="return_reminders")
    kind = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Reminder])
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "person", "kind"], name="a_letter_on_a_return_once")
        ]


class SendingKey(models.Model):
    """What a system of an area sends returns with, in the name of a person. Only its digest is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sending_keys")
    name = models.CharField(max_length=60)  # what it is for, in its owner's words
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]


class AnsweredCall(models.Model):
    """What a call of the write API was answered, so that the same call sent again gets the same answer."""

    made_with = models.ForeignKey(SendingKey, on_delete=models.CASCADE, related_name="calls")
    key = models.CharField(max_length=100)
    asked = models.CharField(max_length=64)  # a digest of the address and the body
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["made_with", "key"], name="an_idempotency_key_once")]
