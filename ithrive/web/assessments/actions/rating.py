"""A rater's own work: drafts that two tabs cannot overwrite unseen, and the submission that ends it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from ithrive.assessments.life import State
from ithrive.assessments.moderation import why_not_keep, why_not_rate, why_not_submit
from ithrive.assessments.ratings import Rating as RatingValue
from ithrive.framework.instrument import Instrument
from ithrive.problems import NotAllowed
from ithrive.web.accounts.actions.permission import refuse
from ithrive.web.assessments.actions.moving import and_now, held, settle, tell
from ithrive.web.assessments.models import RaterOnRound, Rating, Submission
from ithrive.web.assessments.queries import as_value, instrument_of, ratings_of
from ithrive.web.history.record import Author


@dataclass(frozen=True, slots=True)
class Draft:
    """What a page wants to save of one statement, and which save it was made from (0: never saved)."""

    statement: str
    score: int | None
    cannot_rate: str
    evidence: str
    saves: int

    @property
    def content(self) -> tuple[int | None, str, str]:
        return self.score, self.cannot_rate, self.evidence


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of drafts: those saved, by statement; and those that another tab or device was before."""

    ratings: dict[str, Rating]
    conflicts: dict[str, Rating]


@transaction.atomic
def save_ratings(*, rater: RaterOnRound, drafts: Sequence[Draft], by: Author) -> Saved:
    """Save drafts, each only onto the save it was made from. What else was saved meanwhile is handed back.

    A draft that says what stands already counts as saved: an answer may have been lost on its way, and the
    page tries again. Drafts are no change of the round, so they write no line of history.
    """
    standing = _own(rater, by)
    refuse(why_not_rate(State(standing.round.state), submitted=standing.submitted_at is not None))
    _refuse_misfits(drafts, instrument_of(standing.round))
    known = ratings_of(standing)
    saved = Saved({}, {})
    for draft in drafts:
        row = known.get(draft.statement)
        if row and _content(row) == draft.content:
            saved.ratings[draft.statement] = row
        elif (row.saves if row else 0) != draft.saves:
            saved.conflicts[draft.statement] = row or Rating(
                rater=standing, statement=draft.statement, saves=0
            )
        else:
            saved.ratings[draft.statement] = known[draft.statement] = _write(row, draft, standing)
    return saved


@transaction.atomic
def submit_ratings(*, rater: RaterOnRound, by: Author) -> bool:
    """Hand in one's ratings, for good unless they are returned. Whether scores can be agreed now."""
    round = held(rater.round)
    standing = _own(rater, by)
    mine = {code: as_value(each, "") for code, each in ratings_of(standing).items()}
    missing = sum(
        1 for each in instrument_of(round).statement if each.code not in mine or mine[each.code].missing
    )
    submitted = standing.submitted_at is not None
    refuse(why_not_submit(State(round.state), submitted=submitted, missing=missing))
    now = timezone.now()
    Submission.objects.create(
        rater=standing,
        at=now,
        blind=round.submitted_at is None,
        ratings={
            code: {"score": each.score, "cannot_rate": each.cannot_rate, "evidence": each.evidence}
            for code, each in mine.items()
        },
    )
    standing.submitted_at, standing.returned_because = now, ""
    standing.save(update_fields=["submitted_at", "returned_because"])
    settled = settle(round)
    happened = f"{standing.person.name} submitted their ratings{and_now(settled)}"
    tell(round, by=by, action="submit ratings", happened=happened)
    return settled


def _own(rater: RaterOnRound, by: Author) -> RaterOnRound:
    """The rater as they stand, locked; a refusal to anybody but themselves."""
    found = RaterOnRound.objects.select_for_update(of=("self",))
    standing = found.select_related("person", "round__instrument").filter(pk=rater.pk).first()
    if standing is None or standing.withdrawn_at or standing.person.reference != by.reference:
        raise NotAllowed("You are not asked to rate this round. Ask whoever schedules it.")
    return standing


def _refuse_misfits(drafts: Sequence[Draft], instrument: Instrument) -> None:
    for draft in drafts:
        if instrument.statement_named(draft.statement) is None:
            raise NotAllowed(f"“{draft.statement}” is not a statement of this round's instrument.")
        value = RatingValue(draft.statement, "", draft.score, draft.cannot_rate, draft.evidence)
        refuse(why_not_keep(value))


def _write(row: Rating | None, draft: Draft, rater: RaterOnRound) -> Rating:
    row = row or Rating(rater=rater, statement=draft.statement, saves=0)
    row.score, row.cannot_rate, row.evidence = draft.content
    row.saves += 1
    row.save()
    return row


def _content(row: Rating) -> tuple[int | None, str, str]:
    return row.score, row.cannot_rate, row.evidence
