"""How early the stall warning comes on simulated areas, and how often it is wrong."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from ithrive.framework.approach import Approach
from ithrive.implementation.evidence import Evidence
from ithrive.implementation.progress import DAYS_A_WEEK, progress
from ithrive.implementation.rhythm import Rhythm, Rules, rhythm, usual
from ithrive.implementation.simulation import (
    ASSUMPTIONS,
    FIRST_DAY,
    Assumptions,
    SimulatedArea,
    Stretch,
    simulated,
)
from ithrive.implementation.stall import Alert, Sign, Situation, attention

LOOK_EVERY = 4  # weeks: the board is read once a month
ENOUGH_OF_A_STALL = 26  # weeks of a stall that must have been watched for it to count
AREA_MONTH = 52 / 12  # weeks


@dataclass(frozen=True, slots=True)
class Look:
    """One area on one of the days on which the board was read."""

    situation: Situation
    around: Rhythm  # the rhythm of all areas then
    in_stall: bool


Watch = tuple[SimulatedArea, tuple[Look, ...]]
# What a rule says of one look: whether it warns.
Warns = Callable[[Look], bool]


@dataclass(frozen=True, slots=True)
class Score:
    """How a rule did. `delays`: weeks from each true stall to its warning, sorted; `missed` got none.

    `warned_before`: stalls that began under a false alarm; they are neither early nor missed.
    """

    stalls: int
    delays: tuple[int, ...]
    warned_before: int
    missed: int
    false_alarms: int
    area_months: float

    @property
    def false_per_100(self) -> float:
        return 100 * self.false_alarms / self.area_months

    @property
    def share_missed(self) -> float:
        return self.missed / self.stalls

    def delay_by(self, share: float) -> int:
        """Weeks within which this share of the warnings that came had come."""
        return self.delays[min(int(share * len(self.delays)), len(self.delays) - 1)]


def watched(approach: Approach, seeds: Iterable[int], assume: Assumptions = ASSUMPTIONS) -> tuple[Watch, ...]:
    """Every area of some simulated programmes, as it looked on each of the days."""
    return tuple(each for seed in seeds for each in _watch(approach, seed, assume))


def _watch(approach: Approach, seed: int, assume: Assumptions) -> list[Watch]:
    areas = simulated(approach, seed, assume)
    looks: dict[str, list[Look]] = {area.name: [] for area in areas}
    for week in range(LOOK_EVERY, assume.watched, LOOK_EVERY):
        today = FIRST_DAY + timedelta(weeks=week)
        situations = {area.name: _situation(area, approach, today) for area in areas if area.since < today}
        around = rhythm([each.progress for each in situations.values()], approach)
        for area in areas:
            if (now := situations.get(area.name)) and not now.progress.finished:
                looks[area.name].append(Look(now, around, _stalled(area.stall, today)))
    return [(area, tuple(looks[area.name])) for area in areas]


def _situation(area: SimulatedArea, approach: Approach, today: date) -> Situation:
    return Situation(
        area.name,
        progress(area.name, area.evidence_known(today), approach, today),
        since=area.since,
        no_lead_since=area.no_lead_since(today),
        rounds_overdue=area.rounds_overdue(today),
    )


def _stalled(stall: Stretch | None, today: date) -> bool:
    return stall is not None and today in stall


def at_least(
    alert: Alert, approach: Approach, rules: Rules, signs: frozenset[Sign] = frozenset(Sign)
) -> Warns:
    """Warn when the method says so, by these rules; by some of the signs alone if those are given."""
    levels = list(Alert)
    usual_of = cache(lambda around: usual(around, rules))

    def warns(look: Look) -> bool:
        found = attention(look.situation, approach, usual_of(look.around), rules)
        if signs == frozenset(Sign):
            return levels.index(found.alert) >= levels.index(alert)
        return any(
            each.sign in signs and levels.index(each.alert) >= levels.index(alert) for each in found.warnings
        )

    return warns


def after_weeks(weeks: int) -> Warns:
    """The rule it is compared with: warn when nothing was dated for so many weeks."""

    def warns(look: Look) -> bool:
        latest: Evidence | None = look.situation.progress.latest
        last = latest.on if latest else look.situation.since
        return last is not None and (look.situation.progress.today - last).days > weeks * DAYS_A_WEEK

    return warns


def score(watches: Sequence[Watch], warns: Warns) -> Score:
    """How a rule did on the areas that were watched.

    A false alarm is a warning that begins while the area is not stalled, however long it lasts.
    """
    delays: list[int] = []
    stalls = before = false = quiet_looks = 0
    for area, looks in watches:
        alarms = [warns(look) for look in looks]
        began = [now and not earlier for earlier, now in zip([False, *alarms], alarms, strict=False)]
        false += sum(new and not look.in_stall for new, look in zip(began, looks, strict=True))
        quiet_looks += sum(not look.in_stall for look in looks)
        during = [index for index, look in enumerate(looks) if look.in_stall]
        if area.stall is None or len(during) * LOOK_EVERY < ENOUGH_OF_A_STALL:
            continue
        stalls += 1
        if during[0] and alarms[during[0] - 1]:
            before += 1
        elif warned := [index for index in during if alarms[index]]:
            today = looks[warned[0]].situation.progress.today
            delays.append((today - area.stall.starts).days // DAYS_A_WEEK)
    missed = stalls - before - len(delays)
    return Score(stalls, tuple(sorted(delays)), before, missed, false, quiet_looks * LOOK_EVERY / AREA_MONTH)
