"""Tying passages of an interview to statements, and untying them. No line of history holds their words."""

from collections.abc import Sequence

from django.db import transaction

from ithrive.assessments.interviewing import Covers
from ithrive.assessments.passages import LONGEST_REMARK, digest_of, trimmed, why_not_mark
from ithrive.problems import NotAllowed
from ithrive.web.accounts.actions.permission import refuse
from ithrive.web.accounts.models import Person
from ithrive.web.assessments.actions.interviews import current_interview, open_evidence
from ithrive.web.assessments.actions.moving import tell
from ithrive.web.assessments.models import Interview, Passage
from ithrive.web.assessments.queries import instrument_of


@transaction.atomic
def mark_passages(
    *,
    interview: Interview,
    places: Sequence[tuple[int, int]],
    statement: str,
    shown: str,
    remark: str = "",
    by: Person,
) -> list[Passage]:
    """Each place (begin, end) as evidence for a statement: all, or none and the reason.

    `shown` is the digest of the text in which they were chosen. What is marked already stays as it is.
    """
    standing = open_evidence(interview.informant.round)
    current = current_interview(interview)
    known = {each.code for each in instrument_of(standing).statement}
    if digest_of(current.text) != shown:
        raise NotAllowed("The text changed since you opened it. Look again and choose the passage anew.")
    refuse(None if Covers.PASSAGES in current.informant.covered else _NOT_COVERED)
    refuse(None if places else "Choose a stretch of the text first.")
    refuse("The remark is too long." if len(remark) > LONGEST_REMARK else None)
    fitted = [trimmed(current.text, *place) if place[0] < place[1] else place for place in places]
    for begins, ends in fitted:
        refuse(why_not_mark(current.text, begins, ends, statement=statement, known=known))
    made = [
        Passage.objects.create(
            interview=current, statement=statement, begins=begins, ends=ends,
            text_digest=shown, remark=remark.strip(), marked_by=by,
        )
        for begins, ends in dict.fromkeys(fitted)
        if not current.passages.filter(statement=statement, begins=begins, ends=ends).exists()
    ]  # fmt: skip
    refuse(None if made else "This is marked as evidence for that statement already.")
    tell(
        standing, by=by, action="mark a passage",
        happened=f"{len(made)} passage{'' if len(made) == 1 else 's'} of {current.informant} marked",
        after={"statement": statement, "places": [[each.begins, each.ends] for each in made],
               "interview": current.pk, "text_sha256": shown},
    )  # fmt: skip
    return made


@transaction.atomic
def remove_passage(*, passage: Passage, by: Person) -> None:
    """Untie a passage. The history keeps where it lay and what it was evidence for."""
    standing = open_evidence(passage.interview.informant.round)
    current = Passage.objects.filter(pk=passage.pk).select_related("interview__informant").first()
    if current is None:
        raise NotAllowed("Somebody removed this passage in the meantime.")
    tell(
        standing, by=by, action="remove a passage",
        happened=f"a passage of {current.interview.informant} is no longer evidence",
        before={"statement": current.statement, "places": [[current.begins, current.ends]],
                "interview": current.interview_id, "text_sha256": current.text_digest,
                "marked_by": current.marked_by.reference},
    )  # fmt: skip
    current.delete()


_NOT_COVERED = "This person's consent does not cover showing passages of what they said."
