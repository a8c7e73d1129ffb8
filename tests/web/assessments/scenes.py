"""Rounds for tests: the demonstration instrument, and rounds of Alderbrook brought to where a test begins."""

from datetime import date, timedelta

from django.utils import timezone

from ithrive.assessments.schedule import Window
from ithrive.framework.instrument import Instrument
from ithrive.framework.instruments import demonstration_instrument
from ithrive.web.accounts.models import Person
from ithrive.web.areas.models import LocalArea
from ithrive.web.assessments import queries
from ithrive.web.assessments.actions import (
    Decision,
    Draft,
    agree_scores,
    lock_round,
    name_rater,
    open_round,
    save_ratings,
    schedule_rounds,
    sign_off_round,
    submit_ratings,
)
from ithrive.web.assessments.models import InstrumentVersion, Purpose, RaterOnRound, Round
from ithrive.web.history.record import Author, Command

SETTING = Command("tests")
INSTRUMENT = demonstration_instrument()


def small(statements: int = 3) -> Instrument:
    """The first statements of the demonstration instrument, for tests that need no more."""
    few = INSTRUMENT.statement[:statements]
    return INSTRUMENT.model_copy(update={"statement": few, "version": f"first-{statements}"})


def version(instrument: Instrument | None = None) -> InstrumentVersion:
    instrument = instrument or small()
    found, _ = InstrumentVersion.objects.get_or_create(
        code=instrument.code,
        version=instrument.version,
        defaults={"title": instrument.title, "content": instrument.model_dump(mode="json")},
    )
    return found


def window(due: date | None = None) -> Window:
    """Open today, unless another due day is given."""
    due = due or timezone.localdate()
    return Window(due, due - timedelta(weeks=4), due + timedelta(weeks=4))


def scheduled(
    area: LocalArea,
    *raters: Person,
    purpose: Purpose = Purpose.EVALUATED,
    study: str = "",
    due: date | None = None,
    instrument: Instrument | None = None,
    by: Author = SETTING,
) -> Round:
    [round] = schedule_rounds(
        areas=[area],
        instrument=version(instrument),
        windows=[window(due)],
        purpose=purpose,
        study=study,
        by=by,
    )
    for each in raters:
        name_rater(round=round, person=each, by=by)
    return round


def opened(area: LocalArea, *raters: Person, **words: object) -> Round:
    round = scheduled(area, *raters, **words)  # type: ignore[arg-type] # handed on
    open_round(round=round, by=SETTING)
    return again(round)


def rates(round: Round, person: Person, *marks: int | str, submit: bool = True) -> RaterOnRound:
    """The person's marks of the first statements in turn: a score, or a reason why they cannot rate."""
    rater = queries.rater_of(round, person)
    assert rater is not None
    known = queries.ratings_of(rater)
    statements = queries.instrument_of(round).statement
    drafts = [
        Draft(
            each.code,
            mark if isinstance(mark, int) else None,
            mark if isinstance(mark, str) else "",
            f"{person.name} saw it",
            known[each.code].saves if each.code in known else 0,
        )
        for each, mark in zip(statements, marks, strict=False)
    ]
    assert not save_ratings(rater=rater, drafts=drafts, by=person).conflicts
    if submit:
        submit_ratings(rater=rater, by=person)
    return rater


def moderating(area: LocalArea, one: Person, two: Person, **words: object) -> Round:
    """Rated by two: 3 and 3, 2 and 4, 3 and a reason why not."""
    round = opened(area, one, two, **words)
    rates(round, one, 3, 2, 3)
    rates(round, two, 3, 4, "Nobody told us")
    return again(round)


def decided(round: Round, by: Person, *scores: int | None, reason: str = "We looked again") -> None:
    """Agreed scores of the first statements in turn."""
    now = queries.agreed_now(round)
    codes = [each.code for each in queries.instrument_of(round).statement]
    decisions = {
        code: Decision(score, reason, now[code].pk if code in now else 0)
        for code, score in zip(codes, scores, strict=False)
    }
    assert agree_scores(round=round, decisions=decisions, by=by).refused == {}


def locked(area: LocalArea, one: Person, two: Person, by: Person, **words: object) -> Round:
    round = moderating(area, one, two, **words)
    decided(round, by, 3, 3, 3)
    lock_round(round=round, by=by)
    return again(round)


def signed(area: LocalArea, one: Person, two: Person, by: Person, then: Person, **words: object) -> Round:
    round = locked(area, one, two, by, **words)
    sign_off_round(round=round, by=then)
    return again(round)


def reflected(area: LocalArea, lead: Person, **words: object) -> Round:
    """A private reflection that a lead rated, agreed and signed off alone."""
    round = opened(area, lead, purpose=Purpose.REFLECTION, **words)
    rates(round, lead, 3, 2, 1)
    decided(round, lead, 3, 2, 1)
    lock_round(round=round, by=lead)
    sign_off_round(round=round, by=lead)
    return again(round)


def again(round: Round) -> Round:
    return Round.objects.select_related("area__country", "instrument").get(pk=round.pk)
