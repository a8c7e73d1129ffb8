"""Pictures of one outcome of a study: arms over time, effects by wave, pairs, doses, one site."""

from typing import Any

from ithrive.evaluation.answers import Inference, Interval
from ithrive.evaluation.replication import Synthesis
from ithrive.evaluation.study.outcome_results import (
    DoseResult,
    EventResult,
    OutcomeResult,
    SiteSeries,
    WaveResult,
)
from ithrive.reports.pictures.picture import (
    ACCELERATOR,
    ARMS,
    INK,
    PALE,
    Picture,
    arms_by_colour_and_shape,
    finished,
    number,
)

ROW = 26


def arms_over_time(outcome: OutcomeResult) -> Picture | None:
    """The mean of each arm at each wave; None where no arm has any figure."""
    import altair

    there = [each for each in outcome.means if each.mean is not None]
    if not there:
        return None
    order = list(dict.fromkeys(each.quarter for each in outcome.means))
    points = [{"quarter": each.quarter, "arm": ARMS[each.arm], "mean": each.mean} for each in there]
    across = altair.X("quarter:N", sort=order, title=None, axis=altair.Axis(labelAngle=-60))
    up = altair.Y("mean:Q", title=outcome.unit, scale=altair.Scale(zero=False))
    looks = arms_by_colour_and_shape()
    base = altair.Chart(altair.InlineData(values=points))
    lines = base.mark_line(strokeWidth=2).encode(x=across, y=up, color=looks["color"])
    spots = base.mark_point(size=70, filled=True, opacity=1).encode(x=across, y=up, **looks)
    return finished(
        altair.layer(lines, spots),
        f"{outcome.title}: means of the arms",
        "The mean over the sites of each arm that sent a figure. Means are not effects: see the estimate.",
        ("Quarter", "Arm", "Sites", f"Mean ({outcome.unit})"),
        tuple((each.quarter, ARMS[each.arm], str(each.sites), number(each.mean)) for each in outcome.means),
    )


def effect_by_wave(outcome: OutcomeResult) -> Picture | None:
    """The event study: the effect at each wave with its CR2 interval; None where there is none."""
    import altair

    events = outcome.events
    if not isinstance(events, EventResult) or not events.waves:
        return None
    order = [each.quarter for each in sorted(events.waves, key=lambda each: each.wave)]
    points = [
        _with_interval({"quarter": each.quarter, "effect": each.estimate}, each.cr2) for each in events.waves
    ]
    across = altair.X("quarter:N", sort=order, title=None, axis=altair.Axis(labelAngle=-60))
    base = altair.Chart(altair.InlineData(values=points))
    bars = base.mark_rule(color=ACCELERATOR, strokeWidth=2).encode(
        x=across, y=altair.Y("low:Q", title=f"Effect ({_unit(outcome)})"), y2="high:Q"
    )
    spots = base.mark_point(size=80, filled=True, opacity=1, color=ACCELERATOR).encode(x=across, y="effect:Q")
    return finished(
        altair.layer(_nought("y"), bars, spots),
        f"{outcome.title}: effect at each quarter",
        "Difference between the arms at each quarter against the last one before the start, with 95%"
        " intervals (CR2). Before the start it should lie around nought.",
        ("Quarter", "Side", "Effect", "95% interval"),
        tuple(_wave_row(each) for each in events.waves),
    )


def pairs_and_a_new_site(outcome: OutcomeResult) -> Picture | None:
    """A forest plot: each pair, their mean, and where a new site would lie; None where there is none."""
    import altair

    found = outcome.replication.found
    if not isinstance(found, Synthesis):
        return None
    reach = 1.96
    rows: list[tuple[str, float, float, float, str]] = [
        (f"Pair {name}", effect, effect - reach * error, effect + reach * error, "one pair")
        for name, effect, error in zip(found.names, found.effects, found.errors, strict=True)
    ]
    rows.append(("Mean of the pairs", found.mean, found.interval.low, found.interval.high, "all pairs"))
    rows.append(
        ("A new site like these", found.mean, found.prediction.low, found.prediction.high, "a new site")
    )
    points = [dict(zip(("name", "effect", "low", "high", "what"), row, strict=True)) for row in rows]
    up = altair.Y("name:N", sort=[row[0] for row in rows], title=None, axis=altair.Axis(labelLimit=240))
    kinds = altair.Scale(domain=["one pair", "all pairs", "a new site"], range=[PALE, ACCELERATOR, INK])
    base = altair.Chart(altair.InlineData(values=points))
    colour = altair.Color("what:N", title=None, scale=kinds)
    bars = base.mark_rule(strokeWidth=2).encode(
        y=up, x=altair.X("low:Q", title=f"Effect ({_unit(outcome)})"), x2="high:Q", color=colour
    )
    forms = altair.Scale(
        domain=["one pair", "all pairs", "a new site"], range=["circle", "diamond", "square"]
    )
    spots = base.mark_point(size=90, filled=True, opacity=1).encode(
        y=up, x="effect:Q", color=colour, shape=altair.Shape("what:N", title=None, scale=forms)
    )
    return finished(
        altair.layer(_nought("x"), bars, spots),
        f"{outcome.title}: pair by pair, and at a new site",
        outcome.replication.sentence,
        ("Whose", "Effect", "95% interval"),
        tuple((name, number(effect), _between(Interval(low, high))) for name, effect, low, high, _ in rows),
        height=ROW * len(rows),
    )


def change_by_dose(outcome: OutcomeResult, dose: DoseResult) -> Picture | None:
    """Each site's change against its dose; None where no site has both."""
    import altair

    if not dose.points:
        return None
    points = [{"dose": each.dose, "change": each.change, "arm": ARMS[each.arm]} for each in dose.points]
    across = altair.X("dose:Q", title=dose.dose, scale=altair.Scale(zero=False))
    up = altair.Y("change:Q", title=f"Change ({_unit(outcome)})", scale=altair.Scale(zero=False))
    base = altair.Chart(altair.InlineData(values=points))
    spots = base.mark_point(size=90, filled=True, opacity=1).encode(
        x=across, y=up, **arms_by_colour_and_shape()
    )
    return finished(
        altair.layer(_nought("y"), spots),
        f"{outcome.title}: change by {dose.dose}",
        dose.shape_sentence or "Each mark is one site: how much it implemented, and how much it changed.",
        ("Site", "Arm", "Dose", "Change"),
        tuple((each.site, ARMS[each.arm], number(each.dose), number(each.change)) for each in dose.points),
    )


def one_site(outcome: OutcomeResult, series: SiteSeries) -> Picture:
    """One site's own figures, with a cross at the foot where there is none and the table saying why."""
    import altair

    order = [each.quarter for each in series.points]
    there = [each for each in series.points if each.figure is not None]
    points = [{"quarter": each.quarter, "figure": each.figure} for each in there]
    gaps = [{"quarter": each.quarter} for each in series.points if each.figure is None]
    across = altair.X("quarter:N", sort=order, title=None, axis=altair.Axis(labelAngle=-60))
    base = altair.Chart(altair.InlineData(values=points))
    up = altair.Y("figure:Q", title=outcome.unit, scale=altair.Scale(zero=False))
    lines = base.mark_line(color=ACCELERATOR, point=altair.OverlayMarkDef(size=60)).encode(x=across, y=up)
    missing = (
        altair.Chart(altair.InlineData(values=gaps))
        .mark_point(shape="cross", size=70, color=INK)
        .encode(x=across, y=altair.value("height"))
    )
    return finished(
        altair.layer(lines, missing),
        f"{outcome.title}: {series.site}",
        f"{series.site} sent {len(there)} of {len(series.points)} figures."
        " A cross marks a quarter without one.",
        ("Quarter", f"Figure ({outcome.unit})", "State", "In the analysis"),
        tuple(
            (each.quarter, number(each.figure), each.state, "yes" if each.used else each.why_not or "no")
            for each in series.points
        ),
    )


def _with_interval(point: dict[str, Any], judged: object) -> dict[str, Any]:
    interval = judged.interval if isinstance(judged, Inference) else None
    if isinstance(interval, Interval):
        return {**point, "low": interval.low, "high": interval.high}
    return {**point, "low": point["effect"], "high": point["effect"]}


def _wave_row(wave: WaveResult) -> tuple[str, str, str, str]:
    interval = wave.cr2.interval if isinstance(wave.cr2, Inference) else None
    side = "before the start" if wave.before else "after the start"
    shown = _between(interval) if isinstance(interval, Interval) else "not computable"
    return wave.quarter, side, number(wave.estimate), shown


def _between(interval: Interval) -> str:
    return f"{number(interval.low)} to {number(interval.high)}"


def _unit(outcome: OutcomeResult) -> str:
    return "difference of logarithms" if outcome.scale == "logarithm" else outcome.unit


def _nought(axis: str) -> Any:
    import altair

    line = altair.Chart(altair.InlineData(values=[{"nought": 0}])).mark_rule(color=INK, strokeDash=[4, 3])
    return line.encode(**{axis: altair.X("nought:Q") if axis == "x" else altair.Y("nought:Q")})
