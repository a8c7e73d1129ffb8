"""The one pass over many series agrees with working out each series by itself, plainly."""

from itertools import combinations, pairwise
from math import comb, isnan, log, log2, nan, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from ithrive.improvement import ChartKind, Choices, Rule, Statistics, statistics
from ithrive.improvement.lines import over_dispersed
from tests.improvement import plain

Floats = NDArray[np.float64]
WORDS = {
    Rule.COMMON_CAUSE: "",
    Rule.OUTSIDE: "outside",
    Rule.TREND: "trend",
    Rule.TWO_OF_THREE: "two of three",
    Rule.SHIFT: "shift",
}
ALL_LIMITS = Choices(limits_from=1)

# Few different figures, so that ties, runs and points on a line come up often.
coarse = st.integers(min_value=-8, max_value=8).map(float)
fine = st.floats(min_value=-1e6, max_value=1e6)
gaps = st.just(nan)


@st.composite
def panels(draw: st.DrawFn, figures: st.SearchStrategy[float]) -> Floats:
    points = draw(st.integers(min_value=1, max_value=30))
    row = st.lists(figures, min_size=points, max_size=points)
    return np.array(draw(st.lists(row, min_size=1, max_size=4)))


def same(found: object, expected: object) -> None:
    np.testing.assert_allclose(
        np.asarray(found, dtype=float), np.asarray(expected, dtype=float), rtol=1e-9, atol=1e-9
    )


def marks(found: Statistics, row: int) -> list[tuple[str, int]]:
    rules, directions = found.findings.rule[row], found.findings.direction[row]
    return [(WORDS[Rule(int(rule))], int(way)) for rule, way in zip(rules, directions, strict=True)]


@pytest.mark.parametrize("screen", [True, False])
@pytest.mark.parametrize("fixed", [None, 12])
@settings(deadline=None)
@given(figures=panels(st.one_of(coarse, coarse, coarse, fine, gaps)), run_of=st.sampled_from([6, 7]))
def test_xmr_charts_agree_with_the_plain_way(
    screen: bool, fixed: int | None, run_of: int, figures: Floats
) -> None:
    choices = Choices(screen_outliers=screen, fix_after=fixed, limits_from=1, run_of=run_of)
    found = statistics(ChartKind.INDIVIDUALS, figures, choices=choices)
    for row, series in enumerate(figures.tolist()):
        lines = plain.xmr(series, screen=screen, fixed=fixed)
        if found.constant[row, 0]:
            assert isnan(found.lines.centre[row, 0])
            lines = (nan, nan, nan)
        elif not isnan(found.lines.centre[row, 0]):
            drawn = found.lines.centre, found.lines.lower, found.lines.upper
            same([line[row, -1] for line in drawn], lines)
        assert marks(found, row) == plain.marks(series, lines, run_of)


@settings(deadline=None)
@given(panels(st.one_of(coarse, gaps)))
def test_run_charts_agree_with_the_plain_way(figures: Floats) -> None:
    found = statistics(ChartKind.INDIVIDUALS, figures).run
    for row, series in enumerate(figures.tolist()):
        middle, longest, crossings = plain.runs(series)
        same(found.median[row, 0], middle)
        assert (found.longest[row, 0], found.crossings[row, 0]) == (longest, crossings)
        assert found.trend[row].tolist() == [plain.in_trend(series, at, 7) for at in range(len(series))]


def test_what_chance_allows_of_runs_is_that_of_anhoej_and_olesen() -> None:
    figures = np.array([[float(at % 2) for at in range(60)]])
    for points in range(2, 60, 2):
        found = statistics(ChartKind.INDIVIDUALS, figures[:, :points]).run
        assert found.useful[0, 0] == points
        assert found.longest_allowed[0, 0] == round(log2(points) + 3)
        fewest = int(found.crossings_needed[0, 0])
        likely = [comb(points - 1, heads) / 2 ** (points - 1) for heads in range(points)]
        assert sum(likely[:fewest]) < 0.05 <= sum(likely[: fewest + 1])


def test_nine_points_about_their_own_median_can_neither_run_too_long_nor_cross_too_seldom() -> None:
    found = statistics(ChartKind.INDIVIDUALS, np.array(every_way_nine_points_can_lie())).run
    assert not (found.longest > found.longest_allowed).any()
    assert not (found.crossings < found.crossings_needed).any()


def every_way_nine_points_can_lie() -> list[list[float]]:
    """One on the median, four above it and four below, in every order."""
    return [
        [0.0 if at == middle else 1.0 if at in above else -1.0 for at in range(9)]
        for middle in range(9)
        for above in combinations([at for at in range(9) if at != middle], 4)
    ]


shares = st.lists(
    st.integers(min_value=1, max_value=400).flatmap(
        lambda of: st.tuples(st.integers(min_value=0, max_value=of), st.just(of))
    ),
    min_size=2,
    max_size=30,
)


@settings(deadline=None)
@given(shares)
def test_shares_agree_with_the_plain_way(pairs: list[tuple[int, int]]) -> None:
    counts, of = [float(count) for count, _ in pairs], [float(each) for _, each in pairs]
    found = statistics(ChartKind.PROPORTIONS, np.array([counts]), np.array([of]), choices=ALL_LIMITS)
    if found.constant[0, 0]:
        return
    share, reach = plain.share_lines(counts, of)
    times = plain.stretch(counts, of)
    prime = times > 1 + 1.645 / sqrt(2 * 0.62 * (len(pairs) - 1))
    assert found.over_dispersed[0, 0] == prime
    same(found.lines.centre, [[share] * len(pairs)])
    same(found.lines.upper - found.lines.centre, [[far * (times if prime else 1) for far in reach]])
    same(found.lines.centre - found.lines.lower, found.lines.upper - found.lines.centre)


def test_one_stable_p_chart_in_twenty_is_taken_for_over_dispersed() -> None:
    random = np.random.default_rng(2015)
    for points in (12, 24):
        of = random.integers(100, 300, (20_000, points)).astype(float)
        counts = random.binomial(of.astype(int), 0.3).astype(float)
        share = over_dispersed(counts, of, np.ones(of.shape, dtype=np.bool_)).mean()
        assert 0.04 < share < 0.06


def test_shares_that_vary_more_than_counting_explains_get_wider_limits() -> None:
    random = np.random.default_rng(7)
    of = np.full((200, 24), 10_000.0)
    counts = random.binomial(10_000, random.normal(0.3, 0.03, of.shape).clip(0, 1)).astype(float)
    found = statistics(ChartKind.PROPORTIONS, counts, of)
    assert found.over_dispersed.all()
    assert (found.findings.rule == Rule.OUTSIDE).mean() < 0.01


@settings(deadline=None)
@given(shares)
def test_rates_have_poisson_limits(pairs: list[tuple[int, int]]) -> None:
    counts, of = (np.array([[float(pair[place]) for pair in pairs]]) for place in (0, 1))
    found = statistics(ChartKind.RATES, counts, of, choices=ALL_LIMITS)
    if not found.constant[0, 0]:
        usual = counts.sum() / of.sum()
        same(found.lines.upper, usual + 3 * np.sqrt(usual / of))
        same(found.lines.near_lower, usual - 2 * np.sqrt(usual / of))


@settings(deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=50), min_size=2, max_size=30))
def test_counts_have_poisson_limits_and_rare_events_an_upper_one(cases: list[int]) -> None:
    figures = np.array([cases], dtype=float)
    usual = sum(cases) / len(cases)
    if len(set(cases)) == 1:
        assert np.isnan(statistics(ChartKind.COUNTS, figures, choices=ALL_LIMITS).lines.centre).all()
        return
    plain_counts = statistics(ChartKind.COUNTS, figures, choices=ALL_LIMITS).lines
    same(plain_counts.upper[0], [usual + 3 * sqrt(usual)] * len(cases))
    between = statistics(ChartKind.CASES_BETWEEN, figures, choices=ALL_LIMITS).lines
    same(between.centre[0], [log(2) * usual] * len(cases))
    same(between.upper[0], [usual + 3 * sqrt(usual * (usual + 1))] * len(cases))
    assert np.isnan(between.lower).all()


@settings(deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=400), min_size=3, max_size=30))
def test_days_between_are_judged_on_a_scale_where_they_are_even(days: list[int]) -> None:
    found = statistics(ChartKind.TIME_BETWEEN, np.array([days], dtype=float), choices=ALL_LIMITS)
    centre, lower, upper = plain.xmr([day ** (1 / 3.6) for day in days])
    if len(set(days)) > 1 and not isnan(upper):
        same(found.lines.centre[0, 0], centre**3.6)
        same(found.lines.upper[0, 0], upper**3.6)
        same(found.lines.lower[0, 0], lower**3.6 if lower > 0 else nan)


@settings(deadline=None)
@given(panels(st.one_of(coarse, gaps)), st.data())
def test_nothing_crosses_a_rebase(figures: Floats, data: st.DataObject) -> None:
    """Every segment is exactly what it would be as a chart of its own."""
    points = figures.shape[1]
    cuts = data.draw(st.lists(st.integers(1, points), max_size=2, unique=True).map(sorted))
    rebased = data.draw(st.lists(st.booleans(), min_size=len(figures), max_size=len(figures)))
    segment_of = np.searchsorted(cuts, np.arange(points), side="right")
    segments = np.where(np.array(rebased)[:, None], segment_of, 0)
    whole = statistics(ChartKind.INDIVIDUALS, figures, segments=segments, choices=ALL_LIMITS)
    for row in range(len(figures)):
        for number in np.unique(segments[row]):
            here = segments[row] == number
            alone = statistics(ChartKind.INDIVIDUALS, figures[[row]][:, here], choices=ALL_LIMITS)
            same(whole.lines.upper[row, here], alone.lines.upper[0])
            same(whole.run.median[row, here], alone.run.median[0])
            same(whole.autocorrelation[row, here], alone.autocorrelation[0])
            assert whole.findings.rule[row, here].tolist() == alone.findings.rule[0].tolist()
            assert whole.run.longest[row, here].tolist() == alone.run.longest[0].tolist()


def test_columns_that_are_no_points_change_nothing() -> None:
    figures = np.array([[1.0, 5.0, 2.0, 4.0, 3.0]])
    padded = np.hstack([figures, [[nan, nan]]])
    segments = np.array([[0, 0, 0, 0, 0, -1, -1]])
    found = statistics(ChartKind.INDIVIDUALS, padded, segments=segments, choices=ALL_LIMITS)
    same(
        found.lines.upper[:, :5],
        statistics(ChartKind.INDIVIDUALS, figures, choices=ALL_LIMITS).lines.upper,
    )


def test_under_twelve_points_there_are_no_limits_and_no_marks() -> None:
    rising = np.arange(11.0)[None, :]
    found = statistics(ChartKind.INDIVIDUALS, rising)
    assert np.isnan(found.lines.upper).all()
    assert not found.findings.rule.any()
    assert found.run.trend.all()
    assert not np.isnan(statistics(ChartKind.INDIVIDUALS, np.arange(12.0)[None, :]).lines.upper).any()


def test_twelve_points_with_one_missing_are_eleven() -> None:
    figures = np.array([[1.0, 3.0, nan, 4.0, 2.0, 5.0, 1.0, 3.0, 4.0, 2.0, 5.0, 1.0]])
    found = statistics(ChartKind.INDIVIDUALS, figures)
    assert found.counted[0, 0] == 11
    assert np.isnan(found.lines.centre).all()


def test_autocorrelation_is_that_of_neighbours() -> None:
    series = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0]
    away = [each - sum(series) / 8 for each in series]
    expected = sum(one * two for one, two in pairwise(away)) / sum(each**2 for each in away)
    same(statistics(ChartKind.INDIVIDUALS, np.array([series])).autocorrelation[0, 0], expected)
    assert isnan(statistics(ChartKind.INDIVIDUALS, np.ones((1, 5))).autocorrelation[0, 0])


@pytest.mark.parametrize(("wrong", "why"), [({"fix_after": 11}, "at least 12"), ({"run_of": 8}, "6 and 7")])
def test_choices_no_tool_offers_are_refused(wrong: dict[str, int], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Choices(**wrong)  # type: ignore[arg-type]  # every one of these takes a number
