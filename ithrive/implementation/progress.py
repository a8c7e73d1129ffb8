"""How far an area has come, worked out from dated evidence. Nobody scores their own progress."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ithrive.framework.approach import Approach, Phase, Step
from ithrive.implementation.evidence import Evidence, Shows

DAYS_A_WEEK = 7


class Standing(StrEnum):
    """Where a step stands on a day."""

    NOT_BEGUN = "not begun"
    UNDER_WAY = "under way"
    REACHED = "reached"
    SKIPPED = "skipped"
    OPEN_AGAIN = "open again"


SETTLED = frozenset({Standing.REACHED, Standing.SKIPPED})

# What evidence makes of a step: (where it stood, what the evidence shows) -> where it stands then.
# What is not here leaves the step as it was: work noted on a step that was reached does not open it
# again, and a step that was reached cannot be skipped. Only returning to it opens it.
_NEXT: dict[tuple[Standing, Shows], Standing] = {
    (Standing.NOT_BEGUN, Shows.BEGUN): Standing.UNDER_WAY,
    (Standing.NOT_BEGUN, Shows.RETURNED): Standing.UNDER_WAY,
    (Standing.NOT_BEGUN, Shows.SKIPPED): Standing.SKIPPED,
    (Standing.UNDER_WAY, Shows.SKIPPED): Standing.SKIPPED,
    (Standing.OPEN_AGAIN, Shows.SKIPPED): Standing.SKIPPED,
    (Standing.SKIPPED, Shows.BEGUN): Standing.UNDER_WAY,  # done after all
    (Standing.SKIPPED, Shows.RETURNED): Standing.OPEN_AGAIN,
    (Standing.REACHED, Shows.RETURNED): Standing.OPEN_AGAIN,
    **{(standing, Shows.REACHED): Standing.REACHED for standing in Standing},
}


def after(standing: Standing, shows: Shows) -> Standing:
    """Where a step stands once this is known of it."""
    return _NEXT.get((standing, shows), standing)


@dataclass(frozen=True, slots=True)
class StepProgress:
    """One step of one area. `on` is the day since which it stands so; None where it was not begun."""

    code: str
    name: str
    standing: Standing
    on: date | None
    evidence: tuple[Evidence, ...]

    @property
    def settled(self) -> bool:
        return self.standing in SETTLED

    @property
    def times_returned(self) -> int:
        return sum(each.shows is Shows.RETURNED for each in self.evidence)


@dataclass(frozen=True, slots=True)
class Spell:
    """A time during which a phase was open. `ends` is None while it still is."""

    starts: date
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class PhaseProgress:
    """One phase of one area. Skipped steps are counted apart: they are neither reached nor missing."""

    code: str
    name: str
    steps: tuple[StepProgress, ...]
    spells: tuple[Spell, ...]
    today: date

    @property
    def reached(self) -> int:
        return sum(step.standing is Standing.REACHED for step in self.steps)

    @property
    def skipped(self) -> int:
        return sum(step.standing is Standing.SKIPPED for step in self.steps)

    @property
    def proportion(self) -> float | None:
        """Steps reached of those that were not skipped, 0 to 1; None where all were skipped."""
        counted = len(self.steps) - self.skipped
        return self.reached / counted if counted else None

    @property
    def begun_on(self) -> date | None:
        return self.spells[0].starts if self.spells else None

    @property
    def finished(self) -> bool:
        return all(step.settled for step in self.steps)

    @property
    def finished_on(self) -> date | None:
        """The day on which its last step was settled; None while one is open."""
        if not self.finished:
            return None
        return self.spells[-1].ends if self.spells else max(step.on for step in self.steps if step.on)

    @property
    def open(self) -> bool:
        return bool(self.spells) and not self.finished

    @property
    def weeks(self) -> float | None:
        """Weeks for which it was open until today, times apart added up; None where it was not begun."""
        days = sum(((spell.ends or self.today) - spell.starts).days for spell in self.spells)
        return days / DAYS_A_WEEK if self.spells else None


@dataclass(frozen=True, slots=True)
class Progress:
    """Where one area is on a day. `evidence` is in the order in which it happened."""

    area: str
    today: date
    phases: tuple[PhaseProgress, ...]
    evidence: tuple[Evidence, ...]

    @property
    def steps(self) -> tuple[StepProgress, ...]:
        return tuple(step for phase in self.phases for step in phase.steps)

    @property
    def begun_on(self) -> date | None:
        return self.evidence[0].on if self.evidence else None

    @property
    def latest(self) -> Evidence | None:
        return self.evidence[-1] if self.evidence else None

    @property
    def phase(self) -> PhaseProgress | None:
        """The furthest phase that was begun: where the area is. Earlier ones may be open too."""
        return next((phase for phase in reversed(self.phases) if phase.spells), None)

    @property
    def final_step_reached(self) -> date | None:
        """The day on which the last step of the last phase was reached, or None."""
        last = self.phases[-1].steps[-1]
        return last.on if last.standing is Standing.REACHED else None

    @property
    def finished(self) -> bool:
        """Whether the last phase is finished: the change is business as usual."""
        return self.phases[-1].finished


def progress(area: str, evidence: Iterable[Evidence], approach: Approach, today: date) -> Progress:
    """Where an area is on a day, from its evidence up to that day. The order of the evidence does not matter.

    Evidence of other areas, of steps that the approach does not have, and of later days is left out.
    """
    phase_of = {step.code: phase.code for phase in approach.phases for step in phase.steps}
    told = sorted(
        (each for each in evidence if each.area == area and each.step in phase_of and each.on <= today),
        key=lambda each: each.order,
    )
    of_phase: dict[str, list[Evidence]] = {phase.code: [] for phase in approach.phases}
    for each in told:
        of_phase[phase_of[each.step]].append(each)
    phases = tuple(_phase(phase, of_phase[phase.code], today) for phase in approach.phases)
    return Progress(area, today, phases, tuple(told))


def _phase(phase: Phase, told: Sequence[Evidence], today: date) -> PhaseProgress:
    of_step: dict[str, list[Evidence]] = {step.code: [] for step in phase.steps}
    for each in told:
        of_step[each.step].append(each)
    steps = tuple(_step(step, of_step[step.code]) for step in phase.steps)
    return PhaseProgress(phase.code, phase.name, steps, _spells(of_step, told), today)


def _step(step: Step, evidence: Sequence[Evidence]) -> StepProgress:
    standing, since = Standing.NOT_BEGUN, None
    for each in evidence:
        now = after(standing, each.shows)
        if now is not standing:
            standing, since = now, each.on
    return StepProgress(step.code, step.name, standing, since, tuple(evidence))


def _spells(steps: Iterable[str], told: Sequence[Evidence]) -> tuple[Spell, ...]:
    """The times during which a phase was open: from the first work in it until its steps were settled,
    and again from a return until they were settled again. To skip a step is no work in the phase."""
    standings = dict.fromkeys(steps, Standing.NOT_BEGUN)
    spells: list[Spell] = []
    for each in told:
        standings[each.step] = after(standings[each.step], each.shows)
        settled = SETTLED.issuperset(standings.values())
        running = bool(spells) and spells[-1].ends is None
        if not running and each.shows is not Shows.SKIPPED and not (settled and spells):
            spells.append(Spell(each.on))
            running = True
        if running and settled:
            spells[-1] = Spell(spells[-1].starts, each.on)
    return tuple(spells)


def next_step(now: Progress, approach: Approach) -> StepProgress | None:
    """The step that usually comes next: the one last worked on while it is open, else what usually follows
    it, else the first that is not settled. None when all are."""
    steps = {step.code: step for step in now.steps}
    first_left = next((step for step in now.steps if not step.settled), None)
    if first_left is None or now.latest is None:
        return first_left
    usual_next = {step.code: step.usual_next for step in approach.steps}
    along = [now.latest.step]
    for code in along:
        if not steps[code].settled:
            return steps[code]
        along.extend(each for each in usual_next[code] if each not in along)
    return first_left
