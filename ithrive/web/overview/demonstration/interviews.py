"""Interviews of the latest signed-off round of Ada's area, with the passages that are evidence.

The round is over, so they cannot go through actions. They keep the same rules: a test asks them.
"""

from collections.abc import Iterable
from datetime import timedelta

from ithrive.assessments.interviewing import Covers
from ithrive.assessments.passages import digest_of, plain_text
from ithrive.web.assessments.actions.moving import tell
from ithrive.web.assessments.models import Informant, Interview, Passage, Round
from ithrive.web.history.record import Author
from ithrive.web.overview.demonstration.community import LEADING
from ithrive.web.overview.demonstration.interview_story import INTERVIEWS, Said

COVERED = (Covers.NOTES, Covers.PASSAGES, Covers.QUOTED)
BEFORE_RATING = timedelta(days=5)
AGREED_BEFORE = timedelta(days=4)


def load_interviews(rounds: Iterable[Round], by: Author) -> None:
    """`rounds`: those that were signed off, with raters. One line of history for each informant."""
    held = [each for each in rounds if each.area.name == LEADING and each.purpose == "evaluated"]
    latest = max(held, key=lambda each: each.due_on)
    for number, said in enumerate(INTERVIEWS, 1):
        _load(latest, number, said, by)


def _load(round: Round, number: int, said: Said, by: Author) -> None:
    """They agreed some days before they spoke, and raters rated some days after."""
    assert round.submitted_at, "a signed-off round was submitted"
    assert round.locked_by, "a signed-off round was locked"
    held_on = round.submitted_at.date() - BEFORE_RATING
    informant = Informant.objects.create(
        round=round, number=number, sector=said.sector, level=said.level, view=said.view,
        consented_on=held_on - AGREED_BEFORE, consent_covers=",".join(COVERED),
    )  # fmt: skip
    notes = plain_text(said.notes)
    interview = Interview.objects.create(
        informant=informant, held_on=held_on, text=notes, written_by=round.locked_by
    )
    Passage.objects.bulk_create(_passage(interview, *tied) for tied in said.tied)
    happened = f"interview with {informant} in the demonstration"
    tell(round, by=by, action="tell of an interview", happened=happened)


def _passage(interview: Interview, statement: str, words: str) -> Passage:
    begins = interview.text.index(words)
    return Passage(
        interview=interview, statement=statement, begins=begins, ends=begins + len(words),
        text_digest=digest_of(interview.text), marked_by=interview.written_by,
    )  # fmt: skip
