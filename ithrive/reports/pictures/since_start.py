"""The event study of sites that began at different quarters: each quarter counted from a site's own start."""

from collections import Counter
from math import isfinite
from typing import Any

from ithrive.evaluation.answers import Inference, Interval
from ithrive.evaluation.staggered import Aggregate, Staggered
from ithrive.evaluation.study import OutcomeResult
from ithrive.periods import Quarter
from ithrive.reports.pictures.effect_scale import NONE, EffectScale, effect_scale
from ithrive.reports.pictures.picture import ACCELERATOR, Frame, Picture, finished, nought


def effect_since_start(outcome: OutcomeResult, frame: Frame) -> Picture | None:
    """The event study of sites that began apart: the effect by quarters since each site's own start.

    None where there is none. A quarter to which fewer sites bring anything than may be shown is left out.
    """
    import altair

    found, scale = outcome.staggered.found, effect_scale(outcome)
    if not isinstance(found, Staggered):
        return None
    sites = _sites_since_start(found)
    told = [each for each in found.by_time if sites[int(each.label)] >= frame.least]
    if not told:
        return None
    points = [_since_start(each, scale) for each in told]
    across = altair.X(
        "since:N", sort=[each["since"] for each in points], title="Quarters since the start",
        axis=altair.Axis(labelAngle=0, labelOverlap=False),
    )  # fmt: skip
    base = altair.Chart(altair.InlineData(values=points))
    up = altair.Y("low:Q", title=f"Effect ({scale.unit})")
    bars = base.mark_rule(color=ACCELERATOR, strokeWidth=2).encode(x=across, y=up, y2="high:Q")
    spots = base.mark_point(size=80, filled=True, opacity=1, color=ACCELERATOR).encode(x=across, y="effect:Q")
    picture = Picture(
        f"{outcome.title}: effect by quarters since the start",
        "Difference between accelerator sites and those they are compared with, against the last quarter"
        f" before each site's own start, with {frame.level} intervals by lot from the start (0) on. Before"
        " it the difference should lie around nought. No interval can be told there: starts drawn by lot set"
        " figures of sites that had begun among those before a start. p in the table says how often an"
        " assignment by lot would give as much, had nothing made a difference at any time.",
        "",
        (
            "Quarters since the start",
            "Sites",
            f"Effect ({scale.unit})",
            f"{frame.level} interval",
            "p by lot",
        ),
        tuple(_since_start_row(each, sites[int(each.label)], scale) for each in told),
    )
    return finished(altair.layer(nought("y"), bars, spots), picture, frame)


def _sites_since_start(found: Staggered) -> Counter[int]:
    """How many sites bring a figure to each quarter counted from their start."""
    sites: Counter[int] = Counter()
    for each in found.cells:
        sites[Quarter.parse(each.wave) - Quarter.parse(each.group)] += each.treated
    return sites


def _since_start(found: Aggregate, scale: EffectScale) -> dict[str, Any]:
    interval = _by_lot(found) or Interval(found.estimate, found.estimate)
    shown = {"effect": found.estimate, "low": interval.low, "high": interval.high}
    return {"since": found.label} | {name: scale.of(each) for name, each in shown.items()}


def _since_start_row(found: Aggregate, sites: int, scale: EffectScale) -> tuple[str, ...]:
    interval, p = _by_lot(found), found.by_lot.p if isinstance(found.by_lot, Inference) else None
    bounds = scale.between(interval) if interval else NONE
    since = found.label.replace("-", "−")
    return since, str(sites), scale.told(found.estimate), bounds, NONE if p is None else f"{p:.3f}"


def _by_lot(found: Aggregate) -> Interval | None:
    interval = found.by_lot.interval if isinstance(found.by_lot, Inference) else None
    if isinstance(interval, Interval) and isfinite(interval.low) and isfinite(interval.high):
        return interval
    return None
