"""Tables as they may be published under a rule."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from ithrive.disclosure.cells import SUPPRESSED, Cell, CellState
from ithrive.disclosure.extremes import TOLERANCE, Numbers
from ithrive.disclosure.hiding import Hidden, hide
from ithrive.disclosure.primary import to_hide, untouched
from ithrive.disclosure.puzzle import Protection, Puzzle
from ithrive.disclosure.rounding import possible, rounded
from ithrive.disclosure.rules import Rule, Totals
from ithrive.disclosure.sums import Sums
from ithrive.disclosure.tables import CountTable, FigureSum, Name
from ithrive.problems import BadInput, Problem

# In seconds: the work of choosing is counted in steps, and takes a few.
SAFETY_NET = 60.0
# Everyone may know this much of a figure from elsewhere: its least and its largest, None for no limit.
Range = tuple[int, int | None]
ANYTHING: Range = (0, None)


@dataclass(frozen=True, slots=True)
class PublishedCell:
    """A cell as shown; what that says of the true count; what must stay possible of a protected one.

    `keeps` is confidential: it tells a hidden small count from one that is hidden to shield it.
    """

    cell: Cell
    says: Range = ANYTHING
    keeps: tuple[int, int] | None = None


@dataclass(frozen=True)
class Publication:
    """What is shown of some tables, with every sum a reader can do.

    `gap` is the share of what is hidden besides small counts that might have been spared (0: none, proved);
    `limits` are small counts that no hiding here could keep fully open. `in_time` is false where the clock
    ended the work: then another machine might hide other shields.
    """

    rule: str
    cells: Mapping[Name, PublishedCell]
    sums: tuple[FigureSum, ...]
    gap: float = 0.0
    limits: tuple[Name, ...] = ()
    in_time: bool = True

    @property
    def hidden(self) -> tuple[Name, ...]:
        return tuple(name for name, each in self.cells.items() if each.cell.state is CellState.SUPPRESSED)

    def of(self, table: CountTable) -> dict[tuple[str, ...], Cell]:
        """One of the tables as it is shown."""
        return {where: self.cells[name].cell for name, where in table.names().items()}


def publish(
    tables: Sequence[CountTable],
    rule: Rule,
    *,
    public: Mapping[Name, Range] | None = None,
    also_hidden: Collection[Name] = (),
    known_sums: Collection[FigureSum] = (),
    seconds: float = SAFETY_NET,
) -> Publication:
    """The tables under a rule. Figures that stand in several tables are hidden in all of them or in none.

    `public` are figures that everybody knows from elsewhere, or from earlier releases of the same vintage.
    Figures `also_hidden` are hidden with as much around them as if they were small. `known_sums` are sums
    between figures of the tables that readers know besides the tables' own; of one part: the same figure.
    The work is counted in steps, so the same tables are published alike everywhere. `seconds` are a safety
    net: when they are over choosing ends, what was found is made safe, and `in_time` is false.
    Raises BadInput where two tables disagree.
    """
    cells = _together(tables)
    own = {each for table in tables for each in table.sums()}
    sums = tuple(sorted(own | set(known_sums), key=repr))
    small = to_hide(cells, sums, rule)
    others = {name for name in also_hidden if name in cells and _can_be_hidden(cells[name], rule)}
    system = Sums.of(cells, sums)
    puzzle = _puzzle(system, cells, small | others, rule, public or {})
    found = hide(puzzle, seconds) if rule.secondary else _only_small(puzzle)
    hidden = {system.names[at] for at in np.flatnonzero(found.hidden)}
    # Of a figure that is hidden without being small nothing need stay possible: it shields an earlier one.
    kept = {system.names[each.figure]: _whole(each) for each in found.kept}
    keeps = {name: each for name, each in kept.items() if name in small}
    # Of several sums the last one says how a total is rounded: what is known to be the same reads the same.
    # A sum with a part that is not there says nothing of it.
    whole = [
        each for each in sums if each in own or all(cells[part].number is not None for part in each.parts)
    ]
    shown = _shown(cells, sorted(whole, key=lambda each: each not in own), hidden, rule)
    return Publication(
        rule.code,
        {name: PublishedCell(*shown[name], keeps.get(name)) for name in system.names},
        sums,
        found.gap,
        tuple(system.names[at] for at in found.limits),
        found.in_time,
    )


def _can_be_hidden(cell: Cell, rule: Rule) -> bool:
    """Where zeros are shown, readers take what is hidden for more: to hide one would only mislead."""
    return cell.number is not None and cell.number >= rule.least_a_hidden_figure_can_be


def _whole(kept: Protection) -> tuple[int, int]:
    return ceil(kept.low - TOLERANCE), floor(kept.high + TOLERANCE)


def _together(tables: Iterable[CountTable]) -> dict[Name, Cell]:
    cells: dict[Name, Cell] = {}
    for table in tables:
        for name, where in table.names().items():
            cell = table.cells[where]
            if cells.setdefault(name, cell) != cell:
                raise BadInput(
                    Problem(
                        ", ".join(name),
                        "has different figures in different tables.",
                        "Take both tables from the same vintage.",
                    )
                )
    return cells


def _puzzle(
    system: Sums, cells: Mapping[Name, Cell], small: set[Name], rule: Rule, public: Mapping[Name, Range]
) -> Puzzle:
    numbers = np.array([cells[name].number or 0 for name in system.names], dtype=float)
    states = np.array([cells[name].state for name in system.names])
    absent = ~np.isin(states, [CellState.VALUE, CellState.ZERO, CellState.NOT_APPLICABLE])
    plenty = 2 * numbers.max(initial=0) + 10 * (rule.largest_hidden + 1)
    # A total that is not there may hold all that is.
    of_absent = plenty + numbers.sum()
    least, most = _publicly(system, numbers, public, plenty)
    must = np.array([name in small for name in system.names], dtype=bool)
    may = (numbers > 0) & (most > least)
    # By the square root a large figure costs more than a small one, but less than two middling ones.
    cost = np.where(must, 0.0, np.where(may, np.ceil(10 * np.sqrt(numbers)), np.inf))
    lowest = np.where(absent | ~may, 0, rule.least_a_hidden_figure_can_be)
    return Puzzle(
        matrix=system.matrix,
        shown_low=np.where(absent, 0, numbers),
        shown_high=np.where(absent, of_absent, numbers),
        hidden_low=np.maximum(least, lowest),
        hidden_high=np.where(absent, of_absent, most),
        cost=cost,
        protections=tuple(
            Protection(int(at), rule.least_a_hidden_figure_can_be, rule.largest_hidden)
            for at in np.flatnonzero(must)
        ),
    )


def _publicly(
    system: Sums, numbers: Numbers, public: Mapping[Name, Range], plenty: float
) -> tuple[Numbers, Numbers]:
    """What is known of each figure before anything is published: nothing, where it was something else."""
    ranges = [public.get(name, ANYTHING) for name in system.names]
    least = np.array([low for low, _ in ranges], dtype=float)
    most = np.array([plenty if high is None else high for _, high in ranges], dtype=float)
    true = (least <= numbers) & (numbers <= most)
    return np.where(true, least, 0), np.where(true, most, plenty)


def _only_small(puzzle: Puzzle) -> Hidden:
    return Hidden(puzzle.protected, 0.0, 0.0, puzzle.protections)


def _shown(
    cells: Mapping[Name, Cell], sums: Sequence[FigureSum], hidden: set[Name], rule: Rule
) -> dict[Name, tuple[Cell, Range]]:
    shown = {name: _one(name, cell, name in hidden, rule) for name, cell in cells.items()}
    if rule.totals is Totals.AS_THEY_ARE:
        return shown
    parts = {each.whole: each.parts for each in sums}
    for whole in parts:
        if shown[whole][0].number is not None:
            leaves = [shown[leaf][0] for leaf in _leaves(whole, parts)]
            shown[whole] = _added(shown[whole], leaves, rule)
    return shown


def _one(name: Name, cell: Cell, hidden: bool, rule: Rule) -> tuple[Cell, Range]:
    if hidden:
        return SUPPRESSED, (rule.least_a_hidden_figure_can_be, None)
    if cell.number is None:
        return cell, (0, 0) if cell.state is CellState.NOT_APPLICABLE else ANYTHING
    if untouched(name, rule):
        return cell, (cell.number, cell.number)
    number = rounded(cell.number, rule)
    return Cell.of(number), possible(number, rule)


def _leaves(whole: Name, parts: Mapping[Name, tuple[Name, ...]]) -> Iterator[Name]:
    for part in parts[whole]:
        if part in parts:
            yield from _leaves(part, parts)
        else:
            yield part


def _added(itself: tuple[Cell, Range], leaves: list[Cell], rule: Rule) -> tuple[Cell, Range]:
    """A total added up from what is shown tells nothing that the parts do not."""
    if rule.totals is Totals.FROM_PARTS_IF_ALL_SHOWN and any(leaf.number is None for leaf in leaves):
        return itself
    number = sum(leaf.number or 0 for leaf in leaves)
    if number == 0 and itself[0].state is CellState.VALUE:
        return SUPPRESSED, ANYTHING
    return Cell.of(number), ANYTHING
