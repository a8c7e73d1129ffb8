"""Quarterly returns: what is expected of an area, every version it sent, and every figure in them.

A version that was submitted never changes. What was published comes from a version that was signed off, so
"as published then" is the version signed off by that day, and "latest" is the last one.
"""

from django.db import models
from django.db.models import F, Q

from ithrive.measures import CellState
from ithrive.periods import Quarter
from ithrive.web.accounts.models import Person
from ithrive.web.areas.models import LocalArea


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


class Version(models.Model):
    """One version of a return: a draft until it is submitted, and never changed after that."""

    of = models.ForeignKey(QuarterlyReturn, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20)  # ithrive.returns.life.State
    # How the figures came: "workbook", "csv", "form", "api" or "records".
    came_by = models.CharField(max_length=20)
    # Counts saves of a draft, so that a second open tab cannot overwrite unseen what the first one saved.
    saves = models.PositiveIntegerField(default=1)
    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="returns_started")
    started_at = models.DateTimeField(auto_now_add=True)
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
    # The file as it was sent: its random name among the private files, its own name, and its digest.
    kept_file = models.CharField(max_length=32, blank=True)
    file_name = models.CharField(max_length=150, blank=True)
    file_digest = models.CharField(max_length=64, blank=True)
    # What the figures rest on, as their maker said: method mix, quality grades, run log of records.
    notes = models.JSONField(default=dict)

    class Meta:
        ordering = ["of", "number"]
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="versions_are_numbered")]


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
    reason = models.CharField(max_length=500, blank=True)

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


class Query(models.Model):
    """A question about a figure of a version: from the checks, or from a person who reads the return."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="queries")
    key = models.CharField(max_length=130)  # FigureKey.text, or empty for the whole return
    rule = models.CharField(max_length=60, blank=True)  # empty where a person asked
    asks = models.CharField(max_length=500)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="queries_asked")
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="queries_answered"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["version", "pk"]
