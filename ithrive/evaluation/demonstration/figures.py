"""Made-up figures of one site for one quarter: drawn about its level, with what is planted and no more.

Every draw has dice of its own, by site, quarter and measure: telling more of anything changes nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from zlib import crc32

import numpy as np

from ithrive.evaluation.demonstration.levels import (
    LEVELS,
    SHARES_BY_GROUPING,
    USUAL_COUNT,
    USUAL_MIDDLE,
    USUAL_SHARE,
)
from ithrive.evaluation.demonstration.sites import StudySite
from ithrive.evaluation.demonstration.truth import effect_on
from ithrive.measures import Cell, CellState, FigureKey, grouping_codes
from ithrive.returns import Line

SITES_DIFFER, QUARTERS_DIFFER, SWING = 0.12, 0.015, 0.03  # coefficients of variation
SHARES_DIFFER = 0.2  # of sites, on the logit scale
EXPONENTIAL = 1.0  # waits scatter as if people were seen at random: a median of n is this / sqrt(n) off
SEASON = (1.02, 1.0, 0.96, 1.02)
GROWTH = {"H2": 0.006}  # a quarter: waits grow everywhere, so that a raw gain tells little
WAITS = frozenset({"median-days", "p90-days"})
STEADY = frozenset({"settings", "deprivation-in-population", "deprivation-out-population"})
NOBODY = Cell.without(CellState.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Told:
    """What is asked: a site, the quarter counted from the first wave, the site's dose by then, the seed."""

    site: StudySite
    wave: int
    dose: float
    seed: int = 2015

    @property
    def begun(self) -> bool:
        return self.site.starts is not None and self.wave >= self.site.starts


def told(asked: Told, lines: Sequence[Line]) -> dict[FigureKey, Cell]:
    """A figure for each line, in whose order a count comes before its parts, as in a form."""
    found: dict[FigureKey, Cell] = {}
    dice: dict[str, np.random.Generator] = {}
    beside = {key: line.made_of for line in lines for key in line.made_of}
    for line in lines:
        measure = line.key.measure
        if measure not in dice:
            dice[measure] = _dice(asked.seed, 4, f"{asked.site.code} {measure} {asked.wave}")
        found[line.key] = _figure(asked, line, beside.get(line.key, ()), found, dice[measure])
    return found


def _figure(
    asked: Told,
    line: Line,
    beside: Sequence[FigureKey],
    found: Mapping[FigureKey, Cell],
    roll: np.random.Generator,
) -> Cell:
    """`beside` are the counts that with this one are exactly what it is part of; most have none."""
    if line.same_as and line.same_as in found:
        return found[line.same_as]
    drawn = beside[: beside.index(line.key)] if beside else ()
    if line.key.grouping:
        return _in_grouping(line, drawn, found, roll)
    if line.rests_on:
        return _middle(asked, line, found, roll)
    if line.part_of:
        is_last = bool(beside) and line.key == beside[-1]
        share = 1.0 if is_last else _share(asked, line)
        return Cell.of(int(roll.binomial(_left(found, line.part_of, drawn), share)))
    return Cell.of(_count(asked, line, roll))


def _count(asked: Told, line: Line, roll: np.random.Generator) -> int:
    level = asked.site.people / 10_000 * _level(line, USUAL_COUNT) * _of_site(asked, line, SITES_DIFFER)
    if line.key.figure in STEADY:
        return round(level)
    swings = _of_quarter(asked, line) * SEASON[asked.wave % 4] * (1 + SWING * roll.normal())
    return int(roll.poisson(max(level * swings, 0.0)))


def _share(asked: Told, line: Line) -> float:
    """Sites and quarters move it on the logit scale; what is planted is added to the share itself."""
    level = _level(line, USUAL_SHARE)
    odds = level / (1 - level) * _of_site(asked, line, SHARES_DIFFER) * _of_quarter(asked, line)
    return float(np.clip(odds / (1 + odds) + _planted(asked, line), 0.01, 0.99))


def _middle(asked: Told, line: Line, found: Mapping[FigureKey, Cell], roll: np.random.Generator) -> Cell:
    resting_on = _number(found, line.rests_on)
    if resting_on == 0:
        return NOBODY
    scatter = float(np.exp(EXPONENTIAL / np.sqrt(resting_on) * roll.normal() / 2))
    if line.at_least and line.at_least in found:
        above = 1 + (_level(line, 2.5) - 1) * scatter
        return Cell.of(round((found[line.at_least].number or 0) * above))
    level = _level(line, USUAL_MIDDLE) * _of_site(asked, line, SITES_DIFFER) * _of_quarter(asked, line)
    grown = level * (1 + GROWTH.get(line.key.measure, 0.0) * asked.wave) + _planted(asked, line)
    drawn = max(grown * scatter, 1.0)
    return Cell.of(round(min(drawn, line.highest or drawn), 0 if line.key.figure in WAITS else 1))


def _in_grouping(
    line: Line, drawn: Sequence[FigureKey], found: Mapping[FigureKey, Cell], roll: np.random.Generator
) -> Cell:
    """What is left of the whole is drawn grouping after grouping, so that all of them add up to it."""
    codes = grouping_codes()
    at = codes.index(line.key.grouping)
    before = [replace(line.key, grouping=code) for code in codes[:at]]
    left = _left(found, line.key.whole, before)
    if line.part_of is None:
        share = SHARES_BY_GROUPING[at] / sum(SHARES_BY_GROUPING[at:])
        return Cell.of(int(roll.binomial(left, min(share, 1.0))))
    mine, *others = (
        _left(found, replace(line.part_of, grouping=code), [replace(key, grouping=code) for key in drawn])
        for code in codes[at:]
    )
    return Cell.of(int(roll.hypergeometric(mine, sum(others), left)) if left else 0)


def _planted(asked: Told, line: Line) -> float:
    if not asked.begun:
        return 0.0
    key = line.key
    return effect_on(key.measure, key.figure, relationships=asked.site.relationships, dose=asked.dose)


def _level(line: Line, usual: float) -> float:
    return LEVELS.get((line.key.measure, line.key.figure), usual)


def _number(found: Mapping[FigureKey, Cell], key: FigureKey | None) -> int:
    return int(found[key].number or 0) if key else 0


def _left(found: Mapping[FigureKey, Cell], whole: FigureKey, drawn: Sequence[FigureKey]) -> int:
    """What of a whole is in none of the parts that were drawn already."""
    return _number(found, whole) - sum(_number(found, key) for key in drawn)


def _of_site(asked: Told, line: Line, spread: float) -> float:
    """How far the site's level lies from the usual one: the same in every quarter."""
    return _factor(asked.seed, 5, f"{asked.site.code} {line.key.whole.text}", spread)


def _of_quarter(asked: Told, line: Line) -> float:
    """What the quarter did to every site alike."""
    return _factor(asked.seed, 6, f"{asked.wave} {line.key.whole.text}", QUARTERS_DIFFER)


@cache
def _factor(seed: int, what: int, name: str, spread: float) -> float:
    return float(np.exp(spread * _dice(seed, what, name).normal()))


def _dice(seed: int, what: int, name: str) -> np.random.Generator:
    return np.random.default_rng([seed, what, crc32(name.encode())])
