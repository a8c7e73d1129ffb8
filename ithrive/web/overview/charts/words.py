"""What a chart says, in one plain sentence for people who see no chart every day; and figures with units."""

from collections.abc import Sequence

from ithrive.improvement import Assurance, Chart, Stage, Variation
from ithrive.improvement.panel import FEWEST_FOR_LIMITS
from ithrive.improvement.sentences import figure_words
from ithrive.measures import Cell, Shown, Unit
from ithrive.periods import Quarter
from ithrive.web.overview.charts.series import Record

SAYS = {
    Variation.COMMON_CAUSE: "As usual: it goes up and down as it has before.",
    Variation.IMPROVEMENT_HIGH: "Higher than usual, which is better.",
    Variation.IMPROVEMENT_LOW: "Lower than usual, which is better.",
    Variation.CONCERN_HIGH: "Higher than usual, which is worse.",
    Variation.CONCERN_LOW: "Lower than usual, which is worse.",
    Variation.NEUTRAL_HIGH: "Higher than usual. That is neither better nor worse in itself.",
    Variation.NEUTRAL_LOW: "Lower than usual. That is neither better nor worse in itself.",
}
TARGET = {
    Assurance.PASSES: "It will usually meet its target.",
    Assurance.FAILS: "It will usually miss its target.",
    Assurance.HIT_AND_MISS: "It will meet its target in some quarters and miss it in others.",
}
NO_UNIT = {Unit.COUNT, Unit.SCORE}


def in_a_sentence(chart: Chart) -> str:
    """What the latest quarters say. Never why, and never that somebody brought it about."""
    if chart.latest is None:
        return "No figure yet."
    said = SAYS[chart.variation] if chart.variation else _without_limits(chart)
    return " ".join(filter(None, [said, TARGET[chart.assurance] if chart.assurance else ""]))


def _without_limits(chart: Chart) -> str:
    if chart.stage is Stage.CONSTANT:
        return "It is the same every quarter."
    there = sum(point.figure.is_figure for point in chart.points)
    quarters = "1 quarter" if there == 1 else f"{there} quarters"
    if chart.run.shows_change:
        return f"It has changed: {quarters} do not lie about their middle as chance would have it."
    return f"{quarters} so far. It takes {FEWEST_FOR_LIMITS} to tell what is usual here."


def with_unit(cell: Cell, shown: Shown) -> str:
    """“46%”, “44 days”, “512 per 100,000”; where there is no figure, its state."""
    if cell.number is None:
        return str(cell.state)
    number = f"{float(f'{cell.number:.3g}'):,g}"
    if shown.unit is Unit.PERCENT:
        return f"{number}%"
    return number if shown.unit in NO_UNIT else f"{number} {shown.unit.value}"


def whose_people(shown: Shown, record: Record) -> str:
    """Of a rate per people who live there: which year's number stands for quarters without their own."""
    other: dict[int, list[Quarter]] = {}
    for quarter, year in sorted(record.known_of.items()):
        if shown.bottom == "population" and year != quarter.year:
            other.setdefault(year, []).append(quarter)
    said = [f"those of {year} for {_span(quarters)}" for year, quarters in other.items()]
    if not said:
        return ""
    return (
        "How many children and young people live here is not known of every year. The nearest year stands for"
        f" it: {'; '.join(said)}."
    )


def _span(quarters: Sequence[Quarter]) -> str:
    first, last = quarters[0].label, quarters[-1].label
    return first if len(quarters) == 1 else f"quarters from {first} to {last}"


def of_chart(chart: Chart, shown: Shown) -> str:
    """The latest figure of a chart with its unit. A P chart holds shares of 1."""
    if chart.latest is None:
        return "no figure yet"
    figure = chart.latest.figure
    if chart.series.kind.has_denominator and figure.number is not None:
        return figure_words(figure.number, chart.series.kind)
    return with_unit(figure, shown)
