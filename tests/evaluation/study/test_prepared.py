"""From figures to a panel: what is set aside, by which rule, with the reason."""

from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithrive.evaluation import NotComputable, Panel
from ithrive.evaluation.protocol import read_protocol
from ithrive.evaluation.study import read_study
from ithrive.evaluation.study.dose_results import changes
from ithrive.evaluation.study.prepared import HALF, NO_LOGARITHM, Prepared, prepared
from ithrive.periods import Quarter
from tests.evaluation.panels import drawn
from tests.evaluation.study import small

COUNT = """
[[outcome]]
id = "wait"
measure = "R1"
model = "count"
better = "neither"
family = "primary"
"""
LOG = small.WAIT + 'model = "log"\n'
MERGED = "site,wave,successor,share\n"


def ready(
    rows: list[tuple[object, ...]] | None = None,
    *,
    outcomes: str = small.WAIT,
    more: str = "",
    **others: str,
) -> Prepared:
    plan = small.protocol(outcomes, more)
    data = read_study(small.files(rows, **others), plan)
    return prepared(plan, plan.outcomes[0], data.figures["wait"], mergers=data.mergers)


def figure(found: Prepared, site: str, wave: int) -> float:
    assert isinstance(found.panel, Panel)
    quarter = (Quarter.parse("2026/27 Q1") + wave).label
    return float(found.panel.figures[0, found.panel.sites.index(site), found.panel.waves.index(quarter)])


def test_figures_stand_where_they_were_sent():
    found = ready()
    for site in small.SITES:
        for wave in small.WAVES:
            assert figure(found, site, wave) == small.wait(site, wave)


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(sorted(small.SITES)), st.sampled_from(small.WAVES)), st.just("")
    )
)
def test_every_expected_cell_is_used_or_has_its_state_or_its_reason(gone: dict[tuple[str, int], str]):
    def told(site: str, wave: int) -> object:
        return gone.get((site, wave), small.wait(site, wave))

    if len(gone) == len(small.SITES) * len(small.WAVES):
        return
    found = ready(small.figures(told))
    there = sum(each.cell.is_figure for each in found.figures.values())
    assert there == len(small.SITES) * len(small.WAVES) - len(gone)
    assert found.used + len(found.why_not) == there


def test_a_pair_leaves_together_where_one_site_has_too_few_waves():
    rows = small.figures(lambda site, wave: "" if site == "a2" and wave != 0 else small.wait(site, wave))
    found = ready(rows)
    assert found.sites_left_out == (
        ("a2", "It has figures of 1 waves, and 2 are needed."),
        ("c2", "Its pair 2 has lost the other site."),
    )
    assert isinstance(found.panel, Panel)
    assert sorted(found.panel.pairs) == ["1", "1", "3", "3", "4", "4"]


def test_without_pair_swaps_only_the_site_itself_leaves():
    rows = small.figures(lambda site, wave: "" if site == "a2" and wave != 0 else small.wait(site, wave))
    plan = small.text().replace("looks = [2]", 'looks = [2]\nassignment = "all-splits"')
    protocol = read_protocol(plan.encode())
    data = read_study(small.files(rows), protocol)
    found = prepared(protocol, protocol.outcomes[0], data.figures["wait"])
    assert [site for site, _ in found.sites_left_out] == ["a2"]
    assert isinstance(found.panel, Panel)
    assert found.panel.pairs == ()


def test_too_few_sites_in_an_arm_are_said():
    rows = small.figures(lambda site, wave: "" if site in {"a1", "a2", "a3"} else small.wait(site, wave))
    assert ready(rows).panel == NotComputable("1 accelerator site has figures enough; each arm needs 2.")


def test_counts_are_logarithms_over_their_offset_and_noughts_get_a_half():
    def rows(count: int) -> list[tuple[object, ...]]:
        counts = small.figures(lambda site, wave: count if (site, wave) == ("a1", 0) else 12)
        return [(*row, 1000) for row in counts]

    def found(count: int) -> Prepared:
        table = "site,wave,figure,value,offset\n" + "\n".join(",".join(map(str, row)) for row in rows(count))
        plan = small.protocol(COUNT)
        data = read_study({"figures.csv": table.encode()}, plan)
        return prepared(plan, plan.outcomes[0], data.figures["wait"])

    assert figure(found(3), "a1", 0) == pytest.approx(log(3 / 1000))
    assert found(3).notes == ()
    assert figure(found(0), "a1", 0) == pytest.approx(log(0.5 / 1000))
    assert figure(found(0), "a2", 0) == pytest.approx(log(12.5 / 1000))
    assert found(0).notes == (HALF,)


def test_a_nought_that_is_no_count_has_no_logarithm_and_is_named():
    rows = small.figures(lambda site, wave: 0 if (site, wave) == ("a1", 0) else small.wait(site, wave))
    found = ready(rows, outcomes=LOG)
    assert found.why_not == {("a1", Quarter.parse("2026/27 Q1")): NO_LOGARITHM}


@pytest.mark.parametrize(
    ("rule", "merged", "left_out", "unused", "sentence"),
    [
        (
            "follow-successor",
            "a1,2,Q1,0.9",
            [],
            0,
            "",
        ),
        (
            "follow-successor",
            "a1,2,Q1,0.7",
            [],
            3,
            "Its area changed in 2026/27 Q3. Q1 holds 70% of its people, less than 80%: figures stop there.",
        ),
        (
            "follow-successor",
            "a1,2,Q1,0.9\nc3,3,Q1,1",
            [],
            5,
            "Its area changed in 2026/27 Q3. 2 sites of the study lie in Q1 now: their figures stop there.",
        ),
        (
            "stop-at-merger",
            "a1,2,Q1,1",
            [],
            3,
            "Its area changed in 2026/27 Q3: its figures stop there, by the protocol's rule.",
        ),
        (
            "leave-site-out",
            "a1,2,Q1,1",
            ["a1", "c1"],
            14,
            "Its area changed in 2026/27 Q3: left out, by the protocol's rule.",
        ),
    ],
)
def test_a_merger_in_mid_study_follows_the_rule_that_was_stated(
    rule: str, merged: str, left_out: list[str], unused: int, sentence: str
):
    found = ready(more=f'\n[mergers]\nrule = "{rule}"\n', mergers=MERGED + merged)
    assert [site for site, _ in found.sites_left_out] == left_out
    assert len(found.why_not) == unused
    assert sentence in {*found.why_not.values(), ""}


def test_what_stands_out_is_kept_and_named_unless_the_protocol_leaves_it_out():
    rows = small.figures(lambda site, wave: 900 if (site, wave) == ("c1", 3) else small.wait(site, wave))
    kept = ready(rows)
    assert [(each.site, each.wave, each.figure) for each in kept.outlying] == [("c1", "2026/27 Q4", 900)]
    assert kept.used == 56
    left = ready(rows, more='\n[missing]\noutliers = "leave-out"\n')
    assert left.used == 55
    assert left.why_not == {("c1", Quarter.parse("2026/27 Q4")): "It stands out."}
    assert left.outlying == kept.outlying


def test_changes_are_figures_since_the_start_less_the_mean_before():
    panel = drawn(3, missing=0.2, waves=6, start=2)
    by_hand = np.full(panel.figures[0].shape, np.nan)
    for site in range(len(panel.sites)):
        before = [x for x in panel.figures[0, site, : panel.starts[site]] if not np.isnan(x)]
        for wave in range(panel.starts[site], 6):
            by_hand[site, wave] = panel.figures[0, site, wave] - sum(before) / len(before)
    np.testing.assert_allclose(changes(panel).figures[0], by_hand)
