"""Counts of several measures that every reader can hold together: asked for in the same words they are one
count, and some are said to lie within a count of another measure.
"""

from collections.abc import Iterable, Iterator, Mapping
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
    """The measure and all whose counts tell of its own, through others too, in the dictionary's order."""
    return _families().get(measure, (measure,))


@cache
def _families() -> Mapping[str, tuple[str, ...]]:
    of = {each: {each} for each in measures()}
    for one, other in _pairs():
        together = of[one] | of[other]
        of |= dict.fromkeys(together, together)
    return {each: tuple(one for one in measures() if one in family) for each, family in of.items()}


def _pairs() -> Iterator[tuple[str, str]]:
    """Measures of which one has the same count as the other, or counts within one of its own."""
    for key, other in same_counts(measures().values()).items():
        yield key.measure, other.measure
    for measure in measures().values():
        for each in measure.within:
            yield measure.id, FigureKey.parse(each.whole).measure
