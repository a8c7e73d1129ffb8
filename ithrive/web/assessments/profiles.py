"""Reading what rounds found: many profiles at once, in a number of queries that does not grow.

Everything here takes rounds that `queries` gave for the person who asks, so nothing is found that they may
not know of: a movement is worked out from the rounds that its reader may see, and from no other.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ithrive.assessments.estimates import NotComputable
from ithrive.assessments.life import Purpose, State
from ithrive.assessments.moderated import Compared, agreed_without_talk, compared
from ithrive.assessments.movement import Step, baselines, steps
from ithrive.assessments.profile import Profile, profile
from ithrive.assessments.ratings import AgreedScore, Rating
from ithrive.assessments.relationships import Answer, PulseResult, pulse_result, questionnaire
from ithrive.assessments.sectors import STAFF
from ithrive.framework.instrument import Instrument
from ithrive.web.assessments.models import Agreed, Pulse, PulseAnswer, RaterOnRound, Round
from ithrive.web.assessments.queries import blind_ratings, instrument_of


@dataclass(frozen=True, slots=True)
class Assessed:
    """A round whose scores stand, with its profile and its movement in its series."""

    round: Round
    step: Step


# The rounds of one area and one purpose, from the first to the last: a reflection moves no evaluated score.
Series = tuple[Assessed, ...]


def profiles_of(rounds: Iterable[Round]) -> dict[int, Profile]:
    """The profile of each signed-off round, by the round's number.

    One query for all scores, and one for each version of an instrument that this process has not read yet.
    """
    standing = [each for each in rounds if each.state == State.SIGNED_OFF]
    scores = _agreed(standing)
    return {each.pk: profile(scores[each.pk], instrument_of(each)) for each in standing}


def series_of(rounds: Iterable[Round]) -> Mapping[tuple[int, Purpose], Series]:
    """The signed-off rounds of any number of areas, by area number and purpose, with their movement."""
    given = list(rounds)
    profiles = profiles_of(given)
    together: dict[tuple[int, Purpose], list[Round]] = defaultdict(list)
    for each in sorted(given, key=lambda each: (each.due_on, each.pk)):
        if each.pk in profiles:
            together[each.area_id, Purpose(each.purpose)].append(each)
    return {key: _series(held, profiles) for key, held in together.items()}


def _series(rounds: Sequence[Round], profiles: Mapping[int, Profile]) -> Series:
    moved = steps([profiles[each.pk] for each in rounds], [each.study for each in rounds])
    return tuple(Assessed(round, step) for round, step in zip(rounds, moved, strict=True))


def baseline_of(here: Assessed, series: Series) -> Assessed:
    """The round that this one is told against: itself, where it is the baseline."""
    first = baselines([each.round.study for each in series])
    return series[first[series.index(here)]]


def _agreed(rounds: Sequence[Round]) -> dict[int, dict[str, AgreedScore]]:
    """The scores in force, by round and statement. Plain rows: a hundred areas have tens of thousands."""
    rows = Agreed.objects.filter(round__in=[each.pk for each in rounds], superseded_at=None)
    found: dict[int, dict[str, AgreedScore]] = defaultdict(dict)
    values = rows.values_list("round", "statement", "score", "reason", "low", "high")
    for round, statement, score, reason, low, high in values:
        found[round][statement] = AgreedScore(statement, score, reason, low, high)
    return found


@dataclass(frozen=True, slots=True)
class View:
    """What the raters of one view gave: by statement, and as a profile where they gave the same."""

    compared: Mapping[str, Compared]
    profile: Profile


def views_of(
    raters: Iterable[RaterOnRound], ratings: Iterable[Rating], instrument: Instrument
) -> dict[str, View]:
    """The round as each view saw it, by view. `ratings` name a rater by number, as `blind_ratings` does.

    The raters of imported rounds are known by a label alone, and count as staff.
    """
    view_of = {str(each.pk): each.view for each in raters}
    by_view: dict[str, list[Rating]] = defaultdict(list)
    for each in ratings:
        by_view[view_of.get(each.rater, STAFF)].append(each)
    found = {}
    for view, given in by_view.items():
        sides = compared(given, instrument)
        found[view] = View(sides, profile(agreed_without_talk(sides), instrument))
    return found


def ratings_behind(round: Round, raters: Sequence[RaterOnRound]) -> list[Rating]:
    """The blind ratings that a round's agreement is worked out from; of an imported round, the list's own."""
    if not round.imported_from:
        return blind_ratings(round, raters)
    kept = round.past_ratings.values_list("statement", "rater", "score", "cannot_rate")
    return [Rating(*each) for each in kept]


def pulse_of(round: Round) -> PulseResult | NotComputable | None:
    """The round's pulse on working relationships once it is closed; None where none was asked."""
    pulse = Pulse.objects.filter(round=round).first()
    if pulse is None:
        return None
    if pulse.closed_at is None:
        return NotComputable("The pulse is still open. Its result is shown once it is closed.")
    if pulse.questionnaire != questionnaire().reference:
        return NotComputable(f"It was asked with other questions ({pulse.questionnaire}), kept elsewhere.")
    answers = PulseAnswer.objects.filter(pulse=pulse).values_list("sector", "scores")
    return pulse_result([Answer(sector, scores) for sector, scores in answers])
