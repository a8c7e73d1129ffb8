"""One line for each change of state anywhere, chained so that no line can be altered unseen."""

from django.db import models


class ChainHead(models.Model):
    """The one row that writers lock, so that two changes at once still make one chain."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")


class Change(models.Model):
    """What was done to what, by whom. Never updated, never deleted: the database refuses both."""

    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    # A person's reference, or the name of a command. Not a foreign key: the line outlives the account.
    by = models.CharField(max_length=80)
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=120, db_index=True)
    # The number of the local area it concerns, if it concerns one.
    area = models.PositiveBigIntegerField(null=True, db_index=True)
    # Who may read it: all who may read the area's history (empty), "evaluators", or "area:7", its own people.
    confidential_to = models.CharField(max_length=20, blank=True)
    summary = models.CharField(max_length=500)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-sequence"]

    def __str__(self) -> str:
        return self.summary
