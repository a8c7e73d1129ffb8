"""Bringing neighbours together: hexagons change hands until as many neighbours as can be touch."""

from collections import Counter
from collections.abc import Iterable

from ithrive.areas.hexagons.grid import Cell, Points, away, hang_together, neighbours

# What it is worth that two neighbours touch, in squared distances between hexagons.
WORTH = 3.0
# An exchange that costs as much as so many neighbours is not tried: it hardly ever wins more.
DEAR = 6
Pair = tuple[int, int]


def brought_together(owned: list[set[Cell]], places: Points, pairs: Iterable[Pair]) -> list[set[Cell]]:
    """As many cells for each area as before, each area in one piece, more neighbours touching.

    `pairs` are the areas that are neighbours on the ground, the lower number first.
    """
    board = _Board(owned, places, set(pairs))
    while sum(board.improve(cell) for cell in sorted(board.owner)):
        pass  # every exchange is a gain, so this comes to an end
    return board.owned


class _Board:
    """Who holds which cell, and along how many sides each two areas touch."""

    def __init__(self, owned: list[set[Cell]], places: Points, pairs: set[Pair]) -> None:
        self.owned = [set(cells) for cells in owned]
        self.owner = {cell: area for area, cells in enumerate(owned) for cell in cells}
        self.places = places.tolist()
        self.pairs = pairs
        self.sides: Counter[Pair] = Counter()
        for cell in self.owner:
            self.sides.update(self.contacts(cell))
        self.sides = Counter({pair: sides // 2 for pair, sides in self.sides.items()})  # seen from both ends

    def contacts(self, cell: Cell) -> list[Pair]:
        """The neighbours that touch because of this cell, one entry a side."""
        mine = self.owner[cell]
        beside = [self.owner[near] for near in neighbours(cell) if near in self.owner]
        pairs = [(mine, other) if mine < other else (other, mine) for other in beside if other != mine]
        return [pair for pair in pairs if pair in self.pairs]

    def improve(self, cell: Cell) -> bool:
        """Exchange a cell for the first one nearby that is better; False if there is none."""
        around = {further for near in neighbours(cell) for further in (near, *neighbours(near))}
        return any(self.exchange(cell, other) for other in sorted(around & self.owner.keys()) if other > cell)

    def exchange(self, one: Cell, other: Cell) -> bool:
        """Exchange two cells if that is better and leaves both areas in one piece."""
        first, second = self.owner[one], self.owner[other]
        if first == second:
            return False
        cost = self.cost(one, other, first, second)
        if cost >= WORTH * DEAR:
            return False
        won = self.swap(one, other)
        if won * WORTH > cost + 1e-9 and self.whole(first) and self.whole(second):
            return True
        self.swap(one, other)
        return False

    def cost(self, one: Cell, other: Cell, first: int, second: int) -> float:
        """How much further from their places the two cells come to lie."""
        here, there = self.places[first], self.places[second]
        return away(other, here) + away(one, there) - away(one, here) - away(other, there)

    def whole(self, area: int) -> bool:
        return hang_together(self.owned[area])

    def swap(self, one: Cell, other: Cell) -> int:
        """Let two cells change hands; how many more neighbours touch than before."""
        lost = Counter(self.contacts(one) + self.contacts(other))
        first, second = self.owner[one], self.owner[other]
        self.owner[one], self.owner[other] = second, first
        self.owned[first] ^= {one, other}
        self.owned[second] ^= {one, other}
        gained = Counter(self.contacts(one) + self.contacts(other))
        return self.count(gained - lost, 1) - self.count(lost - gained, -1)

    def count(self, change: Counter[Pair], sign: int) -> int:
        """Note sides won or lost; how many pairs came to touch, or ceased to."""
        turned = 0
        for pair, sides in change.items():
            was = self.sides[pair]
            self.sides[pair] = was + sign * sides
            turned += (was == 0) != (self.sides[pair] == 0)
        return turned
