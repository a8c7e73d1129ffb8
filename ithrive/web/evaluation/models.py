"""Studies: protocols as they were written and frozen, looks as they were taken, runs with what they found."""

from django.db import models
from django.db.models import F, Q

from ithrive.web.accounts.models import Person
from ithrive.web.areas.models import LocalArea
from ithrive.web.evaluation.life import TOLD, State


class Study(models.Model):
    """One study. `slug` is the id in its protocol, and stays."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=300)
    fictional = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class StudySite(models.Model):
    """An area in a study, as the latest protocol says: `arm` is known to evaluators and to the area alone."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="sites")
    area = models.ForeignKey(LocalArea, on_delete=models.PROTECT, related_name="study_sites")
    site = models.CharField(max_length=60)
    arm = models.CharField(max_length=20)

    class Meta:
        ordering = ["study", "site"]
        constraints = [
            models.UniqueConstraint(fields=["study", "area"], name="an_area_once_in_a_study"),
            models.UniqueConstraint(fields=["study", "site"], name="a_site_once_in_a_study"),
        ]

    def __str__(self) -> str:
        return f"{self.site} in {self.study}"


class ProtocolVersion(models.Model):
    """The protocol as somebody sent it. `frozen` is the sealed record up to it, if it was sealed."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="protocols")
    number = models.PositiveIntegerField()
    text = models.TextField()
    frozen = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="protocols_written")
    at = models.DateTimeField()
    frozen_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="protocols_frozen"
    )
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["study", "number"]
        constraints = [
            models.UniqueConstraint(fields=["study", "number"], name="one_protocol_of_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.study}: protocol {self.number}"


class LookLine(models.Model):
    """A look on the ledger. `line` is sealed to those before it; `figures` are those it was taken on.

    A row is never changed: each seal holds those before it, and the history holds each seal.
    """

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="looks")
    wave = models.IntegerField()
    at = models.DateTimeField()
    line = models.TextField()
    figures = models.TextField()
    says = models.CharField(max_length=500)
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="looks_taken")

    class Meta:
        ordering = ["study", "at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["study", "wave"], name="one_look_after_a_wave"),
        ]

    def __str__(self) -> str:
        return f"{self.study}: look after wave {self.wave}"


class StudyRun(models.Model):
    """The study worked out once, from figures as they stood when it was asked for. `results` are for good."""

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=[(each.value, each.value) for each in State])
    # Who asked for it: a person, or a command, which has no row.
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="runs_asked")
    asked_as = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    vintage = models.CharField(max_length=100, blank=True)
    standing = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=500, blank=True)  # of its standing, or why it was not worked out
    results = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the results
    released_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="study_results_released"
    )
    released_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["study", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["study", "number"], name="one_run_of_a_number"),
            models.CheckConstraint(
                condition=~Q(state__in=[each.value for each in TOLD]) | ~Q(digest=""),
                name="a_run_that_is_done_has_results",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.RELEASED.value)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="results_were_released_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(released_by=None) | Q(asked_by=None) | ~Q(released_by=F("asked_by")),
                name="two_people_release_results",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.study}: run {self.number}"

    @property
    def is_told(self) -> bool:
        """Whether its results are there to be read."""
        return self.state in TOLD
