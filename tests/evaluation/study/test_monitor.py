"""The monitor shows what came, and would look the same whatever the figures say."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ithrive.evaluation.study import Monitor, monitor, read_study
from tests.evaluation.study import small


def watched(rows: list[tuple[object, ...]], **others: str) -> Monitor:
    plan = small.protocol()
    return monitor(plan, replace(read_study(small.files(rows, **others), plan), files=()))


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_other_figures_or_arms_that_change_places_change_nothing_it_shows(dice):
    def any_number(site: str, wave: int) -> object:
        return dice.choice([0, 1, 7.5, 900])

    def other_arm(site: str, wave: int) -> object:
        return small.wait(("c" if site[0] == "a" else "a") + site[1], wave)

    as_it_is = watched(small.figures())
    assert watched(small.figures(any_number)) == as_it_is
    assert watched(small.figures(other_arm)) == as_it_is


def test_it_counts_what_came_by_site_quarter_and_outcome():
    rows = small.figures(lambda site, wave: "" if site == "a2" and wave < 2 else small.wait(site, wave))
    found = watched(rows)
    assert (found.quality.all.received, found.quality.all.expected) == (52, 56)
    by_site = {each.of: (each.received, each.grade) for each in found.quality.by_site}
    assert by_site["a2"] == (3, "poor")
    assert by_site["a1"] == (7, "good")
    assert found.sentences == ("52 of 56 expected figures have come: fair.", "a2: 3 of 7 (poor).")


def test_exposure_of_comparison_sites_is_shown():
    found = watched(
        small.figures(),
        exposure="site,wave,exposure\nc1,0,0\nc1,2,0.25\na1,2,0.9\n",
        evidence="site,date,kind\nc1,2027-01-10,training\na1,2027-01-10,training\n",
    )
    one = found.exposure[0]
    assert (one.site, one.exposure, one.quarter, one.evidence) == ("c1", 0.25, "2026/27 Q3", 1)
    assert [each.site for each in found.exposure] == ["c1", "c2", "c3", "c4"]
    assert "c1, a comparison site, shows 1 dated facts of implementation (training)." in found.sentences


def test_before_any_figure_came_everything_is_awaited():
    found = monitor(small.protocol(), read_study(small.files([("a1", 0, "wait", 3)]), small.protocol()))
    assert found.up_to == "2026/27 Q1"
    assert found.quality.all.received == 1
