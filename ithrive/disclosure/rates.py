"""Proportions, rates and medians: small counts are hidden before any rate is made."""

from collections.abc import Sequence

from ithrive.disclosure.cells import SUPPRESSED, Cell
from ithrive.disclosure.rules import Rule


def proportion(part: Cell, rest: Cell, whole: Cell, rule: Rule) -> Cell:
    """A whole per cent of the published figures.

    `rest` is whole less part, as published: without it 100% would tell of everybody, and 98% of somebody.
    """
    if absent := _absent(part, rest, whole):
        return absent
    numerator, remainder, denominator = part.number or 0, rest.number or 0, whole.number or 0
    too_small = (
        numerator < rule.smallest_numerator
        or remainder < rule.smallest_remainder
        or denominator < rule.smallest_denominator
    )
    return SUPPRESSED if too_small else Cell.of(_share(numerator, denominator))


def _share(numerator: int, denominator: int) -> int:
    """To the nearest whole per cent, halves up. Rounded parts can come to more than their whole: 100 then."""
    return min(100, (200 * numerator + denominator) // (2 * denominator))


def rate(published: Cell, population: int, per: int, rule: Rule) -> Cell:
    """Whole people in so many, over a public population, from the published figure, never the true one."""
    if absent := _absent(published):
        return absent
    if (published.number or 0) < rule.smallest_numerator or population < rule.smallest_denominator:
        return SUPPRESSED
    return Cell.of((2 * (published.number or 0) * per + population) // (2 * population))


def median(days: float, people: int, rule: Rule) -> Cell:
    """A median in whole days, if enough people stand behind it."""
    return Cell.of(int(days + 0.5)) if people >= rule.median_needs > 0 else SUPPRESSED


def p90(days: float, people: int, rule: Rule) -> Cell:
    """What nine in ten waited at most, in whole days, if enough people stand behind it and beyond it."""
    return Cell.of(int(days + 0.5)) if people >= rule.p90_needs > 0 else SUPPRESSED


def volume(contributions: Sequence[int], rule: Rule) -> Cell:
    """A sum of bed days or the like, unless one contributor makes so much of it that it tells of them."""
    whole = sum(contributions)
    dominated = whole > 0 and max(contributions) > rule.largest_share * whole
    return SUPPRESSED if dominated else Cell.of(whole)


def _absent(*cells: Cell) -> Cell | None:
    """The first of the figures that is not there stands for what would be made of them."""
    return next((Cell(each.state) for each in cells if each.number is None), None)
