"""What people record beside measures, and the changes they test. Drawings are no rows: see `drawings`."""

from django.db import models

from ithrive.improvement import AnnotationKind, Decision
from ithrive.improvement.recorded import LONGEST_WORDS
from ithrive.web.accounts.models import Person
from ithrive.web.areas.models import LocalArea


class ChartNote(models.Model):
    """Something that happened, shown on the charts of one measure. It explains; it changes no line."""

    area = models.ForeignKey(LocalArea, on_delete=models.PROTECT, related_name="chart_notes")
    measure = models.CharField(max_length=20)
    day = models.DateField()
    kind = models.CharField(max_length=20, choices=[(each.value, each.value) for each in AnnotationKind])
    words = models.CharField(max_length=LONGEST_WORDS)
    added_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="chart_notes_added"
    )

    class Meta:
        ordering = ["day", "pk"]
        indexes = [models.Index(fields=["area", "measure"], name="chart_notes_of_a_measure")]

    def __str__(self) -> str:
        return f"{self.day}: {self.words}"


class Rebase(models.Model):
    """New lines from a day on, with the reason and who decided it."""

    area = models.ForeignKey(LocalArea, on_delete=models.PROTECT, related_name="rebases")
    measure = models.CharField(max_length=20)
    on = models.DateField()
    reason = models.CharField(max_length=LONGEST_WORDS)
    decided_by = models.CharField(max_length=100)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="rebases_added")

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["area", "measure", "on"], name="one_rebase_of_a_measure_on_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.reason}"


class Cycle(models.Model):
    """One test of a change (PDSA). Begun with a prediction; finished with what was found and decided."""

    area = models.ForeignKey(LocalArea, on_delete=models.PROTECT, related_name="cycles")
    measure = models.CharField(max_length=20, blank=True)  # on whose charts it stands; empty: on none
    change = models.CharField(max_length=LONGEST_WORDS)
    aim = models.CharField(max_length=LONGEST_WORDS)
    prediction = models.CharField(max_length=LONGEST_WORDS)
    plan = models.TextField(max_length=2000)
    started = models.DateField()
    ended = models.DateField(null=True)
    found = models.TextField(max_length=2000, blank=True)
    decision = models.CharField(
        max_length=10, blank=True, choices=[(each.value, each.value) for each in Decision]
    )
    after = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="cycles_added")

    class Meta:
        ordering = ["-started", "-pk"]
        verbose_name = "test of change"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended=None, decision="", found="")
                | (models.Q(ended__isnull=False) & ~models.Q(decision="") & ~models.Q(found="")),
                name="a_test_ends_with_what_was_found_and_decided",
            )
        ]

    def __str__(self) -> str:
        return self.change
