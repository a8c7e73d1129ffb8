"""What the pages on the Approach to Implementation say, as plain values."""

from collections.abc import Iterable
from dataclasses import dataclass

from ithrive.framework.approach import Approach, Basis, Phase, QualityStep, Step
from ithrive.framework.ideas import Source

# How a phase's name or a step is known, in the words of a page.
KNOWN = {
    Basis.READ: "Published, worded by us",
    Basis.RECALLED: "Name recalled, not read",
    Basis.OURS: "Our proposal",
}


@dataclass(frozen=True)
class StepLine:
    phase: str
    code: str
    name: str
    purpose: str
    known: str
    quality: tuple[QualityStep, ...]


@dataclass(frozen=True)
class PhasePart:
    code: str
    heading: str
    purpose: str
    known: str
    steps: tuple[StepLine, ...]


@dataclass(frozen=True)
class QualityLine:
    """A step of the Quality Implementation Framework; `beside` are ours."""

    phase: str
    number: int
    name: str
    beside: tuple[StepLine, ...]


@dataclass(frozen=True)
class ApproachPage:
    approach: Approach
    phases: tuple[PhasePart, ...]
    quality: tuple[QualityLine, ...]
    sources: tuple[Source, ...]
    quality_sources: tuple[Source, ...]
    checked_on: str


@dataclass(frozen=True)
class PhasePage:
    part: PhasePart
    others: tuple[PhasePart, ...]
    order: str
    sources: tuple[Source, ...]
    checked_on: str


@dataclass(frozen=True)
class ToolLine:
    name: str
    source: Source | None


@dataclass(frozen=True)
class StepPage:
    step: Step
    part: PhasePart
    line: StepLine
    tools: tuple[ToolLine, ...]
    usual_next: tuple[StepLine, ...]
    weeks: str
    order: str
    mapping: str
    sources: tuple[Source, ...]
    checked_on: str


def approach_page(approach: Approach) -> ApproachPage:
    return ApproachPage(
        approach=approach,
        phases=_parts(approach),
        quality=tuple(_quality_lines(approach)),
        sources=_sources(approach, approach.sources),
        quality_sources=_sources(approach, approach.quality.sources),
        checked_on=_day(approach.checked_on),
    )


def phase_page(approach: Approach, phase: Phase) -> PhasePage:
    parts = {part.code: part for part in _parts(approach)}
    part = parts.pop(phase.code)
    return PhasePage(
        part,
        tuple(parts.values()),
        approach.order,
        _sources(approach, phase.sources),
        _day(approach.checked_on),
    )


def step_page(approach: Approach, step: Step) -> StepPage:
    part = next(part for part in _parts(approach) if step.code in {line.code for line in part.steps})
    return StepPage(
        step=step,
        part=part,
        line=_line(approach, step.code),
        tools=tuple(ToolLine(tool.name, approach.source_list.get(tool.source)) for tool in step.tools),
        usual_next=tuple(_line(approach, code) for code in step.usual_next),
        weeks=f"About {step.usual_weeks} weeks. {approach.weeks}",
        order=approach.order,
        mapping=approach.quality.mapping,
        sources=_sources(approach, step.sources),
        checked_on=_day(approach.checked_on),
    )


def _parts(approach: Approach) -> tuple[PhasePart, ...]:
    return tuple(
        PhasePart(
            phase.code,
            f"Phase {number}: {phase.name}",
            phase.purpose,
            phase.known,
            tuple(_line(approach, step.code) for step in phase.steps),
        )
        for number, phase in enumerate(approach.phases, 1)
    )


def _line(approach: Approach, code: str) -> StepLine:
    phase, step = next((p, s) for p in approach.phases for s in p.steps if s.code == code)
    return StepLine(
        phase.code, step.code, step.name, step.purpose, KNOWN[step.basis], approach.quality_beside(code)
    )


def _quality_lines(approach: Approach) -> Iterable[QualityLine]:
    for phase in approach.quality.phases:
        for step in phase.steps:
            beside = tuple(_line(approach, code) for code in step.beside)
            yield QualityLine(phase.name, step.number, step.name, beside)


def _sources(approach: Approach, keys: Iterable[str]) -> tuple[Source, ...]:
    return tuple(approach.source_list[key] for key in keys)


def _day(day: object) -> str:
    return f"{day:%-d %B %Y}"
