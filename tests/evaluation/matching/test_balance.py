"""Balance by its definitions: against plain twins, and at the ends of what it can be."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithrive.evaluation.drawing import love_plot_svg, love_plot_words, to_svg
from ithrive.evaluation.matching import Way, balance, largest_difference, match
from tests.evaluation.matching.some_sites import drawn, of

CLOSE = 1e-12


@given(st.integers(0, 10_000), st.integers(1, 3))
def test_balance_agrees_with_a_plain_reading_of_its_definitions(seed: int, k: int):
    found = match(drawn(20, 4, 2, seed), Way(k=k))
    candidates, each = found.candidates, balance(found)[1]
    place = {site: at for at, site in enumerate(candidates.sites)}
    values = candidates.values[:, 1]
    mine, others = values[candidates.accelerator], values[~candidates.accelerator]
    scale = np.sqrt((mine.var(ddof=1) + others.var(ddof=1)) / 2)
    taken = np.array([values[place[other]] for one in found.sets for other in one.others])
    assert each.before.difference == pytest.approx((mine.mean() - others.mean()) / scale, abs=CLOSE)
    assert each.after.difference == pytest.approx((mine.mean() - taken.mean()) / scale, abs=CLOSE)
    assert each.before.ratio == pytest.approx(mine.var(ddof=1) / others.var(ddof=1))
    assert each.after.ratio == pytest.approx(mine.var(ddof=1) / taken.var(ddof=1))
    steps = [abs((mine <= at).mean() - (taken <= at).mean()) for at in np.unique([*mine, *taken])]
    assert each.after.ecdf_max == pytest.approx(max(steps))
    assert each.after.ecdf_mean == pytest.approx(np.mean(steps))


def test_the_largest_distance_between_shares_is_that_of_kolmogorov_and_smirnov():
    from scipy.stats import ks_2samp

    candidates = drawn(40, 12)
    each = balance(match(candidates))[0].before
    values, began = candidates.values[:, 0], candidates.accelerator
    assert each.ecdf_max == pytest.approx(ks_2samp(values[began], values[~began]).statistic)


def test_twins_are_in_balance_and_an_accelerator_alone_has_no_ratio():
    (each,) = balance(match(of([[1.0], [1.0], [4.0], [9.0]], [0])))
    assert (each.after.difference, each.after.ecdf_max, each.after.ratio) == (0, 0, None)
    assert each.before.ratio is None
    assert largest_difference((each,)) == 0


def test_matching_cannot_flatter_itself_by_changing_the_scale():
    found = balance(match(drawn()))
    for each in found:
        scale = (each.before.accelerator - each.before.others) / each.before.difference
        assert (each.after.accelerator - each.after.others) / each.after.difference == pytest.approx(scale)


def test_a_love_plot_is_named_described_and_free_of_what_a_strict_page_forbids():
    found = balance(match(drawn()))
    picture = love_plot_svg(found)
    assert picture == love_plot_svg(found)
    assert "<title" in picture
    assert love_plot_words(found) in picture
    assert all(f"covariate {at}</text>" in picture for at in range(3))
    for forbidden in ("style=", "<style", "<script", "class=", "onclick", "href"):
        assert forbidden not in picture
    assert "covariates lie within 0.1." in love_plot_words(found)


def test_words_in_a_picture_are_only_words():
    import altair

    chart = altair.Chart(altair.InlineData(values=[{"one": 1}])).mark_point()
    picture = to_svg(chart, "<b>&\x00", 'A "quoted" one')
    assert "&lt;b&gt;&amp;</title>" in picture
    assert "\x00" not in picture
