"""From the raters' scores to those that stand: agreeing, returning, locking, signing off, reopening."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from ithrive.assessments.life import Purpose, State
from ithrive.assessments.moderated import Compared, agreed_score, compared
from ithrive.assessments.moderation import (
    NEEDED,
    why_not_agree,
    why_not_lock,
    why_not_moderate,
    why_not_reopen,
    why_not_return,
    why_not_sign_off,
)
from ithrive.problems import NotAllowed
from ithrive.web.accounts.actions.permission import refuse
from ithrive.web.accounts.models import Person
from ithrive.web.assessments.actions.moving import held, move, tell
from ithrive.web.assessments.models import Agreed, RaterOnRound, Round
from ithrive.web.assessments.queries import agreed_now, instrument_of, raters_of, ratings_of_all
from ithrive.web.history.record import Author


@dataclass(frozen=True, slots=True)
class Decision:
    """What a moderator decides on one statement, made from the agreed score they saw (its number, or 0)."""

    score: int | None
    reason: str
    seen: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many scores are new, and by statement the reason why a decision cannot stand."""

    new: int
    refused: dict[str, str]


@transaction.atomic
def agree_scores(*, round: Round, decisions: Mapping[str, Decision], by: Person) -> Outcome:
    """Agree scores, by statement. Those that can stand do; of the others it says why they cannot.

    What was agreed before is kept, with the moment from which it no longer held.
    """
    standing = held(round)
    refuse(why_not_moderate(State(standing.state)))
    sides = compared(ratings_of_all(standing, raters_of(standing)), instrument_of(standing))
    now = agreed_now(standing)
    reasons = {code: _why_not(code, each, sides, now, _alone(standing)) for code, each in decisions.items()}
    refused = {code: reason for code, reason in reasons.items() if reason}
    new = {
        code: each
        for code, each in decisions.items()
        if code not in refused and not _stands(now.get(code), each)
    }
    for code, decision in new.items():
        _supersede(standing, sides[code], decision, now.get(code), by)
    if new:
        words = "1 score is agreed" if len(new) == 1 else f"{len(new)} scores are agreed"
        tell(standing, by=by, action="agree scores", happened=words, after={"statements": sorted(new)})
    return Outcome(len(new), refused)


def _why_not(
    code: str, decision: Decision, sides: Mapping[str, Compared], now: Mapping[str, Agreed], alone: bool
) -> str | None:
    if code not in sides:
        return "This is not a statement of the round's instrument. Load the page again."
    row = now.get(code)
    if decision.seen != (row.pk if row else 0) and not _stands(row, decision):
        return f"{_meanwhile(row)} Look at it, then decide again."
    return why_not_agree(sides[code], decision.score, decision.reason, alone=alone)


def _meanwhile(row: Agreed | None) -> str:
    if row is None:
        return "Somebody took back the score you saw."
    said = "that it cannot be rated" if row.score is None else f"a score of {row.score}"
    return f"{row.agreed_by.name} agreed {said} in the meantime."


def _stands(row: Agreed | None, decision: Decision) -> bool:
    return row is not None and (row.score, row.reason) == (decision.score, decision.reason.strip())


def _supersede(round: Round, side: Compared, decision: Decision, row: Agreed | None, by: Person) -> None:
    if row:
        row.superseded_at = timezone.now()
        row.save(update_fields=["superseded_at"])
    value = agreed_score(side, decision.score, decision.reason.strip())
    Agreed.objects.create(
        round=round, statement=side.statement, score=value.score, reason=value.reason[:500],
        low=value.low, high=value.high, scored_by=len(side.scores), agreed_by=by,
    )  # fmt: skip


def _alone(round: Round) -> bool:
    return NEEDED[Purpose(round.purpose)] < 2 or bool(round.single_rater_exception)


@transaction.atomic
def return_ratings(*, round: Round, raters: Sequence[RaterOnRound], reason: str, by: Author) -> None:
    """Give raters their ratings back. What they submitted first stays what agreement is worked out from."""
    standing = held(round)
    refuse(why_not_return(State(standing.state), reason))
    chosen = [each for each in raters_of(standing) if each.pk in {rater.pk for rater in raters}]
    refuse(None if chosen else "Choose whose ratings go back.")
    for each in chosen:
        each.submitted_at, each.returned_because = None, reason.strip()
        each.save(update_fields=["submitted_at", "returned_because"])
    move(standing, State.OPEN)
    names = " and ".join(each.person.name for each in chosen)
    tell(standing, by=by, action="return ratings", happened=f"ratings returned to {names}: {reason.strip()}")


@transaction.atomic
def lock_round(*, round: Round, by: Person) -> None:
    """Close the moderation: every statement has a score that somebody answers for."""
    standing = held(round)
    scored = agreed_now(standing)
    without = sum(1 for each in instrument_of(standing).statement if each.code not in scored)
    refuse(why_not_lock(State(standing.state), without_score=without))
    _refuse_changed_ground(standing, scored)
    move(standing, State.LOCKED, locked_by=by)
    tell(standing, by=by, action="lock a round", happened="scores locked, waiting for a second signature")


def _refuse_changed_ground(round: Round, scored: Mapping[str, Agreed]) -> None:
    """A score agreed before ratings went back to a rater may no longer follow from what they say now."""
    sides = compared(ratings_of_all(round, raters_of(round)), instrument_of(round))
    for code, row in scored.items():
        if reason := why_not_agree(sides[code], row.score, row.reason, alone=_alone(round)):
            raise NotAllowed(f"{code}: {reason}")


@transaction.atomic
def sign_off_round(*, round: Round, by: Person) -> None:
    """Seal the scores, by somebody other than who locked them."""
    standing = held(round)
    locker = standing.locked_by.reference if standing.locked_by else ""
    reason = why_not_sign_off(
        State(standing.state),
        Purpose(standing.purpose),
        locked_by=locker,
        signatory=by.reference,
        raters=[each.person.reference for each in raters_of(standing)],
    )
    refuse(reason)
    move(standing, State.SIGNED_OFF, signed_off_by=by, signed_off_at=timezone.now())
    tell(standing, by=by, action="sign off a round", happened="signed off")


@transaction.atomic
def reopen_round(*, round: Round, reason: str, by: Author) -> None:
    """Back to moderation, with a reason. The agreed scores stay in force until others take their place."""
    standing = held(round)
    refuse(why_not_reopen(State(standing.state), reason))
    before = {
        "state": standing.state,
        "locked by": standing.locked_by.name if standing.locked_by else None,
        "signed off by": standing.signed_off_by.name if standing.signed_off_by else None,
        "signed off at": standing.signed_off_at,
    }
    move(standing, State.MODERATING, locked_by=None, signed_off_by=None, signed_off_at=None)
    tell(
        standing, by=by, action="reopen a round", happened=f"reopened: {reason.strip()}",
        before=before, after={"state": State.MODERATING},
    )  # fmt: skip
