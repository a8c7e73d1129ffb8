"""From a sketch to a Vega-Lite specification, by Altair.

Each look is a layer of its own with its own figures, and no scale is shared for colour or shape: shared ones
made points vanish, or legends appear twice. What is placed in pixels has no scale at all.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ithrive.improvement.drawing.fonts import FAMILY
from ithrive.improvement.drawing.layout import LEFT, STRIP, plot_width
from ithrive.improvement.drawing.palette import GREY, GRID, INK, LINES, SPOTS
from ithrive.improvement.drawing.sketch import LineLook, Sketch, Spot, SpotLook, Tick

# The order in which lines are laid upon each other.
LINE_ORDER = (*(look for look in LineLook if look is not LineLook.FIGURES), LineLook.FIGURES)


def vega_lite(sketch: Sketch) -> dict[str, Any]:
    """The specification of a sketch. The same sketch gives the same one."""
    import altair
    from altair.utils.schemapi import debug_mode

    # Altair would check each part against its schema many times over; a test checks the whole once.
    with debug_mode(False):
        return _specified(_Pencil(altair), sketch)


class _Pencil:
    """Altair, and the figures of all layers: they stay out of its hands, which would copy them again and
    again."""

    def __init__(self, altair: Any) -> None:
        self.altair = altair
        self.figures: dict[str, list[dict[str, Any]]] = {}

    def over(self, rows: list[dict[str, Any]]) -> Any:
        """A layer over these rows."""
        name = f"rows {len(self.figures)}"
        self.figures[name] = rows
        return self.altair.Chart(self.altair.NamedData(name))


def _specified(pencil: _Pencil, sketch: Sketch) -> dict[str, Any]:
    size = sketch.size
    layers = [_axes(pencil, sketch), *_uprights(pencil, sketch), *_lines(pencil, sketch)]
    layers += [*_spots(pencil, sketch), *_words(pencil, sketch), *_key(pencil, sketch)]
    drawn = pencil.altair.layer(*layers).properties(
        width=plot_width(size),
        height=size.plot,
        autosize="none",
        padding={"left": LEFT, "right": size.right, "top": top(sketch), "bottom": bottom(sketch)},
    )
    config = drawn.configure(font=FAMILY, aria=False).configure_view(stroke=None)
    made: dict[str, Any] = config.to_dict(validate=False)
    return made | {"datasets": pencil.figures}


def top(sketch: Sketch) -> int:
    """Pixels above the plot: the unit, and rows of numbers."""
    rows = max((each.level + 1 for each in sketch.uprights), default=0)
    return 10 + (sketch.size.row if sketch.up_words else 0) + rows * sketch.size.row


def bottom(sketch: Sketch) -> int:
    """Pixels below the plot: two lines of words for the axis, and the key."""
    return 2 * sketch.size.row + 6 + len(_key_rows(sketch)) * sketch.size.row


def _axes(pencil: _Pencil, sketch: Sketch) -> Any:
    """An empty layer that carries both axes, and with them both scales."""
    size = sketch.size
    frame = [{"x": sketch.across[0], "y": sketch.up[0]}]
    letters = {"labelFontSize": size.letters, "labelColor": INK, "title": None, "tickColor": GREY}
    along = _axis(pencil, sketch.across_ticks, grid=False, domainColor=GREY, labelFlush=False, **letters)
    upward = _axis(pencil, sketch.up_ticks, gridColor=GRID, domain=False, ticks=False, **letters)
    across = pencil.altair.Scale(domain=list(sketch.across), nice=False, zero=False)
    up = pencil.altair.Scale(domain=list(sketch.up), range=[size.plot - STRIP, 0], nice=False, zero=False)
    return (
        pencil.over(frame)
        .mark_point(opacity=0)
        .encode(
            x=pencil.altair.X("x:Q", scale=across, axis=along),
            y=pencil.altair.Y("y:Q", scale=up, axis=upward),
        )
    )


def _axis(pencil: _Pencil, marks: Sequence[Tick], **looks: Any) -> Any:
    """An axis with our own words at our own places: theirs would depend on the time zone of the machine."""
    values, words = [mark.at for mark in marks], [list(mark.text) for mark in marks]
    expression = f"({json.dumps(words)})[indexof({json.dumps(values)}, datum.value)]"
    return pencil.altair.Axis(values=values, labelExpr=expression, labelOverlap=False, **looks)


def _lines(pencil: _Pencil, sketch: Sketch) -> Iterator[Any]:
    for look in LINE_ORDER:
        stretches = [line for line in sketch.lines if line.look is look]
        if not stretches:
            continue
        rows = [
            {"x": x, "y": y, "o": order, "s": number}
            for number, line in enumerate(stretches)
            for order, (x, y) in enumerate(line.points)
        ]
        stroke = LINES[look]
        mark = {"color": stroke.colour, "strokeWidth": stroke.width, "strokeDash": list(stroke.dash)}
        yield (
            pencil.over(rows)
            .mark_line(**mark)
            .encode(
                x=pencil.altair.X("x:Q"),
                y=pencil.altair.Y("y:Q"),
                detail=pencil.altair.Detail("s:N"),
                order=pencil.altair.Order("o:Q"),
            )
        )


def _spots(pencil: _Pencil, sketch: Sketch) -> Iterator[Any]:
    for look in SpotLook:
        there = [spot for spot in sketch.spots if spot.look is look]
        for missing in (False, True):
            some = [spot for spot in there if (spot.y is None) is missing]
            if some:
                yield _stamped(pencil, look, some, sketch)


def _stamped(pencil: _Pencil, look: SpotLook, spots: Iterable[Spot], sketch: Sketch) -> Any:
    on_axis = sketch.size.plot - STRIP / 2
    rows = [{"x": spot.x, "y": on_axis if spot.y is None else spot.y} for spot in spots]
    upward = (
        pencil.altair.Y("y:Q", scale=None)
        if any(spot.y is None for spot in spots)
        else pencil.altair.Y("y:Q")
    )
    chart = pencil.over(rows).mark_point(**_stamp(look, sketch))
    return chart.encode(x=pencil.altair.X("x:Q"), y=upward)


def _stamp(look: SpotLook, sketch: Sketch) -> dict[str, Any]:
    stamp = SPOTS[look]
    return {
        "shape": stamp.shape,
        "size": stamp.area * (0.8 if sketch.size.narrow else 1),
        "stroke": stamp.colour,
        "strokeWidth": 1 if stamp.filled else 1.75,
        "fill": stamp.colour if stamp.filled else "#ffffff",
        "opacity": 1,
    }


def _uprights(pencil: _Pencil, sketch: Sketch) -> Iterator[Any]:
    for new_lines in (False, True):
        rows = [
            {"x": each.x, "y": -each.level * sketch.size.row, "y2": sketch.size.plot}
            for each in sketch.uprights
            if each.new_lines is new_lines
        ]
        if rows:
            dash = [] if new_lines else [1, 3]
            mark = {"color": INK, "strokeWidth": 1.5, "strokeDash": dash}
            rule = pencil.over(rows).mark_rule(**mark)
            yield rule.encode(
                x=pencil.altair.X("x:Q"), y=pencil.altair.Y("y:Q", scale=None), y2=pencil.altair.Y2("y2")
            )


def _words(pencil: _Pencil, sketch: Sketch) -> Iterator[Any]:
    """Words around the plot: numbers of uprights, names of lines and axes."""
    size = sketch.size
    numbers = [
        {"x": each.x, "y": -each.level * size.row - 4, "t": str(each.number)} for each in sketch.uprights
    ]
    if numbers:
        yield _text(pencil, numbers, size.letters, align="center", fontWeight="bold").encode(
            x=pencil.altair.X("x:Q")
        )
    beside = [{"x": x, "y": y, "t": str(number)} for x, y, number in sketch.numbers]
    if beside:
        yield _text(pencil, beside, size.letters, dx=8, fontWeight="bold", baseline="middle").encode(
            x=pencil.altair.X("x:Q"), y=pencil.altair.Y("y:Q")
        )
    width = plot_width(size)
    labels = [{"x": width + 8, "y": label.height, "t": label.text} for label in sketch.labels]
    if labels:
        yield _placed(pencil, labels, size.letters, baseline="middle")
    if sketch.up_words:
        above = top(sketch) - size.letters - 2
        yield _placed(pencil, [{"x": 4 - LEFT, "y": -above, "t": sketch.up_words}], size.letters)
    if sketch.across_words:
        below = {"x": width / 2, "y": size.plot + 2 * size.row, "t": sketch.across_words}
        yield _placed(pencil, [below], size.letters, align="center")


def _key(pencil: _Pencil, sketch: Sketch) -> Iterator[Any]:
    """What shapes and lines mean, below the plot: drawn as they are drawn above."""
    size = sketch.size
    words: list[dict[str, object]] = []
    for row, entries in enumerate(_key_rows(sketch)):
        y = size.plot + 2 * size.row + 8 + (row + 0.5) * size.row
        for x, look, text in entries:
            words.append({"x": x + 30 - LEFT, "y": y, "t": text})
            yield _sample(pencil, look, x - LEFT, y, sketch)
    if words:
        yield _placed(pencil, words, size.letters, baseline="middle")


def _sample(pencil: _Pencil, look: LineLook | SpotLook, x: float, y: float, sketch: Sketch) -> Any:
    if isinstance(look, SpotLook):
        chart = pencil.over([{"x": x + 12, "y": y}]).mark_point(**_stamp(look, sketch))
        return chart.encode(x=pencil.altair.X("x:Q", scale=None), y=pencil.altair.Y("y:Q", scale=None))
    stroke = LINES[look]
    mark = {"color": stroke.colour, "strokeWidth": stroke.width, "strokeDash": list(stroke.dash)}
    chart = pencil.over([{"x": x, "x2": x + 24, "y": y}]).mark_rule(**mark)
    return chart.encode(
        x=pencil.altair.X("x:Q", scale=None), x2=pencil.altair.X2("x2"), y=pencil.altair.Y("y:Q", scale=None)
    )


Entry = tuple[float, LineLook | SpotLook, str]


def _key_rows(sketch: Sketch) -> list[list[Entry]]:
    """The entries of the key, as many in a row as fit; one in a row on a narrow drawing."""
    size = sketch.size
    rows: list[list[Entry]] = []
    x = float(size.width)
    named: list[tuple[LineLook | SpotLook, str]] = [*sketch.line_key]
    named += [(look, str(look)) for look in sketch.spot_key]
    for look, text in named:
        needed = 30 + len(text) * size.letters * 0.56 + 16
        if size.narrow or x + needed > size.width:
            rows.append([])
            x = 8.0
        rows[-1].append((x, look, text))
        x += needed
    return rows


def _text(pencil: _Pencil, rows: list[dict[str, Any]], letters: int, **looks: Any) -> Any:
    looks = {"align": "left", "baseline": "alphabetic", "fontSize": letters, "color": INK, **looks}
    chart = pencil.over(rows).mark_text(**looks)
    return chart.encode(text=pencil.altair.Text("t:N"), y=pencil.altair.Y("y:Q", scale=None))


def _placed(pencil: _Pencil, rows: list[dict[str, Any]], letters: int, **looks: Any) -> Any:
    return _text(pencil, rows, letters, **looks).encode(x=pencil.altair.X("x:Q", scale=None))
