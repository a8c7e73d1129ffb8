"""The words of the page on an area's phases and steps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ithrive.areas.timeline import plain_day
from ithrive.implementation import Alert, Evidence, PhaseProgress, Shows, Standing, StepProgress
from ithrive.web.implementation.models import StepEvidence
from ithrive.web.implementation.values import as_evidence
from ithrive.web.overview.like_it import beside_in_steps, beside_in_time, reached_of
from ithrive.web.overview.whereabouts import Whereabouts

COLOURS = {
    Standing.NOT_BEGUN: "white",
    Standing.UNDER_WAY: "blue",
    Standing.REACHED: "green",
    Standing.SKIPPED: "grey",
    Standing.OPEN_AGAIN: "orange",
}
SHOWN = {
    Shows.BEGUN: "At work on it",
    Shows.REACHED: "Reached",
    Shows.SKIPPED: "Skipped",
    Shows.RETURNED: "Returned to",
}
# What may be recorded next, by where a step stands: the words of the links, and what each begins with.
MAY_RECORD = {
    Standing.NOT_BEGUN: (Shows.BEGUN, Shows.REACHED, Shows.SKIPPED),
    Standing.UNDER_WAY: (Shows.BEGUN, Shows.REACHED, Shows.SKIPPED),
    Standing.OPEN_AGAIN: (Shows.BEGUN, Shows.REACHED, Shows.SKIPPED),
    Standing.REACHED: (Shows.RETURNED,),
    Standing.SKIPPED: (Shows.BEGUN, Shows.REACHED),
}
LINKS = {
    Shows.BEGUN: "Note work",
    Shows.REACHED: "Reached",
    Shows.SKIPPED: "Skip",
    Shows.RETURNED: "Return to it",
}


@dataclass(frozen=True, slots=True)
class FactShown:
    """One dated fact; `number` is None where it follows from a round or the plan."""

    on: str
    shows: str
    what: str
    number: int | None


@dataclass(frozen=True, slots=True)
class StepShown:
    code: str
    name: str
    path: str
    standing: str
    colour: str
    since: str
    latest: str
    returned: str
    facts: tuple[FactShown, ...]
    links: tuple[tuple[str, str], ...]  # words, what they begin with
    usual_next: bool


@dataclass(frozen=True, slots=True)
class PhaseShown:
    code: str
    name: str
    path: str
    share: str
    time: str
    beside: str
    steps: tuple[StepShown, ...]
    here: bool


@dataclass(frozen=True, slots=True)
class StepsPage:
    sentence: str
    beside: str
    phases: tuple[PhaseShown, ...]
    warnings: tuple[str, ...]
    alert: str


def steps_page(found: Whereabouts, stated: Iterable[StepEvidence]) -> StepsPage:
    """`stated`: what people recorded, with its numbers, so that it can be taken back."""
    numbers = {as_evidence(row): row.pk for row in stated if row.withdrawn_at is None}
    return StepsPage(
        sentence=where_it_is(found),
        beside=beside_in_steps(found.progress, found.alike),
        phases=tuple(_phase(phase, found, numbers) for phase in found.progress.phases),
        warnings=tuple(each.sentence for each in found.attention.warnings),
        alert=alert_of(found),
    )


def alert_of(found: Whereabouts) -> str:
    """“quiet” or “stalled”; empty while an area moves."""
    return "" if found.attention.alert is Alert.MOVING else found.attention.alert.value


def where_it_is(found: Whereabouts) -> str:
    """“In the phase Implementing for 31 weeks, since 14 April 2026. 9 of 15 steps reached, 1 skipped.”"""
    phase = found.progress.phase
    if phase is None:
        return "No step is recorded yet."
    reached = f"{reached_of(found.progress)}."
    if found.progress.finished and phase.finished_on:
        return f"All phases are finished, the last on {plain_day(phase.finished_on)}. {reached}"
    if phase.finished_on:
        return f"The phase {phase.name} was finished on {plain_day(phase.finished_on)}. {reached}"
    return f"In the phase {phase.name} for {weeks(phase.weeks)}, since {_since(phase)}. {reached}"


def weeks(number: float | None) -> str:
    whole = int(number or 0)
    return "1 week" if whole == 1 else f"{whole} weeks"


def _since(phase: PhaseProgress) -> str:
    return plain_day(phase.begun_on) if phase.begun_on else ""


def _phase(phase: PhaseProgress, found: Whereabouts, numbers: Mapping[Evidence, int]) -> PhaseShown:
    here = found.progress.phase is not None and found.progress.phase.code == phase.code
    following = found.attention.next_step
    return PhaseShown(
        phase.code,
        phase.name,
        f"/framework/approach/{phase.code}/",
        _share(phase),
        _time(phase),
        beside_in_time(phase, found.alike),
        tuple(_step(step, phase, following, numbers) for step in phase.steps),
        here,
    )


def _share(phase: PhaseProgress) -> str:
    counted = len(phase.steps) - phase.skipped
    skipped = f", {phase.skipped} skipped" if phase.skipped else ""
    return f"{phase.reached} of {counted} steps reached{skipped}"


def _time(phase: PhaseProgress) -> str:
    if phase.finished_on:
        return f"finished on {plain_day(phase.finished_on)} after {weeks(phase.weeks)}"
    return f"open for {weeks(phase.weeks)}, since {_since(phase)}" if phase.spells else "not begun"


def _step(
    step: StepProgress,
    phase: PhaseProgress,
    following: StepProgress | None,
    numbers: Mapping[Evidence, int],
) -> StepShown:
    latest = step.evidence[-1] if step.evidence else None
    times = step.times_returned
    return StepShown(
        step.code,
        step.name,
        f"/framework/approach/{phase.code}/{step.code}/",
        step.standing.capitalize(),
        COLOURS[step.standing],
        plain_day(step.on) if step.on else "",
        f"{plain_day(latest.on)}: {latest.what}" if latest else "",
        "" if not times else "Returned to once" if times == 1 else f"Returned to {times} times",
        tuple(_fact(each, numbers) for each in reversed(step.evidence)),
        tuple((LINKS[shows], shows.value) for shows in MAY_RECORD[step.standing]),
        usual_next=following is not None and following.code == step.code,
    )


def _fact(evidence: Evidence, numbers: Mapping[Evidence, int]) -> FactShown:
    return FactShown(plain_day(evidence.on), SHOWN[evidence.shows], evidence.what, numbers.get(evidence))
