"""Where each area is in the Approach to Implementation, its plan, and the people who carry it."""

from django.db import models
from django.db.models import F, Q

from ithrive.web.accounts.models import Person
from ithrive.web.areas.models import LocalArea


class StepEvidence(models.Model):
    """Something dated that shows a step was begun or reached. Progress is derived, never typed in.

    What the platform knows itself (a signed-off round, a finished action) is not copied here: the overview
    joins it in when it works out progress.
    """

    class Shows(models.TextChoices):
        BEGUN = "begun", "Begun"
        REACHED = "reached", "Reached"
        SKIPPED = "skipped", "Skipped, with a reason"
        RETURNED = "returned", "Returned to"

    area = models.ForeignKey(LocalArea, on_delete=models.PROTECT, related_name="step_evidence")
    step = models.SlugField(max_length=60)
    shows = models.CharField(max_length=20, choices=Shows.choices)
    on = models.DateField()
    what = models.CharField(max_length=300)
    withdrawn_at = models.DateTimeField(null=True)  # recorded in error: kept, and counted no more

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.step} {self.shows} on {self.on}"


class Post(models.Model):
    """A named part someone plays: lead, champion, steering-group member."""

    class Kind(models.TextChoices):
        LEAD = "lead", "Implementation lead"
        CHAMPION = "champion", "i-THRIVE champion"
        STEERING = "steering", "Steering group member"
        CHAIR = "chair", "Steering group chair"

    area = models.ForeignKey(LocalArea, on_delete=models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    holder = models.CharField(max_length=100)
    sector = models.CharField(max_length=40)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        ordering = ["kind", "starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=F("starts")), name="post_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.holder}, {self.get_kind_display()}"


class Stakeholder(models.Model):
    """An organisation or group that matters to the change, and how close the work with it is."""

    area = models.ForeignKey(LocalArea, on_delete=models.PROTECT, related_name="stakeholders")
    name = models.CharField(max_length=150)
    sector = models.CharField(max_length=40)
    influence = models.PositiveSmallIntegerField()  # 1 low to 3 high
    engagement = models.PositiveSmallIntegerField()  # 1 not yet to 3 taking part
    noted_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(influence__range=(1, 3), engagement__range=(1, 3)),
                name="stakeholder_on_the_scale",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Priority(models.Model):
    """A statement the area chose to work on, with why it was proposed and why it was chosen."""

    area = models.ForeignKey(LocalArea, on_delete=models.PROTECT, related_name="priorities")
    # The number of the assessment round it came from. Left empty where that round is a private reflection:
    # the plan is read by people who may not know of one.
    round = models.PositiveBigIntegerField(null=True)
    statement = models.CharField(max_length=26, blank=True)
    title = models.CharField(max_length=200)
    proposed_because = models.CharField(max_length=300, blank=True)
    chosen_because = models.CharField(max_length=300)
    chosen_on = models.DateField()
    closed_on = models.DateField(null=True)
    closed_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["chosen_on", "pk"]

    def __str__(self) -> str:
        return self.title


class Action(models.Model):
    """One thing to do for a priority: an owner, a date, and the evidence that it was done."""

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="actions")
    title = models.CharField(max_length=200)
    owner = models.CharField(max_length=100)
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    evidence = models.CharField(max_length=300, blank=True)
    dropped_because = models.CharField(max_length=300, blank=True)
    # The step of the Approach that it serves: once done, it is dated evidence of work on that step.
    step = models.SlugField(max_length=60, blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="actions_added")

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title


class Wish(models.Model):
    """How many people chose one statement of a round when they were asked what to work on first."""

    area = models.ForeignKey(LocalArea, on_delete=models.PROTECT, related_name="wishes")
    round = models.PositiveBigIntegerField()  # the number of a round that all who read the plan may know of
    statement = models.CharField(max_length=26)
    steering_group = models.PositiveSmallIntegerField()
    young_people = models.PositiveSmallIntegerField()
    asked_on = models.DateField()

    class Meta:
        ordering = ["round", "statement"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "round", "statement"], name="one_count_of_wishes_for_each_statement"
            )
        ]

    def __str__(self) -> str:
        return f"{self.statement} {self.steering_group} {self.young_people}"
