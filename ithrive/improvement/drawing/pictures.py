"""Charts and funnels as drawings: the functions that pages and reports call."""

from ithrive.improvement.charts import Chart
from ithrive.improvement.drawing.chart_sketch import chart_sketch
from ithrive.improvement.drawing.events import chart_events
from ithrive.improvement.drawing.funnel_sketch import funnel_list, funnel_sketch
from ithrive.improvement.drawing.sheets import sayable, svg
from ithrive.improvement.drawing.sketch import WIDE, Sheet, Size
from ithrive.improvement.funnel import Funnel, funnel_sentence
from ithrive.improvement.sentences import chart_sentence


def chart_sheet(
    chart: Chart,
    *,
    title: str,
    unit: str = "",
    size: Size = WIDE,
    up: tuple[float, float] | None = None,
    alone: bool = False,
) -> Sheet:
    """The sheet of a chart. `alone` where it leaves its page: then title and list go with it."""
    words = chart_sentence(chart)
    return Sheet(
        title=title,
        description=words,
        sketch=chart_sketch(chart, size, unit=sayable(unit), up=up),
        above=(title,) if alone else (),
        below=(*(each.sentence for each in chart_events(chart)), "", words) if alone else (),
    )


def chart_svg(
    chart: Chart,
    *,
    title: str,
    unit: str = "",
    size: Size = WIDE,
    up: tuple[float, float] | None = None,
    alone: bool = False,
) -> str:
    """A chart as SVG. Below it belong `chart_sentence`, the list of `chart_events` and `chart_table`.

    `up` fixes the ends of the upright axis, where charts are to be compared. With `alone` the drawing carries
    its title, list and sentence itself, to be downloaded or printed.
    """
    return svg(chart_sheet(chart, title=title, unit=unit, size=size, up=up, alone=alone))


def funnel_sheet(
    plot: Funnel,
    *,
    title: str,
    unit: str = "",
    of_what: str = "",
    own: str | None = None,
    size: Size = WIDE,
    alone: bool = False,
) -> Sheet:
    """The sheet of a funnel."""
    words = funnel_sentence(plot)
    return Sheet(
        title=title,
        description=words,
        sketch=funnel_sketch(plot, size, unit=sayable(unit), of_what=sayable(of_what), own=own),
        above=(title,) if alone else (),
        below=(*funnel_list(plot), "", words) if alone else (),
    )


def funnel_svg(
    plot: Funnel,
    *,
    title: str,
    unit: str = "",
    of_what: str = "",
    own: str | None = None,
    size: Size = WIDE,
    alone: bool = False,
) -> str:
    """A funnel as SVG. Below it belong `funnel_sentence`, `funnel_list` and `funnel_table`.

    `of_what` says what the denominators count; `own` names the reader's area, which is picked out.
    """
    return svg(funnel_sheet(plot, title=title, unit=unit, of_what=of_what, own=own, size=size, alone=alone))
