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
    import altair as alt

    size = sketch.size
    layers = [_axes(alt, sketch), *_uprights(alt, sketch), *_lines(alt, sketch), *_spots(alt, sketch)]
    layers += [*_words(alt, sketch), *_key(alt, sketch)]
    drawn = alt.layer(*layers).properties(
        width=plot_width(size),
        height=size.plot,
        autosize="none",
        padding={"left": LEFT, "right": size.right, "top": top(sketch), "bottom": bottom(sketch)},
    )
    config = drawn.configure(font=FAMILY, aria=False).configure_view(stroke=None)
    made: dict[str, Any] = config.to_dict(validate=False)
    return made


def top(sketch: Sketch) -> int:
    """Pixels above the plot: the unit, and rows of numbers."""
    rows = max((each.level + 1 for each in sketch.uprights), default=0)
    return 10 + (sketch.size.row if sketch.up_words else 0) + rows * sketch.size.row


def bottom(sketch: Sketch) -> int:
    """Pixels below the plot: two lines of words for the axis, and the key."""
    return 2 * sketch.size.row + 6 + len(_key_rows(sketch)) * sketch.size.row


def _axes(alt: Any, sketch: Sketch) -> Any:
    """An empty layer that carries both axes, and with them both scales."""
    size = sketch.size
    frame = [{"x": sketch.across[0], "y": sketch.up[0]}]
    letters = {"labelFontSize": size.letters, "labelColor": INK, "title": None, "tickColor": GREY}
    along = _axis(alt, sketch.across_ticks, grid=False, domainColor=GREY, labelFlush=False, **letters)
    upward = _axis(alt, sketch.up_ticks, gridColor=GRID, domain=False, ticks=False, **letters)
    across = alt.Scale(domain=list(sketch.across), nice=False, zero=False)
    up = alt.Scale(domain=list(sketch.up), range=[size.plot - STRIP, 0], nice=False, zero=False)
    return (
        alt.Chart(alt.Data(values=frame))
        .mark_point(opacity=0)
        .encode(x=alt.X("x:Q", scale=across, axis=along), y=alt.Y("y:Q", scale=up, axis=upward))
    )


def _axis(alt: Any, marks: Sequence[Tick], **looks: Any) -> Any:
    """An axis with our own words at our own places: theirs would depend on the time zone of the machine."""
    values, words = [mark.at for mark in marks], [list(mark.text) for mark in marks]
    expression = f"({json.dumps(words)})[indexof({json.dumps(values)}, datum.value)]"
    return alt.Axis(values=values, labelExpr=expression, labelOverlap=False, **looks)


def _lines(alt: Any, sketch: Sketch) -> Iterator[Any]:
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
            alt.Chart(alt.Data(values=rows))
            .mark_line(**mark)
            .encode(x="x:Q", y="y:Q", detail="s:N", order="o:Q")
        )


def _spots(alt: Any, sketch: Sketch) -> Iterator[Any]:
    for look in SpotLook:
        there = [spot for spot in sketch.spots if spot.look is look]
        for missing in (False, True):
            some = [spot for spot in there if (spot.y is None) is missing]
            if some:
                yield _stamped(alt, look, some, sketch)


def _stamped(alt: Any, look: SpotLook, spots: Iterable[Spot], sketch: Sketch) -> Any:
    on_axis = sketch.size.plot - STRIP / 2
    rows = [{"x": spot.x, "y": on_axis if spot.y is None else spot.y} for spot in spots]
    upward = alt.Y("y:Q", scale=None) if any(spot.y is None for spot in spots) else alt.Y("y:Q")
    chart = alt.Chart(alt.Data(values=rows)).mark_point(**_stamp(look, sketch))
    return chart.encode(x="x:Q", y=upward)


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


def _uprights(alt: Any, sketch: Sketch) -> Iterator[Any]:
    for new_lines in (False, True):
        rows = [
            {"x": each.x, "y": -each.level * sketch.size.row, "y2": sketch.size.plot}
            for each in sketch.uprights
            if each.new_lines is new_lines
        ]
        if rows:
            dash = [] if new_lines else [1, 3]
            mark = {"color": INK, "strokeWidth": 1.5, "strokeDash": dash}
            rule = alt.Chart(alt.Data(values=rows)).mark_rule(**mark)
            yield rule.encode(x="x:Q", y=alt.Y("y:Q", scale=None), y2=alt.Y2("y2"))


def _words(alt: Any, sketch: Sketch) -> Iterator[Any]:
    """Words around the plot: numbers of uprights, names of lines and axes."""
    size = sketch.size
    numbers = [
        {"x": each.x, "y": -each.level * size.row - 4, "t": str(each.number)} for each in sketch.uprights
    ]
    if numbers:
        yield _text(alt, numbers, size.letters, align="center", fontWeight="bold").encode(x="x:Q")
    beside = [{"x": x, "y": y, "t": str(number)} for x, y, number in sketch.numbers]
    if beside:
        yield _text(alt, beside, size.letters, dx=8, fontWeight="bold", baseline="middle").encode(
            x="x:Q", y=alt.Y("y:Q")
        )
    width = plot_width(size)
    labels = [{"x": width + 8, "y": label.height, "t": label.text} for label in sketch.labels]
    if labels:
        yield _placed(alt, labels, size.letters, baseline="middle")
    if sketch.up_words:
        above = top(sketch) - size.letters - 2
        yield _placed(alt, [{"x": 4 - LEFT, "y": -above, "t": sketch.up_words}], size.letters)
    if sketch.across_words:
        below = {"x": width / 2, "y": size.plot + 2 * size.row, "t": sketch.across_words}
        yield _placed(alt, [below], size.letters, align="center")


def _key(alt: Any, sketch: Sketch) -> Iterator[Any]:
    """What shapes and lines mean, below the plot: drawn as they are drawn above."""
    size = sketch.size
    words: list[dict[str, object]] = []
    for row, entries in enumerate(_key_rows(sketch)):
        y = size.plot + 2 * size.row + 8 + (row + 0.5) * size.row
        for x, look, text in entries:
            words.append({"x": x + 30 - LEFT, "y": y, "t": text})
            yield _sample(alt, look, x - LEFT, y, sketch)
    if words:
        yield _placed(alt, words, size.letters, baseline="middle")


def _sample(alt: Any, look: LineLook | SpotLook, x: float, y: float, sketch: Sketch) -> Any:
    if isinstance(look, SpotLook):
        chart = alt.Chart(alt.Data(values=[{"x": x + 12, "y": y}])).mark_point(**_stamp(look, sketch))
        return chart.encode(x=alt.X("x:Q", scale=None), y=alt.Y("y:Q", scale=None))
    stroke = LINES[look]
    mark = {"color": stroke.colour, "strokeWidth": stroke.width, "strokeDash": list(stroke.dash)}
    chart = alt.Chart(alt.Data(values=[{"x": x, "x2": x + 24, "y": y}])).mark_rule(**mark)
    return chart.encode(x=alt.X("x:Q", scale=None), x2=alt.X2("x2"), y=alt.Y("y:Q", scale=None))


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


def _text(alt: Any, rows: list[dict[str, Any]], letters: int, **looks: Any) -> Any:
    looks = {"align": "left", "baseline": "alphabetic", "fontSize": letters, "color": INK, **looks}
    chart = alt.Chart(alt.Data(values=rows)).mark_text(**looks)
    return chart.encode(text="t:N", y=alt.Y("y:Q", scale=None))


def _placed(alt: Any, rows: list[dict[str, Any]], letters: int, **looks: Any) -> Any:
    return _text(alt, rows, letters, **looks).encode(x=alt.X("x:Q", scale=None))
