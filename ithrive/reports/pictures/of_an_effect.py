"""Pictures of an effect: at each wave, pair by pair, and along the dose."""

import re
from math import isfinite
from statistics import NormalDist
from typing import Any

from ithrive.evaluation.answers import Inference, Interval
from ithrive.evaluation.replication import Synthesis
from ithrive.evaluation.study import DoseResult, EventResult, OutcomeResult, WaveResult
from ithrive.reports.pictures.effect_scale import NONE, EffectScale, effect_scale
from ithrive.reports.pictures.picture import (
    ACCELERATOR,
    ARMS,
    INK,
    PALE,
    Frame,
    Picture,
    arms_by_colour_and_shape,
    finished,
    kinds_by_colour_and_shape,
    nought,
    number,
    quarters,
)

ROW = 26
KINDS = {"one pair": (PALE, "circle"), "all pairs": (ACCELERATOR, "diamond"), "a new site": (INK, "square")}


def effect_by_wave(outcome: OutcomeResult, frame: Frame) -> Picture | None:
    """The event study: the effect at each wave with its CR2 interval; None where there is none."""
    import altair

    events, scale = outcome.events, effect_scale(outcome)
    if not isinstance(events, EventResult) or not events.waves:
        return None
    waves = sorted(events.waves, key=lambda each: each.wave)
    points = [_with_interval(each, scale) for each in waves]
    across = quarters([each.quarter for each in waves])
    base = altair.Chart(altair.InlineData(values=points))
    bars = base.mark_rule(color=ACCELERATOR, strokeWidth=2).encode(
        x=across, y=altair.Y("low:Q", title=f"Effect ({scale.unit})"), y2="high:Q"
    )
    spots = base.mark_point(size=80, filled=True, opacity=1, color=ACCELERATOR).encode(x=across, y="effect:Q")
    told = Picture(
        f"{outcome.title}: effect at each quarter",
        "Difference between the arms at each quarter against the last one before the start, with"
        f" {frame.level} intervals (CR2). Before the start it should lie around nought.",
        "",
        ("Quarter", "Side", f"Effect ({scale.unit})", f"{frame.level} interval"),
        tuple(_wave_row(each, scale) for each in waves),
    )
    return finished(altair.layer(nought("y"), bars, spots), told, frame)


def pairs_and_a_new_site(outcome: OutcomeResult, frame: Frame) -> Picture | None:
    """A forest plot: each pair, their mean, and where a new site would lie; None where there is none."""
    import altair

    found, scale = outcome.replication.found, effect_scale(outcome)
    if not isinstance(found, Synthesis):
        return None
    rows = [_shown(each, scale) for each in _pair_rows(found, frame)]
    up = altair.Y("name:N", sort=[row["name"] for row in rows], title=None, axis=altair.Axis(labelLimit=320))
    marks = kinds_by_colour_and_shape("what", KINDS)
    base = altair.Chart(altair.InlineData(values=rows))
    bars = base.mark_rule(strokeWidth=2).encode(
        y=up, x=altair.X("low:Q", title=f"Effect ({scale.unit})"), x2="high:Q", color=marks["color"]
    )
    spots = base.mark_point(size=90, filled=True, opacity=1).encode(y=up, x="effect:Q", **marks)
    told = Picture(
        f"{outcome.title}: pair by pair, and at a new site",
        outcome.replication.sentence,
        "",
        ("Whose", f"Effect ({scale.unit})", f"{frame.level} interval"),
        tuple(
            (row["name"], number(row["effect"]), f"{number(row['low'])} to {number(row['high'])}")
            for row in rows
        ),
    )
    return finished(altair.layer(nought("x"), bars, spots), told, frame, height=ROW * len(rows))


def change_by_dose(outcome: OutcomeResult, dose: DoseResult, frame: Frame) -> Picture | None:
    """Each site's change against its dose; None where no site has both."""
    import altair

    if not dose.points:
        return None
    scale = effect_scale(outcome)
    points: list[dict[str, Any]] = [
        {"site": each.site, "dose": each.dose, "change": scale.of(each.change), "arm": ARMS[each.arm]}
        for each in dose.points
    ]
    across = altair.X("dose:Q", title=_capital(dose.dose), scale=altair.Scale(zero=False))
    up = altair.Y("change:Q", title=f"Change ({scale.unit})", scale=altair.Scale(zero=False))
    base = altair.Chart(altair.InlineData(values=points))
    spots = base.mark_point(size=90, filled=True, opacity=1).encode(
        x=across, y=up, **arms_by_colour_and_shape()
    )
    told = Picture(
        f"{outcome.title}: change by {dose.dose}",
        f"Each mark is one site: how much it implemented, and how much it changed. {dose.shape_sentence}",
        "",
        ("Site", "Arm", _capital(dose.dose), f"Change ({scale.unit})"),
        tuple((each["site"], each["arm"], number(each["dose"]), number(each["change"])) for each in points),
    )
    return finished(altair.layer(nought("y"), spots), told, frame)


def _pair_rows(found: Synthesis, frame: Frame) -> list[dict[str, Any]]:
    """Single pairs with the interval of their own errors, then the mean and what a new site may expect."""
    reach = NormalDist().inv_cdf(1 - frame.alpha / 2)
    rows = [
        _row(f"Pair {name}", effect, Interval(effect - reach * error, effect + reach * error), "one pair")
        for name, effect, error in sorted(
            zip(found.names, found.effects, found.errors, strict=True), key=lambda each: _in_order(each[0])
        )
    ]
    rows.append(_row("Mean of the pairs", found.mean, found.interval, "all pairs"))
    return [*rows, _row("A new site like these", found.mean, found.prediction, "a new site")]


def _in_order(name: str) -> list[tuple[int, str]]:
    """Pair 2 before pair 10."""
    return [(int(each), "") if each.isdigit() else (0, each) for each in re.split(r"(\d+)", name)]


def _row(name: str, effect: float, bounds: Interval, what: str) -> dict[str, Any]:
    return {"name": name, "effect": effect, "low": bounds.low, "high": bounds.high, "what": what}


def _shown(row: dict[str, Any], scale: EffectScale) -> dict[str, Any]:
    return row | {each: scale.of(row[each]) for each in ("effect", "low", "high")}


def _with_interval(wave: WaveResult, scale: EffectScale) -> dict[str, Any]:
    interval = _bounds(wave) or Interval(wave.estimate, wave.estimate)
    return {"quarter": wave.quarter} | _shown(_row("", wave.estimate, interval, ""), scale)


def _wave_row(wave: WaveResult, scale: EffectScale) -> tuple[str, str, str, str]:
    interval = _bounds(wave)
    side = "before the start" if wave.before else "after the start"
    return wave.quarter, side, scale.told(wave.estimate), scale.between(interval) if interval else NONE


def _bounds(wave: WaveResult) -> Interval | None:
    interval = wave.cr2.interval if isinstance(wave.cr2, Inference) else None
    if isinstance(interval, Interval) and isfinite(interval.low) and isfinite(interval.high):
        return interval
    return None


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
