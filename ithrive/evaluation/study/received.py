"""What was received of what was expected, cell by cell; and what an outcome looked like before any model."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

import numpy as np

from ithrive.evaluation.protocol import Outcome, Protocol
from ithrive.evaluation.study.figures import AT, Figure
from ithrive.evaluation.study.outcome_results import ArmMean, MissingResult, SitePoint, SiteSeries
from ithrive.evaluation.study.prepared import NONE, Prepared
from ithrive.evaluation.study.results import QualityResult, Received
from ithrive.evaluation.study.scope import Scope
from ithrive.evaluation.study.sources import Sources
from ithrive.measures import CellState, measures
from ithrive.periods import Quarter

# Ours, not published: a study says so wherever grades are shown.
GOOD, FAIR = 0.95, 0.80
HAVE = (CellState.VALUE, CellState.ZERO)
States = Mapping[tuple[str, str, Quarter], CellState]


def states_of(protocol: Protocol, figures: Mapping[str, Mapping[AT, Figure]], last: Quarter) -> States:
    """The state of every expected cell, by outcome, site and quarter, up to the quarter `last`."""
    return {
        (outcome.id, site.id, quarter): figures.get(outcome.id, {}).get((site.id, quarter), NONE).state
        for outcome in protocol.outcomes
        for site in protocol.sites
        for quarter in protocol.quarters
        if quarter <= last
    }


def quality(states: States, sources: Sources, waves: str) -> QualityResult:
    """Received of expected together, by site, by quarter and by outcome. No figure has a part in it."""
    return QualityResult(
        source=sources.bound("quality", sites="all sites", waves=waves, method="Counting cells by state"),
        all=received("all", states.values()),
        by_site=_by(states, lambda key: key[1]),
        by_quarter=_by(states, lambda key: key[2].label),
        by_outcome=_by(states, lambda key: key[0]),
    )


def _by(states: States, name: Callable[[tuple[str, str, Quarter]], str]) -> tuple[Received, ...]:
    groups: dict[str, list[CellState]] = {}
    for key, state in states.items():
        groups.setdefault(name(key), []).append(state)
    return tuple(received(each, groups[each]) for each in sorted(groups))


def received(of: str, states: Iterable[CellState]) -> Received:
    """Cells counted by their state; what does not apply was never expected."""
    counts = Counter(states)
    expected = sum(counts.values()) - counts[CellState.NOT_APPLICABLE]
    there = sum(counts[state] for state in HAVE)
    return Received(of, expected, there, by_state(counts), _grade(there, expected))


def by_state(counts: Mapping[CellState, int]) -> tuple[tuple[str, int], ...]:
    return tuple((state.value, counts.get(state, 0)) for state in CellState)


def _grade(there: int, expected: int) -> str:
    share = there / expected if expected else 1.0
    return "good" if share >= GOOD else "fair" if share >= FAIR else "poor"


def missing_result(protocol: Protocol, found: Prepared, last: Quarter, scope: Scope) -> MissingResult:
    """What was missing of an outcome, and what was done about it, in counts and sentences."""
    states = [
        found.figures.get((site.id, quarter), NONE).state
        for site in protocol.sites
        for quarter in protocol.quarters
        if quarter <= last
    ]
    here = received(found.outcome.id, states)
    flagged = sum(why.startswith("Flagged") for why in found.why_not.values())
    return MissingResult(
        source=scope.bound("missing", "Counting cells by state and use"),
        expected=here.expected,
        received=here.received,
        used=found.used,
        states=here.states,
        sites_left_out=found.sites_left_out,
        flagged=flagged,
        sentences=tuple(_sentences(found, here)),
    )


def _sentences(found: Prepared, here: Received) -> Iterable[str]:
    lost = [f"{number} {state}" for state, number in here.states if number and state not in {"value", "zero"}]
    yield (
        f"{here.received} of {here.expected} expected figures came"
        + (f" ({', '.join(lost)})" if lost else "")
        + f"; the effect rests on {found.used}. All waves that are there are used; none is made up."
    )
    for why, number in sorted(Counter(found.why_not.values()).items()):
        yield f"{number} not used: {why}"


def arm_means(protocol: Protocol, found: Prepared, scope: Scope) -> tuple[ArmMean, ...]:
    """The mean of each arm at each wave over the sites with a figure that is used, before any model."""
    source = scope.bound("means", "Mean over sites, each counting once; no model")
    quarters = sorted({at[1] for at in found.figures})
    return tuple(
        _mean(protocol, found, quarter, arm, source)
        for quarter in quarters
        for arm in ("accelerator", "comparison")
    )


def _mean(protocol: Protocol, found: Prepared, quarter: Quarter, arm: str, source: str) -> ArmMean:
    shown = [
        value
        for site in protocol.sites
        if site.arm == arm and (site.id, quarter) not in found.why_not
        if (value := shown_figure(found, (site.id, quarter))) is not None
    ]
    # In the order of size, so that the last digit does not hang on the order of sites.
    mean = float(np.mean(sorted(shown))) if shown else None
    return ArmMean(source, quarter - protocol.waves.baseline, quarter.label, arm, len(shown), mean)


def shown_figure(found: Prepared, at: AT) -> float | None:
    """A figure as people read it: over its offset and per what its unit says, never as a logarithm."""
    figure = found.figures.get(at, NONE)
    if figure.cell.number is None or (figure.over is not None and not figure.over.number):
        return None
    over = 1.0 if figure.over is None else float(figure.over.number or 1)
    return float(figure.cell.number) / over * per(found.outcome)


def per(outcome: Outcome) -> float:
    """By what a count over its offset is multiplied to be in the unit of its measure."""
    measure = measures()[outcome.measure]
    shown = {each.code: each for each in measure.shown}[outcome.figure or measure.headline.code]
    return float(shown.unit.per or 1) if outcome.model == "count" else 1.0


def series(protocol: Protocol, found: Prepared, scope: Scope) -> tuple[SiteSeries, ...]:
    """Every site's own figures as they came, with what was not used and why."""
    return tuple(
        SiteSeries(
            source=scope.bound(f"series/{site.id}", "As received", sites=site.id),
            site=site.id,
            arm=site.arm,
            points=tuple(
                _point(protocol, found, (site.id, quarter))
                for quarter in sorted({at[1] for at in found.figures})
            ),
        )
        for site in sorted(protocol.sites, key=lambda each: each.id)
    )


def _point(protocol: Protocol, found: Prepared, at: AT) -> SitePoint:
    figure = found.figures.get(at, NONE)
    shown = shown_figure(found, at)
    why_not = found.why_not.get(at, "")
    return SitePoint(
        wave=at[1] - protocol.waves.baseline,
        quarter=at[1].label,
        state=figure.state.value,
        figure=shown,
        used=shown is not None and not why_not,
        why_not=why_not,
    )
