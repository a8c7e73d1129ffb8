"""Releases of figures: what the public sees, and beside it, apart, what only those who prepare may know."""

from django.db import models
from django.db.models import Q

from ithrive.web.accounts.models import Person
from ithrive.web.areas.models import Country
from ithrive.web.publications.life import State


class Release(models.Model):
    """Figures of some measures and quarters, as they stood at one moment, under one rule."""

    reference = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=150)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="releases")
    state = models.CharField(max_length=20, choices=[(each.value, each.value) for each in State])
    quarters = models.JSONField()  # labels: ["2026/27 Q1"]
    measures = models.JSONField()  # ids, in the order in which they are worked on
    rule = models.CharField(max_length=40)
    areas = models.JSONField()  # numbers of the local areas in it: all of them publicly members
    taken_at = models.DateTimeField()  # figures are those that were signed off by then
    # Who prepared it: a person, or a command, which has no row.
    prepared_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="releases_prepared"
    )
    prepared_as = models.CharField(max_length=64)
    prepared_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="releases_released"
    )
    released_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of all public rows

    class Meta:
        ordering = ["-taken_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.RELEASED.value)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="a_release_was_released_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(released_by=None) | Q(prepared_by=None) | ~Q(released_by=models.F("prepared_by")),
                name="two_people_release",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        return self.state == State.RELEASED

    @property
    def vintage(self) -> str:
        """The moment of its figures as text that sorts: `disclosure.Release` compares vintages so."""
        return self.taken_at.strftime("%Y-%m-%d %H:%M:%S.%f")


class ReleaseTable(models.Model):
    """One measure of a release. `rows` are public once it is released; `entry` and `reasons` never are:
    they tell which of the hidden figures are small. `entry` is of all measures that share counts with it.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="tables")
    measure = models.CharField(max_length=20)
    rows = models.JSONField()
    figures = models.PositiveIntegerField()  # counts in it, shown or hidden
    hidden = models.PositiveIntegerField()
    gap = models.FloatField()
    in_time = models.BooleanField(default=True)  # false: the clock ended the search for fewer shields
    limited = models.BooleanField(default=False)  # true: no hiding keeps all as open as the rule asks
    exposed = models.PositiveIntegerField()  # small ones that the attacker narrows down further than allowed
    rule = models.CharField(max_length=40)
    entry = models.JSONField()  # disclosure.Release.to_json
    reasons = models.JSONField(default=list)  # why this could not be released when it was prepared

    class Meta:
        ordering = ["release", "measure"]
        constraints = [
            models.UniqueConstraint(fields=["release", "measure"], name="one_table_of_a_measure_in_a_release")
        ]

    def __str__(self) -> str:
        return f"{self.release}: {self.measure}"
