"""Invented areas whose true stalls are known, to try the stall warning on.

Every assumption is a number in `Assumptions`. They are ours, not measured: they are there to be argued with.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from ithrive.framework.approach import Approach, Step
from ithrive.implementation.evidence import Evidence, Kind, Shows

FIRST_DAY = date(2016, 1, 4)  # a Monday; simulated time is counted in weeks from here


@dataclass(frozen=True, slots=True)
class Assumptions:
    """How the invented areas behave. Times in weeks; shares and chances from 0 to 1; spreads are standard
    deviations on the log scale."""

    areas: int = 80
    watched: int = 260  # for how long they are watched: five years
    starts_within: int = 104
    pace_spread: float = 0.35  # some areas are quicker in everything
    step_spread: float = 0.4  # and every step has a length of its own
    swapped: float = 0.1  # chance that two steps are done in the other order
    skipped: float = 0.08
    returned: float = 0.05
    note_every: float = 5.0  # mean time between notes while work goes on
    note_spread: float = 0.4  # some areas write down less
    entered_late: float = 2.0  # mean time until evidence is entered
    holidays: float = 0.5  # a year: spells in which work goes on and nobody writes anything
    holiday_lasts: tuple[int, int] = (5, 12)
    stalls: float = 0.4  # share of areas that stall once
    stall_lasts: tuple[int, int] = (26, 78)
    stall_for_good: float = 0.3
    stray_note_every: float = 52.0  # a stalled area still writes something now and then
    lead_lost_at_stall: float = 0.5
    lead_leaves: float = 0.15  # a year, without a stall
    lead_replaced_after: float = 8.0
    round_every: int = 26
    round_late: float = 0.15
    round_late_by: float = 5.0
    round_missed_in_stall: float = 0.7


ASSUMPTIONS = Assumptions()


@dataclass(frozen=True, slots=True)
class Stretch:
    """From a day until the day before another."""

    starts: date
    ends: date

    def __contains__(self, day: date) -> bool:
        return self.starts <= day < self.ends


@dataclass(frozen=True, slots=True)
class LateRound:
    """A round whose window closed on a day and that was held on another, or never (None)."""

    due: date
    held: date | None


@dataclass(frozen=True, slots=True)
class SimulatedArea:
    """One invented area, with what nobody can know of a real one: when it truly stalled.

    `entered` gives each piece of evidence with the day from which it is known. `without_lead`: stretches.
    """

    name: str
    since: date
    entered: tuple[tuple[date, Evidence], ...]
    stall: Stretch | None
    without_lead: tuple[Stretch, ...]
    late_rounds: tuple[LateRound, ...]

    def evidence_known(self, today: date) -> tuple[Evidence, ...]:
        return tuple(evidence for known, evidence in self.entered if known <= today)

    def no_lead_since(self, today: date) -> date | None:
        return min((gap.starts for gap in self.without_lead if today in gap), default=None)

    def rounds_overdue(self, today: date) -> tuple[date, ...]:
        return tuple(
            each.due for each in self.late_rounds if each.due < today and (not each.held or each.held > today)
        )


def simulated(approach: Approach, seed: int, assume: Assumptions = ASSUMPTIONS) -> tuple[SimulatedArea, ...]:
    """A programme of invented areas. The same seed and assumptions give the same areas."""
    chance = np.random.default_rng(seed)
    return tuple(
        _Life(f"Area {number + 1}", approach, chance, assume).lived() for number in range(assume.areas)
    )


class _Life:
    """One area's life, drawn week by week. Weeks are counted from FIRST_DAY."""

    def __init__(
        self, name: str, approach: Approach, chance: np.random.Generator, assume: Assumptions
    ) -> None:
        self.name, self.approach, self.chance, self.assume = name, approach, chance, assume
        self.start = chance.uniform(0, assume.starts_within)
        self.note_every = assume.note_every * chance.lognormal(0, assume.note_spread)
        self.plan = tuple(self._plan())
        self.stall = self._stall()
        self.holidays = tuple(self._spells(assume.holidays, assume.holiday_lasts))

    def lived(self) -> SimulatedArea:
        told = sorted(self._told(), key=lambda each: each.order)
        lags = self.chance.exponential(self.assume.entered_late, len(told))
        entered = (
            (each.on + timedelta(weeks=float(lag)), each) for each, lag in zip(told, lags, strict=True)
        )
        stall = Stretch(_day(self.stall[0]), _day(self.stall[1])) if self.stall else None
        return SimulatedArea(
            self.name,
            _day(self.start),
            tuple(entered),
            stall,
            tuple(self._without_lead()),
            tuple(self._late_rounds()),
        )

    def _plan(self) -> Iterator[tuple[str, Shows, float]]:
        """Each step as it is lived: its code, how it ends, and the weeks of work it takes."""
        pace = self.chance.lognormal(0, self.assume.pace_spread)
        order = self._order()
        for step in order:
            weeks = step.usual_weeks * pace * self.chance.lognormal(0, self.assume.step_spread)
            if self.chance.random() < self.assume.skipped:
                yield step.code, Shows.SKIPPED, 0.0
                continue
            yield step.code, Shows.REACHED, float(weeks)
            if self.chance.random() < self.assume.returned:
                yield step.code, Shows.RETURNED, float(weeks / 2)

    def _order(self) -> list[Step]:
        order = list(self.approach.steps)
        for first, second in pairwise(range(len(order))):
            if self.chance.random() < self.assume.swapped:
                order[first], order[second] = order[second], order[first]
        return order

    def _stall(self) -> tuple[float, float] | None:
        work = sum(weeks for *_, weeks in self.plan)
        begins = self.start + self.chance.uniform(0, work)
        lasts = self.chance.uniform(*self.assume.stall_lasts)
        for_good = self.chance.random() < self.assume.stall_for_good
        if self.chance.random() >= self.assume.stalls:
            return None
        return begins, begins + (10 * self.assume.watched if for_good else lasts)

    def _spells(self, a_year: float, lasts: tuple[int, int]) -> Iterator[tuple[float, float]]:
        for _ in range(self.chance.poisson(a_year * self.assume.watched / 52)):
            begins = self.start + self.chance.uniform(0, self.assume.watched)
            yield begins, begins + self.chance.uniform(*lasts)

    def _told(self) -> Iterator[Evidence]:
        """What somebody wrote down: begins and ends of steps, and notes in between."""
        now = self.start
        for code, ends_as, work in self.plan:
            if ends_as is Shows.SKIPPED:
                yield self._evidence(code, Shows.SKIPPED, now)
                continue
            end = self._end_of_work(now, work)
            yield self._evidence(code, Shows.RETURNED if ends_as is Shows.RETURNED else Shows.BEGUN, now)
            yield from (
                self._evidence(code, Shows.BEGUN, week)
                for week in self._notes(now, end)
                if not self._quiet(week)
            )
            yield self._evidence(code, Shows.REACHED, end)
            now = end
        yield from self._stray_notes()

    def _end_of_work(self, now: float, work: float) -> float:
        """When so much work is done: later by the stall if one falls in it."""
        if self.stall and now <= self.stall[0] < now + work:
            return self.stall[1] + now + work - self.stall[0]
        return now + work

    def _notes(self, begin: float, end: float) -> Iterator[float]:
        week = begin + self.chance.exponential(self.note_every)
        while week < min(end, self.start + 2 * self.assume.watched):
            yield week
            week += self.chance.exponential(self.note_every)

    def _quiet(self, week: float) -> bool:
        spells = (*self.holidays, self.stall) if self.stall else self.holidays
        return any(begins <= week < ends for begins, ends in spells)

    def _stray_notes(self) -> Iterator[Evidence]:
        if not self.stall:
            return
        now, code = self.start, self.plan[0][0]
        for step, _, work in self.plan:
            if now <= self.stall[0]:
                code = step
            now = self._end_of_work(now, work)
        week = self.stall[0] + self.chance.exponential(self.assume.stray_note_every)
        while week < min(self.stall[1], 2 * self.assume.watched):
            yield self._evidence(code, Shows.BEGUN, week)
            week += self.chance.exponential(self.assume.stray_note_every)

    def _evidence(self, step: str, shows: Shows, week: float) -> Evidence:
        return Evidence(self.name, step, shows, _day(week), "simulated", Kind.STATED)

    def _without_lead(self) -> Iterator[Stretch]:
        mean = self.assume.lead_replaced_after
        for _ in range(self.chance.poisson(self.assume.lead_leaves * self.assume.watched / 52)):
            begins = self.start + self.chance.uniform(0, self.assume.watched)
            yield Stretch(_day(begins), _day(begins + self.chance.exponential(mean)))
        if self.stall and self.chance.random() < self.assume.lead_lost_at_stall:
            yield Stretch(_day(self.stall[0]), _day(self.stall[1]))

    def _late_rounds(self) -> Iterator[LateRound]:
        for number in range(self.assume.watched // self.assume.round_every):
            due = self.start + (number + 1) * self.assume.round_every
            in_stall = self.stall is not None and self.stall[0] <= due < self.stall[1]
            late, by = self.chance.random(), self.chance.exponential(self.assume.round_late_by)
            if self.stall and in_stall and late < self.assume.round_missed_in_stall:
                yield LateRound(_day(due), _day(self.stall[1] + by))
            elif not in_stall and late < self.assume.round_late:
                yield LateRound(_day(due), _day(due + by))


def _day(week: float) -> date:
    """A day, at most a hundred years from the first: those who stall for good never go on."""
    return FIRST_DAY + timedelta(days=int(min(week, 5200) * 7))
