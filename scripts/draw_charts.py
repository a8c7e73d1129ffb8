"""Draws the charts of the handbook: `python -m scripts.draw_charts`. All figures are invented."""

from datetime import date
from pathlib import Path

import numpy as np

from ithrive.improvement import (
    Annotation,
    AnnotationKind,
    ChartKind,
    FunnelArea,
    FunnelKind,
    Point,
    Rebase,
    Series,
    chart,
    funnel,
)
from ithrive.improvement.drawing import chart_svg, funnel_svg, png
from ithrive.measures import Cell, CellState, Direction

PICTURES = Path(__file__).parent.parent / "docs/handbook/pictures"
RANDOM = np.random.default_rng(2015)


def main() -> None:
    drawn = {"chart-run": nine_quarters(), "chart-control": two_years(), "chart-funnel": many_areas()}
    for name, drawing in drawn.items():
        (PICTURES / f"{name}.png").write_bytes(png(drawing, scale=1.5))


def nine_quarters() -> str:
    days = [date(2024 + quarter // 4, 3 * (quarter % 4) + 1, 1) for quarter in range(9)]
    figures = [Cell.of(number) for number in (52, 49, 55, 47, 50, 44, 46, 43, 45)]
    figures[3] = Cell.without(CellState.SUPPRESSED)
    points = tuple(Point(*each) for each in zip(days, figures, strict=True))
    made = chart(Series("Days waited", ChartKind.INDIVIDUALS, points, Direction.LOWER))
    return chart_svg(made, title="Days waited in Alderbrook", unit="days", alone=True)


def two_years() -> str:
    days = [date(2024 + month // 12, month % 12 + 1, 1) for month in range(26)]
    of = RANDOM.integers(180, 320, len(days))
    shares = np.where(np.arange(len(days)) < 13, 0.55, 0.71) + RANDOM.normal(0, 0.05, len(days))
    points = tuple(
        Point(day, Cell.of(round(share * size)), Cell.of(int(size)))
        for day, share, size in zip(days, shares.tolist(), of.tolist(), strict=True)
    )
    made = chart(
        Series(
            "Helped within four weeks",
            ChartKind.PROPORTIONS,
            points,
            Direction.HIGHER,
            target=0.8,
            rebases=(Rebase(days[13], "A second clinic opened", "Steering group"),),
            annotations=(
                Annotation(date(2024, 6, 10), AnnotationKind.TEST_OF_CHANGE, "Reminders by text"),
                Annotation(date(2025, 10, 1), AnnotationKind.CODE_CHANGE, "New codes for closed referrals"),
            ),
        )
    )
    return chart_svg(made, title="Helped within four weeks in Alderbrook", unit="of referrals", alone=True)


def many_areas() -> str:
    of = RANDOM.integers(40, 1800, 106)
    shares = np.clip(RANDOM.normal(0.6, 0.04, 106), 0, 1)
    shares[[20, 70]] = 0.38, 0.85
    areas = [
        FunnelArea(f"Area {number}", Cell.of(int(count)), Cell.of(int(size)))
        for number, (count, size) in enumerate(zip(RANDOM.binomial(of, shares), of, strict=True), start=1)
    ]
    plot = funnel(areas, FunnelKind.SHARES)
    words = {"unit": "Helped within four weeks", "of_what": "Referrals in the year"}
    return funnel_svg(plot, title="Areas about their average", own="Area 12", alone=True, **words)


if __name__ == "__main__":
    main()
