"""Brings the demonstration's rounds into the database, table by table, with one line of history for each.

They were held in the past, so they cannot go through actions, which take place today. They keep the same
rules: tests ask the rules about what is loaded here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.membership import Membership
from ithrive.assessments.life import Purpose
from ithrive.assessments.sectors import STAFF, YOUNG_PEOPLE
from ithrive.framework.instrument import Instrument
from ithrive.framework.instruments import demonstration_instrument
from ithrive.web.accounts.models import Person
from ithrive.web.areas.models import LocalArea
from ithrive.web.assessments.actions.instruments import import_instrument
from ithrive.web.assessments.actions.moving import tell
from ithrive.web.assessments.models import Agreed, RaterOnRound, Rating, Round, Submission
from ithrive.web.history.record import Author
from ithrive.web.overview.demonstration import round_rows as rows
from ithrive.web.overview.demonstration.cast import CAST
from ithrive.web.overview.demonstration.community import LEADING
from ithrive.web.overview.demonstration.interviews import load_interviews
from ithrive.web.overview.demonstration.pulses import load_pulses
from ithrive.web.overview.demonstration.round_scores import Found, found_in
from ithrive.web.overview.demonstration.round_story import RoundTold, rounds_told
from ithrive.web.overview.demonstration.seed import dice
from ithrive.web.rights import Role

BOTH_VIEWS_FROM = 6  # from their seventh round on, young people of Ada's area are asked too
MANY = 2_000  # rows in one statement


@dataclass(frozen=True, slots=True)
class Held:
    """A round as it was told and as a row, with its raters and, if they rated, what they found."""

    told: RoundTold
    round: Round
    raters: tuple[RaterOnRound, ...]
    found: Found | None


def load_rounds(
    gazetteer: Gazetteer, roles: Sequence[Membership], areas: Mapping[str, LocalArea], by: Author
) -> None:
    """Every round until today, and the next. `areas` are the local areas by code."""
    instrument = demonstration_instrument()
    version = import_instrument(instrument=instrument, source="the platform", by=by).version
    people = {person.name: person for person in Person.objects.all()}
    held = []
    for told in rounds_told(gazetteer, roles, timezone.localdate()):
        round = rows.round_row(told, areas[told.code], version)
        held.append(_held(told, round, _who(told, round.area.name, people), instrument))
    _store(held)
    signed_off = [each.round for each in held if each.round.signed_off_at and not each.round.private]
    load_pulses(signed_off)
    for each in held:
        happened = f"{each.told.state} in the demonstration"
        tell(each.round, by=by, action="tell of a round", happened=happened)
    load_interviews(signed_off, by)


def _who(told: RoundTold, area: str, people: Mapping[str, Person]) -> list[tuple[Person, str]]:
    """Who rates, in which view; on an evaluated round the last of the list signs off and does not rate.
    On a round that waits for a signature the last locked it."""
    leads = [people[each.name] for each in CAST if each.role is Role.LEAD and area in each.areas]
    if told.purpose is Purpose.REFLECTION:
        return [(leads[0], STAFF)]
    evaluators = [people[each.name] for each in CAST if each.role is Role.EVALUATOR]
    if told.waits:
        return [(evaluators[0], STAFF), (evaluators[1], STAFF), (evaluators[2], "")]
    turn = dice(f"raters {told.code} {told.window.due}").randrange(len(evaluators))
    first, second, signatory = islice(cycle(evaluators), turn, turn + 3)
    asked = [(first, STAFF), (second, STAFF)]
    if area == LEADING and told.number >= BOTH_VIEWS_FROM:
        contributor = next(each for each in CAST if each.role is Role.CONTRIBUTOR and area in each.areas)
        asked.append((people[contributor.name], YOUNG_PEOPLE))
    return [*asked, (signatory, "")]


def _held(told: RoundTold, round: Round, who: Sequence[tuple[Person, str]], instrument: Instrument) -> Held:
    named = [(person, view) for person, view in who if view]
    if told.signed_off_on:
        round.locked_by, round.signed_off_by = who[0][0], who[-1][0]
    elif told.waits:
        round.locked_by = who[-1][0]
    if round.opened_at is None:
        return Held(told, round, (), None)
    raters = tuple(rows.rater_row(round, person, view) for person, view in named)
    found = found_in(told, [view for _, view in named], instrument) if told.held_on else None
    return Held(told, round, raters, found)


def _store(held: Sequence[Held]) -> None:
    """Rounds, then what hangs on them: a row needs the number of the row it belongs to."""
    Round.objects.bulk_create([each.round for each in held])
    RaterOnRound.objects.bulk_create([rater for each in held for rater in each.raters])
    rated = [(each, each.found) for each in held if each.found]
    ratings = [row for each, found in rated for row in rows.rating_rows(each.raters, found)]
    Rating.objects.bulk_create(ratings, batch_size=MANY)
    submissions = [row for each, found in rated for row in rows.submission_rows(each.raters, found)]
    Submission.objects.bulk_create(submissions, batch_size=MANY)
    agreed = [row for each, found in rated for row in rows.agreed_rows(each.round, found)]
    Agreed.objects.bulk_create(agreed, batch_size=MANY)
    _date_back()


def _date_back() -> None:
    """Ratings and agreed scores are stamped as they are stored; here they are as old as their round."""
    raters = RaterOnRound.objects.filter(pk=OuterRef("rater"))
    Rating.objects.update(saved_at=Subquery(raters.values("submitted_at")[:1]))
    rounds = Round.objects.filter(pk=OuterRef("round")).annotate(at=Coalesce("signed_off_at", "submitted_at"))
    Agreed.objects.update(agreed_at=Subquery(rounds.values("at")[:1]))
