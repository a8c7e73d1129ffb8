"""A chart in words: what it shows, and what it does not."""

from collections import Counter
from collections.abc import Iterator

from ithrive.improvement.charts import Chart, ChartPoint, Stage
from ithrive.improvement.icons import Variation
from ithrive.improvement.panel import USUAL, ChartKind, Choices
from ithrive.improvement.rules import Rule
from ithrive.improvement.when import Every, when

# Neighbours this much alike make chance marks markedly more frequent.
ALIKE = 0.2

NOT_AN_EFFECT = (
    "It does not say why, nor what would have happened anyway: a mark is for learning here, "
    "and is not counted as an effect."
)


def chart_sentence(chart: Chart) -> str:
    """What the chart shows, and what it does not, in a few sentences."""
    words = [_so_far(chart), *_icons(chart), *chart_notes(chart), NOT_AN_EFFECT]
    return " ".join(words)


def chart_notes(chart: Chart) -> list[str]:
    """What to keep in mind with this chart, a sentence each."""
    notes = [*_of_limits(chart), *_missing(chart), *_of_choices(chart.choices)]
    if chart.autocorrelation is not None and chart.autocorrelation > ALIKE:
        alike = f"Neighbouring figures are alike (autocorrelation {chart.autocorrelation:.1f})"
        notes.append(f"{alike}, so chance marks more points than usual.")
    return notes + [
        f"Lines begin anew {when(each.on, Every.DAY)}: {each.reason.strip().rstrip('.')} ({each.by.strip()})."
        for each in sorted(chart.series.rebases, key=lambda each: each.on)
    ]


def figure_words(number: float, kind: ChartKind) -> str:
    """A figure of this kind of chart as a reader meets it: a share as a percentage; three digits that count,
    and no figure of hundreds or more rounded off before its decimals.
    """
    if kind is ChartKind.PROPORTIONS:
        return f"{number * 100:.3g}%"
    digits = f"{number:.3g}" if abs(number) < 100 else f"{number:.0f}"
    return f"{float(digits):,.15g}"


def _so_far(chart: Chart) -> str:
    name, latest = chart.series.name, chart.latest
    if latest is None:
        return f"{name}: no figure has been published yet."
    if chart.stage is Stage.RUN_CHART:
        why = "too few" if chart.counted < chart.choices.limits_from else "with too many gaps"
        few = f"{_points(chart.counted)}, {why} for limits, so only the median is drawn."
        return f"{name}: {few} {_runs(chart)}"
    if chart.stage is Stage.CONSTANT:
        return f"{name}: every figure is {_figure(latest, chart)}, so there is no variation to judge by."
    return (
        f"{name}: the latest figure, {_figure(latest, chart)} "
        f"{when(latest.day, chart.series.every)}, {_mark(latest, chart)}."
    )


def _runs(chart: Chart) -> str:
    run, of = chart.run, chart.choices.run_of
    if run.trend:
        return f"There are {of} points in a row that all rise or all fall, more than chance explains."
    if run.shows_change:
        return (
            "The points do not lie about the median as chance would have it: "
            f"{run.longest} in a row on one side, which they change {_times(run.crossings)}."
        )
    if not run.runs_could_show:
        return f"So few points show a change only where {of} of them rise or fall in a row. These do not."
    return "They lie about it as chance would have it."


def _mark(point: ChartPoint, chart: Chart) -> str:
    where, limit, do = ("above", "upper", "rise") if point.direction > 0 else ("below", "lower", "fall")
    run_of = chart.choices.run_of
    return {
        Rule.COMMON_CAUSE: "is what this process usually gives",
        Rule.OUTSIDE: f"lies {where} the limits",
        Rule.TREND: f"is part of {run_of} points that {do} one after another",
        Rule.TWO_OF_THREE: f"is one of at least two of three points close to the {limit} limit",
        Rule.SHIFT: f"is part of {run_of} points in a row {where} the centre line",
    }[point.rule]


def _icons(chart: Chart) -> Iterator[str]:
    if chart.variation not in {None, Variation.COMMON_CAUSE}:
        yield f"That reads as {chart.variation}."
    if chart.assurance and chart.series.target is not None:
        target = figure_words(chart.series.target, chart.series.kind)
        yield f"With limits like these it {chart.assurance} of {target}."


def _of_limits(chart: Chart) -> Iterator[str]:
    if chart.stage is Stage.PROVISIONAL:
        yield f"The limits rest on {_points(chart.counted)} and are provisional."
    if chart.limits_of == "P′" and chart.stage in {Stage.PROVISIONAL, Stage.SETTLED}:
        yield "Shares vary more than their size explains, so the limits are those of a P′ chart."


def _missing(chart: Chart) -> Iterator[str]:
    missing = Counter(point.figure.state for point in chart.points if not point.figure.is_figure)
    for state, count in sorted(missing.items()):
        yield f"{_points(count)} {'is' if count == 1 else 'are'} {state} and left open."


def _of_choices(choices: Choices) -> Iterator[str]:
    if choices.screen_outliers != USUAL.screen_outliers:
        yield "Outlying moving ranges were kept, as in the Excel tool."
    if choices.fix_after:
        yield f"The first {choices.fix_after} points set the lines."
    if choices.run_of != USUAL.run_of:
        yield f"{choices.run_of} points make a run."
    if choices.beyond_counts:
        yield "Points beyond a limit count towards two of three (rule of November 2023)."
    if choices.limits_from != USUAL.limits_from:
        yield f"Limits were drawn from {choices.limits_from} points on, for comparison with another tool."


def _figure(point: ChartPoint, chart: Chart) -> str:
    assert point.figure.number is not None  # only asked of the latest figure
    return figure_words(point.figure.number, chart.series.kind)


def _points(count: int) -> str:
    return "1 point" if count == 1 else f"{count} points"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
