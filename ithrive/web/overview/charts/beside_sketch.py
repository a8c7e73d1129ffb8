"""An area's line among areas like it: their middle, and the half of them that lies about it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from ithrive.improvement.drawing import WIDE, Sheet, Size
from ithrive.improvement.drawing.layout import padded
from ithrive.improvement.drawing.sketch import NARROW, Line, LineLook, Sketch, Spot, SpotLook
from ithrive.improvement.drawing.ticks import days_among, numbers_between
from ithrive.web.overview.charts.neighbours import QuarterBeside

Height = Callable[[QuarterBeside], float | None]


def beside_sheet(
    beside: Sequence[QuarterBeside],
    *,
    title: str,
    words: str,
    unit: str,
    name: str,
    size: Size = WIDE,
    alone: bool = False,
) -> Sheet:
    """The drawing of an area beside others. `words` say the same; there is at least one figure."""
    heights = [y for each in beside for y in (_own(each), each.low, each.high) if y is not None]
    up = padded(heights, from_nought=True)
    days = [each.quarter.starts for each in beside]
    first, last = days[0].toordinal(), days[-1].toordinal()
    room = max((last - first) / 40, 20.0)
    sketch = Sketch(
        size=replace(size, right=NARROW.right),
        across=(first - room, last + room),
        up=up,
        across_ticks=days_among(days, 4 if size.narrow else 8),
        up_ticks=numbers_between(*up, 5),
        across_words="",
        up_words=unit,
        lines=tuple(_lines(beside)),
        spots=tuple(Spot(SpotLook.OWN, _x(each), _own(each)) for each in beside if _own(each) is not None),
        line_key=(
            (LineLook.FIGURES, name),
            (LineLook.CENTRE, "Middle of the others"),
            (LineLook.NEAR_LIMIT, "Half of the others lie between"),
        ),
    )
    above, below = ((title,), ("", words)) if alone else ((), ())
    return Sheet(title=title, description=words, sketch=sketch, above=above, below=below)


def _lines(beside: Sequence[QuarterBeside]) -> Iterator[Line]:
    yield from _line(LineLook.FIGURES, beside, _own)
    yield from _line(LineLook.CENTRE, beside, lambda each: each.middle)
    yield from _line(LineLook.NEAR_LIMIT, beside, lambda each: each.low)
    yield from _line(LineLook.NEAR_LIMIT, beside, lambda each: each.high)


def _line(look: LineLook, beside: Sequence[QuarterBeside], height: Height) -> Iterator[Line]:
    """Broken wherever there is no figure."""
    for there, part in groupby(beside, key=lambda each: height(each) is not None):
        points = tuple((_x(each), height(each) or 0.0) for each in part)
        if there and len(points) > 1:
            yield Line(look, points)


def _own(each: QuarterBeside) -> float | None:
    return None if each.own.number is None else float(each.own.number)


def _x(each: QuarterBeside) -> float:
    return float(each.quarter.starts.toordinal())
