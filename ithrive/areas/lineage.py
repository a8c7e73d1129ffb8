"""How the areas of one geography lie in those of another: merged, split, nested or overlapping.

Recorded links join some geographies. Between any two others we go by way of those in between and
multiply the shares, as if people were spread evenly within each area passed through.
"""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import reduce
from heapq import heappop, heappush
from itertools import pairwise
from math import fsum

from ithrive.areas.crossings import Crossing, Part
from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.places import Geography
from ithrive.problems import BadInput, Problem

__all__ = ["Crossing", "Part", "crossing", "geography_named"]

# Published shares are rounded (to six places in the English files): sums this near to 1 are brought
# to 1. Anything further off means that a part is missing.
ROUNDING = 1e-3


def crossing(gazetteer: Gazetteer, from_geography: str, to_geography: str) -> Crossing:
    """How the areas of the first geography lie in those of the second.

    Recorded links are used where they join the two, in either direction; otherwise the way with the
    least scatter along it, and of equally good ways the shortest. Raises BadInput for an unknown
    geography, for geographies that nothing joins, and for shares that do not sum to 1.
    """
    for key in (from_geography, to_geography):
        geography_named(gazetteer, key)
    return gazetteer.remembered(
        ("crossing", from_geography, to_geography),
        lambda: _along(gazetteer, _path(gazetteer, from_geography, to_geography)),
    )


def geography_named(gazetteer: Gazetteer, key: str) -> Geography:
    """The geography with this key. Raises BadInput that suggests the nearest ones."""
    if key in gazetteer.geography_by_key:
        return gazetteer.geography_by_key[key]
    near = get_close_matches(key, gazetteer.geography_by_key, n=3, cutoff=0.4) or gazetteer.geography_by_key
    mend = f"Use one of {', '.join(near)}."
    raise BadInput(Problem("Geography", f"“{key}” is not known in {gazetteer.country.name}.", mend))


def _along(gazetteer: Gazetteer, path: tuple[str, ...]) -> Crossing:
    if len(path) == 1:
        return _identity(gazetteer, *path)
    steps = (_step(gazetteer, start, end) for start, end in pairwise(path))
    return reduce(_composed, steps)


def _identity(gazetteer: Gazetteer, geography: str) -> Crossing:
    codes = gazetteer.places_by_geography[geography]
    return Crossing(
        (gazetteer.geography_by_key[geography],), tuple(Part(code, code, 1.0, 1.0) for code in codes)
    )


def _composed(first: Crossing, second: Crossing) -> Crossing:
    shares: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for near in first.parts:
        for far in second.onward[near.to_code]:
            product = (near.share_of_from * far.share_of_from, near.share_of_to * far.share_of_to)
            shares.setdefault((near.from_code, far.to_code), []).append(product)
    parts = tuple(
        Part(*codes, fsum(pair[0] for pair in pairs), fsum(pair[1] for pair in pairs))
        for codes, pairs in shares.items()
    )
    # A step that divides nothing, a merger or a change of codes, uses nobody's shares.
    basis = [each for step in (first, second) if step.divided for each in step.basis]
    return Crossing(first.path + second.path[1:], parts, tuple(dict.fromkeys(basis)))


def _step(gazetteer: Gazetteer, start: str, end: str) -> Crossing:
    """The crossing along one set of recorded links, in whichever direction it was recorded."""
    if (start, end) in gazetteer.links_between:
        return gazetteer.remembered(("links", start, end), lambda: _recorded(gazetteer, start, end))
    return gazetteer.remembered(("links", start, end), lambda: _step(gazetteer, end, start).reversed())


def _recorded(gazetteer: Gazetteer, start: str, end: str) -> Crossing:
    links = gazetteer.links_between[start, end]
    totals_from = _totals((link.from_code, link.share_of_from) for link in links)
    totals_to = _totals((link.to_code, link.share_of_to) for link in links)
    way = f"Lineage from {start} to {end}"
    problems = [
        *_not_whole(gazetteer, way, start, totals_from),
        *_not_whole(gazetteer, way, end, totals_to),
    ]
    if problems:
        raise BadInput(problems)
    parts = tuple(
        Part(
            link.from_code,
            link.to_code,
            link.share_of_from / totals_from[link.from_code],
            link.share_of_to / totals_to[link.to_code],
        )
        for link in links
        if link.share_of_from or link.share_of_to
    )
    ends = gazetteer.geography_by_key[start], gazetteer.geography_by_key[end]
    return Crossing(ends, parts, tuple(dict.fromkeys(link.basis for link in links)))


def _totals(shares: Iterable[tuple[str, float]]) -> dict[str, float]:
    found: dict[str, list[float]] = {}
    for code, share in shares:
        found.setdefault(code, []).append(share)
    return {code: fsum(each) for code, each in found.items()}


def _not_whole(gazetteer: Gazetteer, way: str, geography: str, totals: dict[str, float]) -> Iterator[Problem]:
    mend = "Mend the lineage file so that the shares of every area sum to 1, and load it again."
    places = gazetteer.places_by_geography[geography]
    for code in places.keys() - totals.keys():
        yield Problem(way, f"nothing says where {places[code].name} ({code}, {geography}) lies.", mend)
    for code, total in totals.items():
        if code not in places:
            yield Problem(way, f"{code} is not an area of {geography}.", mend)
        elif not abs(total - 1) <= ROUNDING:
            name = places[code].name
            yield Problem(way, f"the shares of {name} ({code}, {geography}) sum to {total:.6g}.", mend)


def _path(gazetteer: Gazetteer, start: str, end: str) -> tuple[str, ...]:
    neighbours: dict[str, set[str]] = {}
    for one, other in gazetteer.links_between:
        neighbours.setdefault(one, set()).add(other)
        neighbours.setdefault(other, set()).add(one)
    if end in neighbours.get(start, ()) and end != start:
        return start, end
    waiting: list[tuple[float, int, tuple[str, ...]]] = [(0.0, 0, (start,))]
    reached: set[str] = set()
    while waiting:
        scatter, steps, path = heappop(waiting)
        here = path[-1]
        if here == end:
            return path
        if here in reached:
            continue
        reached.add(here)
        for there in neighbours.get(here, set()) - reached:
            cost = scatter + _step(gazetteer, here, there).scatter
            heappush(waiting, (cost, steps + 1, (*path, there)))
    raise _unjoined(gazetteer, start, end)


def _unjoined(gazetteer: Gazetteer, start: str, end: str) -> BadInput:
    titles = gazetteer.geography_by_key
    return BadInput(
        Problem(
            f"From {start} to {end}",
            f"no lineage joins “{titles[start].title}” to “{titles[end].title}”.",
            "Load a lineage file that does, or ask on another geography.",
        )
    )
