"""30 measures of 120 areas over 9 quarters: all charts' statistics in one pass, against one after another.

Then what a drawing costs beside the bare call that turns its specification into SVG.
"""

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from ithrive.improvement import ChartKind, Choices, FunnelArea, FunnelKind, chart, funnel, statistics
from ithrive.improvement.drawing import chart_sheet, funnel_sheet
from ithrive.improvement.lines import D2, REACH
from ithrive.measures import Cell
from tests.improvement import plain
from tests.improvement.drawing import series

SERIES, POINTS = 30 * 120, 9
RUNS = 20
# Nine points get no limits by our rules; here they do, so that both sides do the same work.
EVERY_LIMIT = Choices(limits_from=1)


def main() -> None:
    """Prints milliseconds of processor time, ratios, and the largest difference between the numbers."""
    figures = np.random.default_rng(2015).normal(50, 5, (SERIES, POINTS))
    ours, found = _spent(lambda: statistics(ChartKind.INDIVIDUALS, figures, choices=EVERY_LIMIT), RUNS)
    print(
        f"{figures.size:,} points, one pass: {ours * 1000:.1f} ms (limits, rules, run chart, autocorrelation)"
    )
    limits = np.stack([found.lines.centre, found.lines.lower, found.lines.upper], axis=-1)[:, 0]
    slow, looped = _spent(lambda: [_plainly(series) for series in figures.tolist()])
    _report("plain loop in Python (limits, rules, run chart)", slow, ours, _apart(limits, looped))
    _against_abspc(figures)
    _drawing()


def _drawing() -> None:
    """Nine points, 24 with limits, and a funnel of 106 areas: all of our work, against vl-convert's alone."""
    import vl_convert

    from ithrive.improvement.drawing import drawing_key, svg
    from ithrive.improvement.drawing.spec import vega_lite

    for name, sheet_of in _sheets().items():
        sheet = sheet_of()
        svg(sheet)  # the first drawing of a process starts the drawing engine
        specification = vega_lite(sheet.sketch)
        bare, _ = _spent(lambda spec=specification: vl_convert.vegalite_to_svg(spec), RUNS)
        whole, drawn = _spent(lambda make=sheet_of: svg(make()), RUNS)
        named, _ = _spent(lambda make=sheet_of: drawing_key(make()), RUNS)
        times = f"{whole * 1000:.0f} ms, {whole / bare:.2f} times the bare call"
        print(
            f"{name}: {times}; {len(drawn) / 1000:.0f} kB; to find it kept takes {named / whole:.3f} of that"
        )


def _sheets() -> dict[str, Callable[[], Any]]:
    random = np.random.default_rng(2015)
    nine, many = (chart(series(random.normal(50, 5, points).tolist())) for points in (9, 24))
    of = random.integers(40, 1800, 106)
    areas = [
        FunnelArea(f"Area {number}", Cell.of(int(count)), Cell.of(int(size)))
        for number, (count, size) in enumerate(zip(random.binomial(of, 0.6), of, strict=True))
    ]
    plot = funnel(areas, FunnelKind.SHARES)
    return {
        "a run chart of 9 points": lambda: chart_sheet(nine, title="Days waited"),
        "a control chart of 24 points": lambda: chart_sheet(many, title="Days waited"),
        "a funnel of 106 areas": lambda: funnel_sheet(plot, title="Helped within four weeks"),
    }


def _plainly(series: list[float]) -> tuple[float, float, float]:
    lines = plain.xmr(series)
    plain.marks(series, lines)
    plain.runs(series)
    return lines


def _against_abspc(figures: Any) -> None:
    """The Python package nearest to NHS practice. It keeps every range; its runs are of 8, its trends of 6.

    Its limits lie 3 / 1.128 mean ranges from the centre where the reference implementation, and we, say 2.66.
    """
    try:
        import abspc
        import pandas as pd
    except ImportError:
        print("abspc is not compared: it brings pandas and matplotlib, so it is not among our dependencies.")
        return
    kept = Choices(screen_outliers=False, limits_from=1)
    ours, found = _spent(lambda: statistics(ChartKind.INDIVIDUALS, figures, choices=kept), RUNS)

    def chart(series: Any) -> tuple[float, ...]:
        made = abspc.calculate_control_limits(pd.DataFrame({"value": series}), chart_type="XmR")
        abspc.detect_special_causes(made)
        centre = made["mean"].iloc[0]
        as_ours = (centre + (made[line].iloc[0] - centre) * REACH * D2 / 3 for line in ("lcl", "ucl"))
        return (centre, *as_ours)

    slow, looped = _spent(lambda: [chart(series) for series in figures])
    limits = np.stack([found.lines.centre, found.lines.lower, found.lines.upper], axis=-1)[:, 0]
    _report("loop over abspc 1.1.0 (limits, rules)", slow, ours, _apart(limits, looped))


def _apart(limits: Any, looped: list[tuple[float, ...]]) -> float:
    return float(np.abs(limits - np.array(looped)).max())


def _report(what: str, slow: float, ours: float, apart: float) -> None:
    times = f"{slow * 1000:,.0f} ms, {slow / ours:,.0f} times as long (aim: 50)"
    print(f"{what}: {times}; limits differ by {apart:.1g}")


def _spent(task: Callable[[], Any], runs: int = 1) -> tuple[float, Any]:
    """Processor seconds for one run, on average."""
    start = time.process_time()
    for _ in range(runs):
        result = task()
    return (time.process_time() - start) / runs, result


if __name__ == "__main__":
    main()
