"""From a funnel to what is drawn of it."""

from collections.abc import Sequence
from dataclasses import replace

from ithrive.improvement.drawing.layout import padded
from ithrive.improvement.drawing.sketch import NARROW, WIDE, Line, LineLook, Size, Sketch, Spot, SpotLook
from ithrive.improvement.drawing.ticks import numbers_between
from ithrive.improvement.funnel import Funnel, FunnelKind, FunnelPoint
from ithrive.improvement.panel import ChartKind
from ithrive.improvement.sentences import figure_words

# Limits bend: so many places along them look smooth.
STEPS = 80
LIMIT_LOOKS = (
    ("lowest", LineLook.LIMIT),
    ("low", LineLook.NEAR_LIMIT),
    ("high", LineLook.NEAR_LIMIT),
    ("highest", LineLook.LIMIT),
)


def funnel_sketch(
    plot: Funnel, size: Size = WIDE, *, unit: str = "", of_what: str = "", own: str | None = None
) -> Sketch:
    """What is drawn of a funnel. Areas outside the limits carry numbers, explained by `funnel_list`."""
    across = (0.0, max(point.of for point in plot.points) * 1.05)
    lines = _lines(plot, across[1])
    figures = [point.share for point in plot.points] + [y for line in lines for _, y in line.points]
    up = padded(figures, from_nought=True)
    return Sketch(
        # No line has its name at its end here.
        size=replace(size, right=NARROW.right),
        across=across,
        up=up,
        across_ticks=numbers_between(*across, 3 if size.narrow else 6),
        up_ticks=numbers_between(*up, 5, percent=plot.kind is FunnelKind.SHARES),
        across_words=of_what,
        up_words=unit,
        lines=lines,
        spots=tuple(Spot(_look(point, own), point.of, point.share) for point in plot.points),
        numbers=tuple((point.of, point.share, number) for number, point in numbered(plot)),
        line_key=(
            (LineLook.CENTRE, f"Average {_share(plot.average, plot)}"),
            (LineLook.LIMIT, "99.8% limits"),
            (LineLook.NEAR_LIMIT, "95% limits"),
        ),
    )


def numbered(plot: Funnel) -> list[tuple[int, FunnelPoint]]:
    """The areas outside the limits, each with the number that stands beside it; in the order given."""
    return list(enumerate((point for point in plot.points if point.is_unusual), start=1))


def funnel_list(plot: Funnel) -> tuple[str, ...]:
    """“1. Alderbrook: 61% of 240”, for each number in the drawing."""
    joint = "of" if plot.kind is FunnelKind.SHARES else "with a denominator of"
    return tuple(
        f"{number}. {point.name}: {_share(point.share, plot)} {joint} {_plain(point.of)}"
        for number, point in numbered(plot)
    )


def _lines(plot: Funnel, most: float) -> tuple[Line, ...]:
    """Limits from the least denominator on: towards nought they open without end."""
    least = min(point.of for point in plot.points) * 0.9
    # Evenly apart on the scale on which limits bend.
    at = [(least**-0.5 + (most**-0.5 - least**-0.5) * step / STEPS) ** -2 for step in range(STEPS + 1)]
    limits = [(of, plot.limits(of)) for of in at]
    bent = (Line(look, tuple((of, getattr(each, name)) for of, each in limits)) for name, look in LIMIT_LOOKS)
    return (Line(LineLook.CENTRE, ((least, plot.average), (most, plot.average))), *bent)


def _look(point: FunnelPoint, own: str | None) -> SpotLook:
    if point.name == own:
        return SpotLook.OWN
    return SpotLook.UNUSUAL if point.is_unusual else SpotLook.AREA


def _share(number: float, plot: Funnel) -> str:
    kind = ChartKind.PROPORTIONS if plot.kind is FunnelKind.SHARES else ChartKind.RATES
    return figure_words(number, kind)


def _plain(number: float) -> str:
    return f"{number:,.0f}"


def funnel_table(plot: Funnel) -> tuple[Sequence[str], list[list[str]]]:
    """The table beside a funnel: every area in the order given, and those left out."""
    headings = ("Area", "Figure", "Of", "Within the 99.8% limits")
    rows = [
        [point.name, _share(point.share, plot), _plain(point.of), "no" if point.is_unusual else "yes"]
        for point in plot.points
    ]
    return headings, rows + [[name, "no figure to compare", "", ""] for name in plot.left_out]
