"""A chart of one area's published figures over time, with its mergers marked."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ithrive.improvement import NATIONAL_EVENTS, Annotation, AnnotationKind, ChartKind, Every, Point, Series
from ithrive.measures import Direction
from ithrive.problems import BadInput, Problem
from ithrive.returns.published import PublishedFigure, PublishedFigures
from ithrive.returns.published.rebasing import SUM_OF, WOULD_BE_OF

# Of two releases of one figure the more final counts.
FINAL_FIRST = ("Final", "Performance", "Provisional", "")
MONTHS = {"month": 1, "quarter": 3, "year": 12}
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figures a chart is asked of. `every` is month, quarter or year, where a file mixes them."""

    area: str
    measure: str
    of: str | None = None
    breakdown: str | None = None
    every: str | None = None


def direction_of(better: str) -> Direction:
    """The direction that somebody typed. Raises BadInput for another word."""
    if better not in set(Direction):
        raise BadInput(Problem("--better", f"“{better}” is no direction.", f"Use {' or '.join(Direction)}."))
    return Direction(better)


def series_of(figures: PublishedFigures, asked: Asked, *, better: Direction, target: float | None) -> Series:
    """The series of one area and measure: a P chart with `of`, an XmR chart without.

    Figures that were added up before a merger are marked where they end. Raises BadInput that says what the
    file has, where it does not have what was asked.
    """
    counts = _of_one_kind(figures, asked, asked.measure)
    wholes = {each.period_start: each for each in _of_one_kind(figures, asked, asked.of)} if asked.of else {}
    lacking = [each.period_start for each in counts if wholes and each.period_start not in wholes]
    if lacking:
        what = f"{asked.of} has no figure for the period from {lacking[0]}."
        raise BadInput(Problem("--of", what, "Choose a measure that is published for every period."))
    points = tuple(
        Point(
            each.period_start,
            each.cell,
            wholes[each.period_start].cell if wholes else None,
        )
        for each in counts
    )
    return Series(
        name=_name(counts[-1], wholes.get(counts[-1].period_start)),
        kind=ChartKind.PROPORTIONS if asked.of else ChartKind.INDIVIDUALS,
        points=points,
        better=better,
        target=target,
        annotations=(*NATIONAL_EVENTS, *_merger(counts)),
        every=_every(counts[-1]),
    )


def sources_of(figures: PublishedFigures, asked: Asked) -> list[str]:
    """Which releases the figures of the chart are from, and what to know of them: once each, by time."""
    drawn = [
        figure
        for measure in (asked.measure, *([asked.of] if asked.of else []))
        for figure in _of_one_kind(figures, asked, measure)
    ]
    drawn.sort(key=lambda each: each.period_start)
    told = (", ".join(filter(None, (each.source, each.release, each.status))) for each in drawn)
    notes = (f": {each.note}" if each.note else "" for each in drawn)
    return list(dict.fromkeys(map("".join, zip(told, notes, strict=True))))


def _name(figure: PublishedFigure, whole: PublishedFigure | None) -> str:
    title = f"{figure.title}, out of {whole.title.lower()}" if whole else figure.title
    return f"{figure.area_name or figure.area}: {title}" + (
        f" ({figure.breakdown})" if figure.breakdown else ""
    )


def _of_one_kind(figures: PublishedFigures, asked: Asked, measure: str) -> list[PublishedFigure]:
    """The figures of one measure, breakdown and length of period, one for each period."""
    found = figures.where("area = ? AND measure = ? AND subgroup = ''", [asked.area, measure])
    if not found:
        raise BadInput(_none(figures, asked.area, measure))
    found = _chosen(found, "--breakdown", asked.breakdown, lambda each: each.breakdown)
    found = _chosen(found, "--every", asked.every, _length)
    newest: dict[date, PublishedFigure] = {}
    for each in sorted(found, key=_how_final, reverse=True):
        newest[each.period_start] = each
    return [newest[day] for day in sorted(newest)]


def _how_final(figure: PublishedFigure) -> tuple[int, str]:
    place = FINAL_FIRST.index(figure.status) if figure.status in FINAL_FIRST else len(FINAL_FIRST)
    return place, figure.release


def _every(figure: PublishedFigure) -> Every:
    length = _length(figure)
    return Every(length) if length in MONTHS else Every.DAY


def _length(figure: PublishedFigure) -> str:
    span = figure.period_end.year * 12 + figure.period_end.month
    months = span - figure.period_start.year * 12 - figure.period_start.month + 1
    return next((name for name, count in MONTHS.items() if count == months), f"{months} months")


def _chosen(
    found: list[PublishedFigure],
    option: str,
    asked: str | None,
    what_of: Callable[[PublishedFigure], str],
) -> list[PublishedFigure]:
    there = list(dict.fromkeys(map(what_of, found)))
    wanted = asked if asked is not None else there[0]
    if (asked is None and len(there) > 1) or wanted not in there:
        what = "The figures are of several kinds." if asked is None else f"There is no “{asked}”."
        raise BadInput(Problem(option, what, f"Give one of: {', '.join(f'“{each}”' for each in there)}."))
    return [each for each in found if what_of(each) == wanted]


def _none(figures: PublishedFigures, area: str, measure: str) -> Problem:
    of_area = figures.rows("SELECT DISTINCT measure FROM figures WHERE area = ? ORDER BY measure", [area])
    if not of_area and (now := _now_part_of(figures, area)):
        return Problem("--area", f"“{area}” was brought to other areas.", f"It is part of {now} here.")
    if not of_area:
        some = figures.rows("SELECT DISTINCT area FROM figures ORDER BY area LIMIT ?", [SHOWN])
        return Problem("--area", f"No figure is of “{area}”.", f"Give a code such as {_listed(some)}.")
    return Problem(
        "--measure", f"“{measure}” is not published of {area}.", f"Give one of: {_listed(of_area)}."
    )


def _now_part_of(figures: PublishedFigures, area: str) -> str:
    """The areas whose figures name this one as a part of theirs."""
    rows = figures.rows(
        "SELECT DISTINCT area, note FROM figures WHERE contains(note, ?) ORDER BY ALL", [area]
    )
    found = (now for now, note in rows if area in re.findall(r"\w+", note))
    return " and ".join(dict.fromkeys(found))


def _listed(rows: Sequence[tuple[str, ...]]) -> str:
    return ", ".join(row[0] for row in rows)


def _merger(figures: Sequence[PublishedFigure]) -> list[Annotation]:
    """Where figures stop being sums of other areas', those areas had merged (one note for each change)."""
    found = []
    for before, after in pairwise(figures):
        parts = _parts(before)
        if parts and parts != _parts(after):
            how = "are added up" if before.cell.is_figure else "cannot be had"
            words = f"Merger of {parts}; figures before {how}"
            found.append(Annotation(after.period_start, AnnotationKind.MERGER, words))
    return found


def _parts(figure: PublishedFigure) -> str:
    if figure.note.startswith(SUM_OF):
        return figure.note.removeprefix(SUM_OF).partition(";")[0]
    if figure.note.startswith("one of "):
        return figure.note.removeprefix("one of ").partition(" is ")[0]
    return figure.note.partition(WOULD_BE_OF)[2].rstrip(".")
