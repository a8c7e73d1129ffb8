"""Areas whose hexagons lie apart are mended: by exchange with a neighbour, else by moving house."""

from collections.abc import Sequence

from ithrive.areas.hexagons.grid import Cell, Points, away, hang_together, neighbours, pieces


def hung_together(owned: list[set[Cell]], places: Points) -> list[set[Cell]]:
    """The same numbers of cells for each area, each area in one piece."""
    owned = [set(cells) for cells in owned]
    for area in range(len(owned)):
        while not hang_together(owned[area]) and _exchange(area, owned, places):
            pass
    for area in range(len(owned)):
        if not hang_together(owned[area]):
            owned[area] = _elsewhere(area, owned, places)
    return owned


def _exchange(area: int, owned: list[set[Cell]], places: Points) -> bool:
    """Give one stray cell to a neighbour for one of theirs beside our main piece; False if nobody can."""
    main, *strays = pieces(owned[area])
    owner = {cell: other for other, cells in enumerate(owned) for cell in cells}
    wanted = sorted({near for cell in main for near in neighbours(cell) if owner.get(near, area) != area})
    stray = sorted(cell for piece in strays for cell in piece)
    offers = ((_cost(area, owner[near], cell, near, places), cell, near) for cell in stray for near in wanted)
    for _, cell, near in sorted(offers):
        other = owner[near]
        theirs, ours = owned[other] - {near} | {cell}, owned[area] - {cell} | {near}
        if hang_together(theirs) or len(pieces(theirs)) < len(pieces(owned[other])):
            owned[area], owned[other] = ours, theirs
            return True
    return False


def _cost(area: int, other: int, given: Cell, got: Cell, places: Points) -> float:
    """How much further from their places the two cells lie after the exchange."""
    after = away(got, places[area]) + away(given, places[other])
    return after - away(given, places[area]) - away(got, places[other])


def _elsewhere(area: int, owned: list[set[Cell]], places: Points) -> set[Cell]:
    """Cells in one piece on free ground, as near as can be to the area's place. There always are some."""
    taken = {cell for other, cells in enumerate(owned) for cell in cells if other != area}
    free = {near for cell in taken for near in neighbours(cell)} - taken
    count, place = len(owned[area]), places[area]
    starts = sorted(free, key=lambda cell: (away(cell, place), cell))
    return next(grown for start in starts if len(grown := _grown(start, count, taken, place)) == count)


def _grown(start: Cell, count: int, taken: set[Cell], place: Sequence[float]) -> set[Cell]:
    """Up to `count` free cells in one piece: fewer where the others shut them in."""
    cluster = {start}
    while len(cluster) < count:
        edge = {near for cell in cluster for near in neighbours(cell)} - taken - cluster
        if not edge:
            break
        cluster.add(min(edge, key=lambda cell: (away(cell, place), cell)))
    return cluster
