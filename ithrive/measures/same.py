"""Counts that several measures ask for in the same words: they are one count, and every reader knows it."""

from collections.abc import Iterable, Mapping
from functools import cache

from ithrive.measures.definition import Measure
from ithrive.measures.figures import FigureKey
from ithrive.measures.reading import measures


def same_counts(known: Iterable[Measure]) -> dict[FigureKey, FigureKey]:
    """For a count that an earlier measure asks for too, under the same title for the same period: that one.

    A part is told by its whole (“Of them, …”): by its title alone it is no count that others could ask for.
    """
    first: dict[tuple[str, str], FigureKey] = {}
    found = {}
    for measure in known:
        for each in measure.returned:
            if each.counts and not each.part_of:
                key = FigureKey(measure.id, each.code)
                other = first.setdefault((each.title, measure.period), key)
                if other.measure != measure.id:
                    found[key] = other
    return found


def kin(measure: str) -> tuple[str, ...]:
    """The measure and all that share counts with it, through others too, in the dictionary's order."""
    return _families().get(measure, (measure,))


@cache
def _families() -> Mapping[str, tuple[str, ...]]:
    of = {each: {each} for each in measures()}
    for key, other in same_counts(measures().values()).items():
        together = of[key.measure] | of[other.measure]
        of |= dict.fromkeys(together, together)
    return {each: tuple(one for one in measures() if one in family) for each, family in of.items()}
