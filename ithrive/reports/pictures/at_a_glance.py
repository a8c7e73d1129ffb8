"""All outcomes of a study in one picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite
from textwrap import wrap

from ithrive.evaluation.answers import Inference, Interval
from ithrive.evaluation.study import OutcomeResult
from ithrive.reports.pictures.picture import (
    ACCELERATOR,
    PALE,
    Frame,
    Picture,
    finished,
    kinds_by_colour_and_shape,
    nought,
    number,
)

ROW, LETTERS = 46, 34  # points and letters of a name that is broken into lines
KINDS = {"primary outcome": (ACCELERATOR, "diamond"), "secondary outcome": (PALE, "circle")}
SAID = (
    "Each effect is divided by its own standard error (CR2), turned so that an improvement lies to the right;"
    " where neither way is better, more lies to the right. So it shows how far each lies from no effect"
    " for how surely it is known, never how large it is: outcomes count in different units, and the table"
    " before tells sizes."
)


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    what: str
    effect: float
    low: float
    high: float


def all_outcomes(outcomes: Iterable[OutcomeResult], frame: Frame) -> Picture | None:
    """A forest plot over outcomes in standard errors, the one scale they share; None where none has one.

    Percent would be a common scale too, but a percentage of a percentage, or of a score without a natural
    nought, says something that nobody asked.
    """
    import altair

    rows = [row for each in outcomes if (row := _row(each))]
    if not rows:
        return None
    points = [
        {
            "name": _broken(row),
            "what": row.what,
            "effect": row.effect,
            "low": row.low,
            "high": row.high,
        }
        for row in rows
    ]
    names = list(map(_broken, rows))
    lines = altair.Axis(labelLimit=0, labelExpr="split(datum.label, '\\n')")
    up = altair.Y("name:N", sort=names, title=None, axis=lines)
    across = altair.X("low:Q", title="Standard errors from no effect")
    shown = {name: looks for name, looks in KINDS.items() if any(row.what == name for row in rows)}
    marks = kinds_by_colour_and_shape("what", shown)
    base = altair.Chart(altair.InlineData(values=points))
    bars = base.mark_rule(strokeWidth=2).encode(y=up, x=across, x2="high:Q", color=marks["color"])
    spots = base.mark_point(size=90, filled=True, opacity=1).encode(y=up, x="effect:Q", **marks)
    told = Picture(
        "All outcomes: how far from no effect",
        SAID,
        "",
        ("Outcome", "Standard errors from no effect", f"{frame.level} interval"),
        tuple((row.name, number(row.effect), f"{number(row.low)} to {number(row.high)}") for row in rows),
    )
    return finished(altair.layer(nought("x"), bars, spots), told, frame, width=420, height=ROW * len(rows))


def _row(outcome: OutcomeResult) -> _Row | None:
    judged, estimate = outcome.effect.cr2, outcome.effect.estimate
    if not (isinstance(judged, Inference) and isinstance(judged.interval, Interval)):
        return None
    if not isinstance(estimate, float) or not judged.standard_error:
        return None
    way = -1 if outcome.better == "lower" else 1
    ends = sorted(way * end / judged.standard_error for end in (judged.interval.low, judged.interval.high))
    if not all(map(isfinite, ends)):
        return None
    name = outcome.title if outcome.better != "neither" else f"{outcome.title} (more)"
    return _Row(name, f"{outcome.family} outcome", way * estimate / judged.standard_error, *ends)


def _broken(row: _Row) -> str:
    """The name in lines, so that it is never cut off."""
    return "\n".join(wrap(row.name, LETTERS))
