"""Something said in a round, put straight into the database for the table of every address."""

from hashlib import sha256

from django.utils import timezone

from ithrive.assessments.interviewing import Covers
from ithrive.assessments.passages import digest_of
from ithrive.assessments.relationships import questionnaire
from ithrive.web.accounts.models import Person
from ithrive.web.areas import private_files
from ithrive.web.assessments.models import Informant, Interview, Passage, Pulse, PulseLink, Round
from tests.web.assessments.scenes import small, version

WORDS = "We meet every month."


def said_in(number: object, token: str) -> dict[str, object]:
    """A transcript with a passage, and an open pulse that a token answers, in the round of that number."""
    round = Round.objects.filter(pk=number).first()
    if round is None:
        return {"version": version().pk}
    ben = Person.objects.get(name="Ben")
    pulse = Pulse.objects.create(round=round, questionnaire=questionnaire().reference)
    PulseLink.objects.create(pulse=pulse, token_digest=sha256(token.encode()).hexdigest())
    today, content = timezone.localdate(), WORDS.encode()
    informant = Informant.objects.create(
        round=round,
        number=1,
        sector="education",
        level="macro",
        consented_on=today,
        consent_covers=",".join(Covers),
    )
    interview = Interview.objects.create(
        informant=informant, held_on=today, text=WORDS, written_by=ben, original=private_files.keep(content),
        original_kind="txt", original_sha256=sha256(content).hexdigest(),
    )  # fmt: skip
    passage = Passage.objects.create(
        interview=interview, statement=small().statement[0].code, begins=0, ends=7,
        text_digest=digest_of(WORDS), marked_by=ben,
    )  # fmt: skip
    return {"informant": 1, "interview": interview.pk, "passage": passage.pk, "version": version().pk}
