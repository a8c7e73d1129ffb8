"""What a reader can work out of hidden figures who does every sum over everything that was published.

Figures of the same vintage are the same figures, in whichever releases they stand: everybody can know which
areas sent theirs again. Between vintages a figure may have been revised; the reader is supposed to guess that
no more people were moved than the publications make certain. That reader is more curious than most and is
sometimes wrong, but what is open to them is open.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, floor

import numpy as np

from ithrive.disclosure.cells import CellState
from ithrive.disclosure.extremes import TOLERANCE, Impossible, Known, Numbers, Wanted
from ithrive.disclosure.publication import ANYTHING, Publication, Range
from ithrive.disclosure.reaching import Target, short_of
from ithrive.disclosure.sums import Sums
from ithrive.disclosure.tables import FigureSum, Name
from ithrive.problems import BadInput, Problem


@dataclass(frozen=True, slots=True)
class Reach:
    """How closely a hidden figure can be pinned down: it lies from `low` to `high` (None: no limit).

    `guessed`: there are several vintages in hand, so this may rest on the guess that few people were moved.
    """

    name: Name
    vintage: str
    low: int
    high: int | None
    keeps: tuple[int, int] | None
    guessed: bool = False

    @property
    def open(self) -> bool:
        """Whether all that must stay possible is. True of figures that are hidden only to shield others."""
        if self.keeps is None:
            return True
        low, high = self.keeps
        if self.guessed and (self.low > high or (self.high is not None and self.high < low)):
            return True  # A guess that is wrong: the figure was revised further than readers suppose.
        return self.low <= low and (self.high is None or self.high >= high)


@dataclass(frozen=True)
class Seen:
    """One publication in the reader's hands, with the vintage of its figures, and of those of another."""

    vintage: str
    publication: Publication
    vintages: Mapping[Name, str] = field(default_factory=dict)

    def dated(self, name: Name) -> Name:
        return (*name, self.vintage_of(name))

    def vintage_of(self, name: Name) -> str:
        return self.vintages.get(name, self.vintage)


def attack(seen: Sequence[Seen], public: Mapping[Name, Range] | None = None) -> tuple[Reach, ...]:
    """How closely every hidden figure can be pinned down, from all that was seen and is public anyway.

    Raises BadInput where publications of one vintage contradict each other.
    """
    with _contradictions_told():
        all_known = _all_known(seen, public or {})
        return all_known.reaches(_hidden(seen))


def exposed(seen: Sequence[Seen], public: Mapping[Name, Range] | None = None) -> tuple[Reach, ...]:
    """The protected figures that do not stay open: what `attack` finds of them, and no others.

    Much sooner found, since one set of figures can show of many at once that they stay open. Raises as
    `attack` does.
    """
    with _contradictions_told():
        all_known = _all_known(seen, public or {})
        return tuple(each for each in all_known.reaches(all_known.not_open(_hidden(seen))) if not each.open)


@contextmanager
def _contradictions_told() -> Iterator[None]:
    try:
        yield
    except Impossible:
        raise BadInput(
            Problem("These releases", "contradict each other.", "Give each figure the vintage it came from.")
        ) from None


# Hidden figures by their dated names: name, vintage, and what must stay possible.
Hidden = Mapping[Name, tuple[Name, str, tuple[int, int] | None]]


@dataclass(frozen=True)
class _AllKnown:
    """Everything in the reader's hands, as one system. Above `limitless` a figure has no limit."""

    system: Sums
    known: Known
    limitless: float
    guessed: bool

    def not_open(self, hidden: Hidden) -> Hidden:
        targets = [
            Target(Wanted(self.system.at[dated], sign), float(end))
            for dated, (_, _, keeps) in hidden.items()
            if keeps is not None
            for sign, end in zip((-1, 1), keeps, strict=True)
        ]
        short = {each.wanted.figure for each in short_of(self.known, targets)}
        return {dated: what for dated, what in hidden.items() if self.system.at[dated] in short}

    def reaches(self, hidden: Hidden) -> tuple[Reach, ...]:
        return _reaches(self, hidden)


def _all_known(seen: Sequence[Seen], public: Mapping[Name, Range]) -> _AllKnown:
    """Raises Impossible."""
    said = _said(seen, public)
    sums = [_dated(each, one) for one in seen for each in one.publication.sums]
    revisions, steps = _revisions(said)
    system = Sums.of([*said, *([] if not steps else [MOVED])], [*sums, *revisions])
    low, high, limitless = _ranges(system, said)
    if np.any(low > high):
        raise Impossible
    if steps:
        fewest = next(iter(Known(system.matrix, low, high).extremes([Wanted(system.at[MOVED], -1)]))).value
        high[system.at[MOVED]] = fewest + TOLERANCE
    return _AllKnown(system, Known(system.matrix, low, high), limitless, steps > 0)


MOVED: Name = ("people moved by revisions",)


def _dated(each: FigureSum, one: Seen) -> FigureSum:
    return FigureSum(one.dated(each.whole), tuple(one.dated(part) for part in each.parts))


def _said(seen: Iterable[Seen], public: Mapping[Name, Range]) -> dict[Name, Range]:
    said: dict[Name, Range] = {}
    for one in seen:
        for name, cell in one.publication.cells.items():
            dated = one.dated(name)
            ranges = [said.get(dated, ANYTHING), cell.says, public.get(name, ANYTHING)]
            highs = [high for _, high in ranges if high is not None]
            said[dated] = (max(low for low, _ in ranges), min(highs, default=None))
    return said


def _revisions(said: Mapping[Name, Range]) -> tuple[list[FigureSum], int]:
    """From one vintage to the next a figure gains some people and loses some; all of them together are few.

    Written as sums: what a figure was and what it gained is what it is and what it lost.
    """
    vintages: dict[Name, list[str]] = {}
    for dated in said:
        vintages.setdefault(dated[:-1], []).append(dated[-1])
    sums, moves = [], []
    for name, dates in vintages.items():
        dates.sort()
        for before, after in pairwise(dates):
            balance = (*name, before, after)
            gained, lost = (*balance, "gained"), (*balance, "lost")
            sums += [
                FigureSum(balance, ((*name, before), gained)),
                FigureSum(balance, ((*name, after), lost)),
            ]
            moves += [gained, lost]
    return ([*sums, FigureSum(MOVED, tuple(moves))] if moves else []), len(moves)


def _ranges(system: Sums, said: Mapping[Name, Range]) -> tuple[Numbers, Numbers, float]:
    """Least and largest of each. What has no limit gets one that no sum could reach; last, what tells it."""
    ranges = [said.get(name, ANYTHING) for name in system.names]
    plenty = 10.0 * sum(high if high is not None else low + 10 for low, high in ranges)
    return (
        np.array([low for low, _ in ranges], dtype=float),
        np.array([plenty if high is None else high for _, high in ranges], dtype=float),
        plenty / 5,
    )


def _hidden(seen: Iterable[Seen]) -> dict[Name, tuple[Name, str, tuple[int, int] | None]]:
    """Every figure that some publication hides, by its dated name; the widest of what must stay possible."""
    found: dict[Name, tuple[Name, str, tuple[int, int] | None]] = {}
    for one in seen:
        for name, each in one.publication.cells.items():
            dated = one.dated(name)
            if each.cell.state is CellState.SUPPRESSED:
                found[dated] = (name, dated[-1], _wider(found.get(dated, (name, "", None))[2], each.keeps))
    return found


def _wider(one: tuple[int, int] | None, other: tuple[int, int] | None) -> tuple[int, int] | None:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


def _reaches(every: _AllKnown, hidden: Hidden) -> tuple[Reach, ...]:
    at = {every.system.at[dated]: what for dated, what in hidden.items()}
    ends = {
        each.wanted: each.value
        for each in every.known.extremes([Wanted(figure, sign) for figure in at for sign in (1, -1)])
    }
    return tuple(
        Reach(
            name,
            vintage,
            ceil(ends[Wanted(figure, -1)] - TOLERANCE),
            None if (most := ends[Wanted(figure, 1)]) > every.limitless else floor(most + TOLERANCE),
            keeps,
            every.guessed,
        )
        for figure, (name, vintage, keeps) in at.items()
    )
