"""From figures to the panel of one outcome: the protocol's rules, with the reason wherever one sets aside."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.missing import Outlying, outlying, without
from ithrive.evaluation.panel import Panel
from ithrive.evaluation.protocol import Flag, Outcome, Protocol
from ithrive.evaluation.study.data import Merger
from ithrive.evaluation.study.figures import AT, NOT_SENT, Figure, OutcomeFigures
from ithrive.evaluation.study.mergers import after_mergers
from ithrive.measures import CellState
from ithrive.periods import Quarter

NONE = Figure(NOT_SENT)
NO_LOGARITHM = "Nought has no logarithm."
NOBODY = "Its offset is nought."
HALF = "Some counts are nought, so a half is added to every count before its logarithm."
LEAST_SITES = 2


@dataclass(frozen=True, slots=True)
class Choices:
    """How figures are set aside. The first one is the protocol's; others show how much hangs on it."""

    flags: bool | None = None  # leave all flagged quarters out, or none; None as each flag says
    outliers: bool | None = None  # leave outlying quarters out, or keep them; None as the protocol says


@dataclass(frozen=True, eq=False)
class Prepared:
    """An outcome's panel, sites in an order that names do not decide, and what was set aside.

    `why_not` has an entry for each cell with a figure that is not used. `sites_left_out` come with reasons;
    with pairs, both sites of a pair leave together.
    """

    outcome: Outcome
    panel: Panel | NotComputable
    figures: OutcomeFigures
    why_not: Mapping[AT, str]
    sites_left_out: tuple[tuple[str, str], ...]
    outlying: tuple[Outlying, ...]
    notes: tuple[str, ...]

    @property
    def used(self) -> int:
        """How many figures the effect rests on."""
        return 0 if isinstance(self.panel, NotComputable) else int((~np.isnan(self.panel.figures)).sum())


def prepared(
    protocol: Protocol,
    outcome: Outcome,
    figures: OutcomeFigures,
    *,
    mergers: tuple[Merger, ...] = (),
    choices: Choices = Choices(),
    last: Quarter | None = None,
) -> Prepared:
    """The panel of one outcome, up to the quarter `last` if one is given."""
    quarters = tuple(each for each in protocol.quarters if last is None or each <= last)
    there = {at: each for at, each in figures.items() if at[1] in quarters}
    values, why_not, notes = _values(outcome, there)
    why_not |= _set_aside(protocol, values, mergers, choices)
    usable = {at: value for at, value in values.items() if at not in why_not}
    left_out, paired = _left_out(protocol, quarters, usable, mergers)
    why_not |= {at: f"The site is left out: {left_out[at[0]]}" for at in usable if at[0] in left_out}
    panel = _panel(protocol, outcome, quarters, usable, left_out, paired)
    odd: tuple[Outlying, ...] = ()
    if isinstance(panel, Panel):
        odd = tuple(sorted(outlying(panel), key=lambda each: (each.site, each.wave)))
        if _leave_outliers(protocol, choices) and odd:
            panel = without(panel, odd).only([outcome.id])
            why_not |= {(each.site, Quarter.parse(each.wave)): "It stands out." for each in odd}
    return Prepared(outcome, panel, there, why_not, tuple(sorted(left_out.items())), odd, tuple(notes))


def flagged(protocol: Protocol, flag: Flag) -> frozenset[AT]:
    """The sites and quarters that a flag names."""
    sites = flag.sites or tuple(each.id for each in protocol.sites)
    return frozenset(
        (site, quarter)
        for site in sites
        for quarter in protocol.quarters
        if flag.first <= quarter <= flag.last
    )


def _values(outcome: Outcome, figures: OutcomeFigures) -> tuple[dict[AT, float], dict[AT, str], list[str]]:
    """What goes into the model, figure by figure; logarithms where the outcome asks for them."""
    values: dict[AT, float] = {}
    why_not: dict[AT, str] = {}
    counts = outcome.model == "count"
    half = counts and any(each.state is CellState.ZERO for each in figures.values())
    for at, each in figures.items():
        if each.cell.number is None or (each.over is not None and each.over.number is None):
            continue
        over = 1.0 if each.over is None else float(each.over.number or 0)
        number = float(each.cell.number) + (0.5 if half else 0.0)
        if over <= 0:
            why_not[at] = NOBODY
        elif outcome.model == "gaussian":
            values[at] = number / over
        elif number <= 0:
            why_not[at] = NO_LOGARITHM if number == 0 else "A number below nought has no logarithm."
        else:
            values[at] = float(np.log(number / over))
    return values, why_not, [HALF] if half else []


def _set_aside(
    protocol: Protocol, values: Mapping[AT, float], mergers: tuple[Merger, ...], choices: Choices
) -> dict[AT, str]:
    """Figures that a flag or a merger sets aside."""
    found = {
        at: f"Flagged: {flag.what}."
        for flag in protocol.flags
        if (flag.leave_out if choices.flags is None else choices.flags)
        for at in flagged(protocol, flag)
        if at in values
    }
    for site, change in after_mergers(protocol, mergers).items():
        for at in values:
            if at[0] == site and (change.out or (change.stops is not None and at[1] >= change.stops)):
                found[at] = change.sentence
    return found


def _left_out(
    protocol: Protocol, quarters: tuple[Quarter, ...], usable: Mapping[AT, float], mergers: tuple[Merger, ...]
) -> tuple[dict[str, str], bool]:
    """Sites without a part, and whether those that are left are in pairs."""
    changes = after_mergers(protocol, mergers)
    least = min(protocol.missing.least_waves, len(quarters))
    found: dict[str, str] = {}
    for site in protocol.sites:
        count = sum((site.id, quarter) in usable for quarter in quarters)
        if site.id in changes and changes[site.id].out:
            found[site.id] = changes[site.id].sentence
        elif count < least:
            found[site.id] = f"It has figures of {count} waves, and {least} are needed."
    paired = all(each.pair for each in protocol.sites)
    if paired and protocol.analysis.assignment == "pair-swaps":
        gone = {protocol.site(site).pair: site for site in sorted(found)}
        for site in protocol.sites:
            if site.pair in gone and site.id not in found:
                found[site.id] = f"Its pair {site.pair} has lost the other site."
        return found, True
    return found, paired and not found


def _panel(
    protocol: Protocol,
    outcome: Outcome,
    quarters: tuple[Quarter, ...],
    usable: Mapping[AT, float],
    left_out: Mapping[str, str],
    paired: bool,
) -> Panel | NotComputable:
    sites = sorted((each for each in protocol.sites if each.id not in left_out), key=lambda each: each.id)
    for arm in ("accelerator", "comparison"):
        count = sum(each.arm == arm for each in sites)
        if count < LEAST_SITES:
            have = "site has" if count == 1 else "sites have"
            return NotComputable(f"{count} {arm} {have} figures enough; each arm needs {LEAST_SITES}.")
    figures = [[usable.get((site.id, quarter), np.nan) for quarter in quarters] for site in sites]
    seen = ~np.isnan(np.array(figures)).all(axis=0)
    waves = [quarter for quarter, any_there in zip(quarters, seen, strict=True) if any_there]
    starts = [
        sum(quarter < site.starts for quarter in waves) if site.starts else len(waves) for site in sites
    ]
    if not any(start < len(waves) for start in starts):
        return NotComputable("No accelerator site has a figure after its start.")
    return Panel(
        sites=tuple(each.id for each in sites),
        waves=tuple(quarter.label for quarter in waves),
        outcomes=(outcome.id,),
        figures=np.array(figures)[None][:, :, seen],
        starts=np.array(starts, dtype=np.int64),
        pairs=tuple(str(each.pair) for each in sites) if paired else (),
        weights=np.ones((len(sites), len(waves))),
        logged=outcome.model != "gaussian",
    ).only([outcome.id])


def _leave_outliers(protocol: Protocol, choices: Choices) -> bool:
    return protocol.missing.outliers == "leave-out" if choices.outliers is None else choices.outliers
