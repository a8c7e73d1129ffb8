"""Pictures of figures as they came: the arms over time, and one site."""

from ithrive.evaluation.study import ArmMean, OutcomeResult, SiteSeries
from ithrive.reports.pictures.picture import (
    ACCELERATOR,
    ARMS,
    INK,
    Frame,
    Picture,
    arms_by_colour_and_shape,
    finished,
    number,
    quarters,
)

HIDDEN = "hidden"
LOW = 78  # points: two such pictures and their table fit on a page


def arms_over_time(outcome: OutcomeResult, frame: Frame) -> Picture | None:
    """The mean of each arm at each wave; None where no arm has any that may be shown."""
    import altair

    there = [each for each in outcome.means if each.mean is not None and each.sites >= frame.least]
    if not there:
        return None
    order = list(dict.fromkeys(each.quarter for each in outcome.means))
    points = [{"quarter": each.quarter, "arm": ARMS[each.arm], "mean": each.mean} for each in there]
    up = altair.Y("mean:Q", title=outcome.unit, scale=altair.Scale(zero=False))
    marks = arms_by_colour_and_shape()
    base = altair.Chart(altair.InlineData(values=points))
    lines = base.mark_line(strokeWidth=2).encode(x=quarters(order), y=up, color=marks["color"])
    spots = base.mark_point(size=70, filled=True, opacity=1).encode(x=quarters(order), y=up, **marks)
    told = Picture(
        f"{outcome.title}: means of the arms",
        "The mean over the sites of each arm that sent a figure. Means are not effects: see the estimate.",
        "",
        ("Quarter", *(f"{arm}: mean in {outcome.unit} (sites)" for arm in ARMS.values())),
        tuple((quarter, *(_mean(outcome, quarter, arm, frame) for arm in ARMS)) for quarter in order),
    )
    return finished(altair.layer(lines, spots), told, frame)


def _mean(outcome: OutcomeResult, quarter: str, arm: str, frame: Frame) -> str:
    """Of fewer sites than may be shown even the number of sites is told as “fewer than”."""
    found: ArmMean | None = next(
        (each for each in outcome.means if (each.quarter, each.arm) == (quarter, arm)), None
    )
    if found is None or found.mean is None:
        return "–"
    if found.sites < frame.least:
        return f"{HIDDEN} (fewer than {frame.least})"
    return f"{number(found.mean)} ({found.sites})"


def one_site(outcome: OutcomeResult, series: SiteSeries, frame: Frame) -> Picture:
    """One site's own figures, with a cross at the foot where there is none and the table saying why."""
    import altair

    order = [each.quarter for each in series.points]
    there = [each for each in series.points if each.figure is not None]
    points = [{"quarter": each.quarter, "figure": each.figure} for each in there]
    gaps = [{"quarter": each.quarter} for each in series.points if each.figure is None]
    base = altair.Chart(altair.InlineData(values=points))
    up = altair.Y("figure:Q", title=outcome.unit, scale=altair.Scale(zero=False))
    lines = base.mark_line(color=ACCELERATOR, point=altair.OverlayMarkDef(size=60, color=ACCELERATOR))
    missing = (
        altair.Chart(altair.InlineData(values=gaps))
        .mark_point(shape="cross", size=70, color=INK)
        .encode(x=quarters(order), y=altair.value("height"))
    )
    crosses = " A cross marks a quarter without one." if gaps else ""
    told = Picture(
        f"{outcome.title}: {series.site}",
        f"{outcome.title}: {series.site} sent {len(there)} of {len(series.points)} figures.{crosses}",
        "",
        ("Quarter", f"Figure in {outcome.unit}", "State", "In the analysis"),
        tuple(
            (each.quarter, number(each.figure), each.state, "yes" if each.used else each.why_not or "no")
            for each in series.points
        ),
    )
    drawing = altair.layer(lines.encode(x=quarters(order), y=up), missing)
    return finished(drawing, told, frame, height=LOW)
