"""Many measures at once: one row each, before any chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ithrive.improvement.charts import Chart, Stage
from ithrive.improvement.icons import Assurance, Variation
from ithrive.measures import Cell


@dataclass(frozen=True, slots=True)
class IconRow:
    """A chart's latest figure and icons. Icons are None where there are no limits yet; `stage` says why."""

    name: str
    day: date | None
    figure: Cell | None
    variation: Variation | None
    assurance: Assurance | None
    stage: Stage


def icon_table(many: Sequence[Chart]) -> tuple[IconRow, ...]:
    """A row for each chart, in the order they are given: never sorted by icon, which would make a league
    table.
    """
    return tuple(
        IconRow(
            name=chart.series.name,
            day=chart.latest.day if chart.latest else None,
            figure=chart.latest.figure if chart.latest else None,
            variation=chart.variation,
            assurance=chart.assurance,
            stage=chart.stage,
        )
        for chart in many
    )
