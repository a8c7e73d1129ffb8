"""Rounds and everything said in them.

A round keeps the instrument version it was opened with. Ratings are blind: reach them only through
`queries`, which asks `ithrive.assessments` who may see what and when.
"""

from django.db import models
from django.db.models import F, Q

from ithrive.assessments.interviewing import Covers, covers, label_of
from ithrive.assessments.life import State
from ithrive.assessments.schedule import Reminder, Window
from ithrive.framework.instrument import HIGHEST, LOWEST
from ithrive.web.accounts.models import Person
from ithrive.web.areas.models import LocalArea


class InstrumentVersion(models.Model):
    """An instrument as it was imported: `content` is the whole of it and never changes."""

    code = models.SlugField(max_length=60)
    version = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    demonstration = models.BooleanField(default=False)
    content = models.JSONField()
    imported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["code", "imported_at"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="one_instrument_per_version")]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"


class Purpose(models.TextChoices):
    """What a round is for. A private reflection is the area's own until it chooses to share it."""

    EVALUATED = "evaluated", "Evaluated round"
    REFLECTION = "reflection", "Private self-reflection"


class Round(models.Model):
    """One six-monthly assessment of an area, in or outside any study."""

    area = models.ForeignKey(LocalArea, on_delete=models.PROTECT, related_name="rounds")
    instrument = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="rounds")
    purpose = models.CharField(max_length=20, choices=Purpose.choices, default=Purpose.EVALUATED)
    study = models.SlugField(max_length=60, blank=True)
    due_on = models.DateField()
    window_opens = models.DateField()
    window_closes = models.DateField()  # the last day on time; later is late, and stays known as late
    state = models.CharField(max_length=20, choices=[(s.value, s.value.capitalize()) for s in State])
    opened_at = models.DateTimeField(null=True)
    # When the last rater submitted for the first time: ratings returned and sent again do not change it.
    submitted_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)  # a round once missed stays known as missed
    locked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="rounds_locked")
    signed_off_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="rounds_signed_off"
    )
    signed_off_at = models.DateTimeField(null=True)
    shared_at = models.DateTimeField(null=True)  # for a reflection: when the area chose to share it
    shared_with = models.CharField(max_length=300, blank=True)  # with whom and what for, in the area's words
    # A round with one rater may be scored all the same, with the reason recorded.
    single_rater_exception = models.CharField(max_length=300, blank=True)
    # The list that a past round came from: it was held elsewhere, and only its scores are here.
    imported_from = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(window_closes__gte=F("window_opens")), name="round_window_closes_after_it_opens"
            ),
            models.UniqueConstraint(
                fields=["area", "purpose", "study", "due_on"], name="one_round_per_area_and_due_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}: round due {self.due_on}"

    @property
    def window(self) -> Window:
        return Window(self.due_on, self.window_opens, self.window_closes)

    @property
    def private(self) -> bool:
        """Whether only the area itself may know of it."""
        return self.purpose == Purpose.REFLECTION and self.shared_at is None


class RaterOnRound(models.Model):
    """Someone asked to rate a round. What they rated is shown to others only after all submitted."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="raters")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ratings_asked")
    # "staff" or "young-people": two views of the same system, kept side by side.
    view = models.CharField(max_length=20, default="staff")
    submitted_at = models.DateTimeField(null=True)
    returned_because = models.CharField(max_length=300, blank=True)
    # Taken off the round before they submitted: what they typed is kept and shown to nobody.
    withdrawn_at = models.DateTimeField(null=True)
    # Agreement with the practice vignettes when they began, stored with what they rated.
    calibration = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="a_rater_once_per_round")]


class Rating(models.Model):
    rater = models.ForeignKey(RaterOnRound, on_delete=models.CASCADE, related_name="ratings")
    statement = models.CharField(max_length=26)
    score = models.PositiveSmallIntegerField(null=True)
    cannot_rate = models.CharField(max_length=300, blank=True)
    evidence = models.TextField(blank=True)
    # Counts saves, so that a second open tab cannot overwrite unseen what the first one saved.
    saves = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rater", "statement"], name="one_rating_per_rater_and_statement"),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=LOWEST, score__lte=HIGHEST), name="score_on_the_scale"
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(cannot_rate=""), name="a_score_or_a_reason_not_both"
            ),
        ]


class Submission(models.Model):
    """What a rater said when they submitted. Never changed: agreement is worked out from the blind ones."""

    rater = models.ForeignKey(RaterOnRound, on_delete=models.CASCADE, related_name="submissions")
    at = models.DateTimeField()
    # Whether the rater could not yet have seen what others said.
    blind = models.BooleanField()
    ratings = models.JSONField()  # by statement: score, cannot_rate, evidence

    class Meta:
        ordering = ["at", "pk"]


class Agreed(models.Model):
    """The moderated score of a statement. Superseded rows stay: `superseded_at` says since when."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="agreed")
    statement = models.CharField(max_length=26)
    score = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    low = models.PositiveSmallIntegerField(null=True)
    high = models.PositiveSmallIntegerField(null=True)
    # How many raters could score it: where only one could, `reason` is the recorded exception.
    scored_by = models.PositiveSmallIntegerField(default=0)
    agreed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="scores_agreed")
    agreed_at = models.DateTimeField(auto_now_add=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "statement"],
                condition=Q(superseded_at=None),
                name="one_agreed_score_in_force",
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=LOWEST, score__lte=HIGHEST), name="agreed_on_the_scale"
            ),
        ]


class ReminderSent(models.Model):
    """A letter about a round that went out; each goes to a person once."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="reminders")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Reminder])
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "person", "kind"], name="a_reminder_once_to_a_person")
        ]


class PastRating(models.Model):
    """What one rater of an imported round gave to one statement. The label is the list's own."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="past_ratings")
    rater = models.CharField(max_length=40)
    statement = models.CharField(max_length=26)
    score = models.PositiveSmallIntegerField(null=True)
    cannot_rate = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "rater", "statement"], name="one_past_rating_per_rater_and_statement"
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=LOWEST, score__lte=HIGHEST),
                name="past_score_on_the_scale",
            ),
        ]


class Informant(models.Model):
    """Someone who was interviewed: a number, a sector, a level, a view. Their name is kept nowhere."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="informants")
    number = models.PositiveSmallIntegerField()  # within the round, and never given twice
    sector = models.CharField(max_length=40, blank=True)  # empty for young people and families
    level = models.CharField(max_length=60)
    view = models.CharField(max_length=20, default="staff")
    consented_on = models.DateField(null=True)
    consent_covers = models.CharField(max_length=200, blank=True)  # codes of interviewing.Covers, by commas
    withdrawn_on = models.DateField(null=True)  # consent withdrawn: what they said is gone
    withdrawn_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="consent_withdrawn"
    )  # who recorded it, which somebody other than the informant may have done
    passages_withdrawn = models.PositiveSmallIntegerField(default=0)  # as many are missing as evidence

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="one_informant_per_number"),
        ]

    def __str__(self) -> str:
        return label_of(self.number)

    @property
    def covered(self) -> frozenset[Covers]:
        return covers(filter(None, self.consent_covers.split(",")))


class Interview(models.Model):
    """One conversation: notes typed here, or a transcript whose original is kept outside the web root."""

    informant = models.ForeignKey(Informant, on_delete=models.CASCADE, related_name="interviews")
    held_on = models.DateField()
    text = models.TextField()  # the notes, or the transcript's words: passages are marked in it
    # Of a transcript only: its random name in the private folder, what kind of file it is, its digest.
    original = models.CharField(max_length=40, blank=True)
    original_kind = models.CharField(max_length=4, blank=True)
    original_sha256 = models.CharField(max_length=64, blank=True)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="interviews_written")

    class Meta:
        ordering = ["held_on", "pk"]


class Passage(models.Model):
    """A stretch of an interview's text, tied to a statement as evidence."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="passages")
    statement = models.CharField(max_length=26)
    begins = models.PositiveIntegerField()
    ends = models.PositiveIntegerField()
    # Of the whole text when it was marked, so that a changed text cannot shift it in silence.
    text_digest = models.CharField(max_length=64)
    remark = models.CharField(max_length=300, blank=True)
    marked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="passages_marked")

    class Meta:
        ordering = ["begins", "ends", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="passage_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["interview", "statement", "begins", "ends"], name="a_passage_once_per_statement"
            ),
        ]


class Pulse(models.Model):
    """The short questionnaire on working relationships, for one round. Nothing shows below five answers."""

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="pulse")
    questionnaire = models.CharField(max_length=60)  # code and version of the questions asked
    links_made = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)


class PulseLink(models.Model):
    """A one-use link, like every other of its pulse. Deleted as it is used: nothing tells which was."""

    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="links")
    token_digest = models.CharField(max_length=64, unique=True)


class PulseAnswer(models.Model):
    """One answer. No link, no person, no time: only the sector, so that nobody can be picked out."""

    # A random key, new with every answer that comes in: rows do not tell the order in which people answered.
    id = models.UUIDField(primary_key=True)
    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="answers")
    sector = models.CharField(max_length=40)
    scores = models.JSONField()
