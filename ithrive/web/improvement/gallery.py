"""A chart among the parts that pages are made of, with all that belongs to it. Its figures are invented."""

from datetime import date

from django.template.loader import render_to_string

from ithrive.improvement import Annotation, AnnotationKind, ChartKind, Point, Rebase, Series, chart
from ithrive.measures import Cell, CellState, Direction
from ithrive.web.components.gallery import Exhibit
from ithrive.web.improvement.presenters import chart_figure

BEFORE = (52, 49, 55, 47, 50, 44, 46, 53, 45, 51, 47, 49)
AFTER = (41, 38, 42, 36, 39, 40, 35, 38, 52, 37, 36, 38, 40)


def chart_exhibit() -> Exhibit:
    """A chart with a rebase, a note, and a figure of each state that is missing."""
    figure = chart_figure(chart(_invented()), "Days waited in Alderbrook", unit="days")
    markup = render_to_string("improvement/_chart.html", {"figure": figure, "heading_level": 3})
    return Exhibit("Chart", markup, style="improvement/charts.css")


def _invented() -> Series:
    cells = [Cell.of(number) for number in (*BEFORE, *AFTER)]
    for at, state in ((3, CellState.SUPPRESSED), (6, CellState.NOT_SUBMITTED), (17, CellState.WITHHELD)):
        cells[at] = Cell.without(state)
    points = tuple(Point(_month(at), cell) for at, cell in enumerate(cells))
    return Series(
        "Days waited in Alderbrook",
        ChartKind.INDIVIDUALS,
        points,
        Direction.LOWER,
        target=42,
        rebases=(Rebase(_month(len(BEFORE)), "A second clinic opened", "Steering group"),),
        annotations=(Annotation(_month(7), AnnotationKind.TEST_OF_CHANGE, "Reminders by text"),),
    )


def _month(number: int) -> date:
    return date(2024 + number // 12, number % 12 + 1, 1)
