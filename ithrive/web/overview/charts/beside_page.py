"""An area beside others, as a page shows it: lines, a funnel, and the words that go with them."""

from collections.abc import Sequence
from functools import partial

from ithrive.disclosure import Rule
from ithrive.measures import Cell
from ithrive.web.improvement.presenters import Drawing, funnel_drawing
from ithrive.web.overview.charts.asked import Asked
from ithrive.web.overview.charts.beside_sketch import beside_sheet
from ithrive.web.overview.charts.neighbours import QuarterBeside, funnel_beside, quarters_beside
from ithrive.web.overview.charts.reading import Neighbours
from ithrive.web.overview.charts.series import shown_at
from ithrive.web.overview.charts.words import with_unit


def beside_drawing(asked: Asked, neighbours: Neighbours, rule: Rule) -> Drawing | None:
    """The area among areas like it; None where too few have a figure that may be shared."""
    beside = quarters_beside(asked.measure, asked.shown, asked.record, neighbours.alike, rule)
    if not any(each.middle is not None for each in beside):
        return None
    title = f"Beside {neighbours.who}: {asked.shown.title}"
    words = _beside_words(asked, beside, neighbours.who)
    unit = asked.shown.unit.value
    sheet_of = partial(beside_sheet, beside, title=title, words=words, unit=unit, name=asked.area)
    headings = ("Quarter", asked.area, "Middle of the others", "Half lie between", "Other areas")
    rows = [_beside_row(asked, each) for each in reversed(beside)]
    return Drawing(title, words, (), headings, rows, sheet_of)


def _beside_row(asked: Asked, each: QuarterBeside) -> tuple[object, ...]:
    own = with_unit(each.own, asked.shown)
    if each.low is None or each.middle is None or each.high is None:
        return each.quarter.label, own, "too few areas", "", str(each.areas)
    return (
        each.quarter.label,
        own,
        _short(each.middle),
        f"{_short(each.low)} to {_short(each.high)}",
        str(each.areas),
    )


def _beside_words(asked: Asked, beside: Sequence[QuarterBeside], who: str) -> str:
    last = next(each for each in reversed(beside) if each.middle is not None)
    assert last.low is not None  # the three go together
    assert last.high is not None
    assert last.middle is not None
    own, others = with_unit(last.own, asked.shown), f"{last.areas} {who}"
    low, middle, high = (with_unit(Cell.of(each), asked.shown) for each in (last.low, last.middle, last.high))
    return (
        f"In {last.quarter.label} it was {own} in {asked.area}. Of {others}, half had {middle} "
        f"or less, and half lay between {low} and {high}. No other area is named. Areas differ in whom they "
        "serve and how they count, so this says neither that one is better nor why."
    )


def why_not_beside(asked: Asked, neighbours: Neighbours, rule: Rule) -> str:
    beside = quarters_beside(asked.measure, asked.shown, asked.record, neighbours.alike, rule)
    most = max((each.areas for each in beside), default=0)
    return f"Too few {neighbours.who} have a figure that may be shared to compare with ({most})."


def funnel_of_areas(asked: Asked, neighbours: Neighbours, rule: Rule) -> Drawing | None:
    """The area among all that take part, in the last quarter of which it has a figure; None without one."""
    quarters = [
        quarter
        for quarter in asked.record.quarters
        if shown_at(asked.measure, asked.shown, asked.record, quarter).is_figure
    ]
    if not quarters:
        return None
    plot = funnel_beside(
        asked.measure, asked.shown, asked.record, neighbours.everybody, quarters[-1], rule, asked.area
    )
    if plot is None:
        return None
    title = f"Areas that take part, {quarters[-1].label}: {asked.shown.title}"
    unit, of_what = _axes(asked)
    return funnel_drawing(plot, title, unit=unit, of_what=of_what, own=asked.area)


# What is drawn of an area beside others, by the name of its file.
BESIDE = {"beside": beside_drawing, "funnel": funnel_of_areas}


def _axes(asked: Asked) -> tuple[str, str]:
    """What the two axes of a funnel say."""
    if asked.shown.bottom == "population":
        return "per 1,000", "Children who live there, in thousands"
    return "percent", asked.measure.figure(asked.shown.bottom).title


def _short(number: float) -> str:
    return f"{float(f'{number:.3g}'):,g}"
