"""A round of the story as rows of the database, not stored yet."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from functools import cache

from django.utils import timezone

from ithrive.assessments.calibration import calibration, vignettes
from ithrive.assessments.life import State
from ithrive.framework.instrument import HIGHEST, LOWEST
from ithrive.web.accounts.models import Person
from ithrive.web.areas.models import LocalArea
from ithrive.web.assessments.models import (
    Agreed,
    InstrumentVersion,
    RaterOnRound,
    Rating,
    Round,
    Submission,
)
from ithrive.web.overview.demonstration.round_phrases import SHARED_WITH
from ithrive.web.overview.demonstration.round_scores import Found
from ithrive.web.overview.demonstration.round_story import RoundTold
from ithrive.web.overview.demonstration.seed import dice


def round_row(told: RoundTold, area: LocalArea, instrument: InstrumentVersion) -> Round:
    shared_on = told.signed_off_on if told.shared else None
    return Round(
        area=area,
        instrument=instrument,
        purpose=told.purpose.value,
        study=told.study,
        due_on=told.window.due,
        window_opens=told.window.opens,
        window_closes=told.window.closes,
        state=told.state.value,
        opened_at=None if told.state in {State.SCHEDULED, State.MISSED} else noon(told.window.opens),
        submitted_at=noon(told.held_on),
        missed_at=noon(told.missed_on),
        signed_off_at=noon(told.signed_off_on),
        shared_at=noon(shared_on),
        shared_with=SHARED_WITH if shared_on else "",
    )


def noon(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time(12))) if day else None


def rater_row(round: Round, person: Person, view: str) -> RaterOnRound:
    return RaterOnRound(
        round=round,
        person=person,
        view=view,
        submitted_at=round.submitted_at,
        calibration=practised(person.name),
    )


@cache
def practised(name: str) -> dict[str, object]:
    """A rater's practice: they mostly agree with the reference, as raters who were trained do."""
    roll = dice(f"practice {name}")
    near = {
        each.code: min(max(each.score + roll.choice((0, 0, 0, 0, 1, -1)), LOWEST), HIGHEST)
        for each in vignettes().vignette
    }
    return calibration(near).stored() | {"scores": near}


def rating_rows(raters: Sequence[RaterOnRound], found: Found) -> Iterator[Rating]:
    for rater, given in zip(raters, found.ratings, strict=True):
        for each in given:
            yield Rating(
                rater=rater,
                statement=each.statement,
                score=each.score,
                cannot_rate=each.cannot_rate,
                evidence=each.evidence,
            )


def submission_rows(raters: Sequence[RaterOnRound], found: Found) -> Iterator[Submission]:
    for rater, given in zip(raters, found.ratings, strict=True):
        said = {
            each.statement: {
                "score": each.score,
                "cannot_rate": each.cannot_rate,
                "evidence": each.evidence,
            }
            for each in given
        }
        yield Submission(rater=rater, at=rater.submitted_at or timezone.now(), blind=True, ratings=said)


def agreed_rows(round: Round, found: Found) -> Iterator[Agreed]:
    scored = [{each.statement for each in given if each.score is not None} for given in found.ratings]
    for each in found.agreed:
        yield Agreed(
            round=round,
            statement=each.statement,
            score=each.score,
            reason=each.reason,
            low=each.low,
            high=each.high,
            scored_by=sum(each.statement in statements for statements in scored),
            agreed_by=round.locked_by,
        )
