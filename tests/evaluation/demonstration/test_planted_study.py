"""The study whose truth is known: what is planted can be found, and nothing is where nothing was planted."""

import numpy as np
import pytest

from ithrive.evaluation import effect
from ithrive.evaluation.demonstration import PLANTED, WAVES, Told, effect_on, planted_study, study_sites, told
from ithrive.evaluation.demonstration.truth import USUAL_DOSE, USUAL_RELATIONSHIPS
from ithrive.measures import FigureKey, grouping_codes, measures
from ithrive.periods import Quarter
from ithrive.returns import Identity, ReturnedFigure, ReturnFigures, check, return_form
from ithrive.returns.findings import Severity

FORM = return_form(measures())
NOTHING_PLANTED = ("D2", "H3", "A4", "W1", "H6")


@pytest.fixture(scope="module")
def study():
    return planted_study(only=("H2", "D1", *NOTHING_PLANTED))


def test_ten_accelerators_and_ten_comparison_sites_in_pairs_and_one_begins_late():
    sites = study_sites()
    began = [site.starts for site in sites[::2]]
    assert len(sites) == 20
    assert sorted(began) == [9] * 9 + [11]
    assert {site.starts for site in sites[1::2]} == {None}


def test_the_same_seed_tells_the_same_study_and_another_another(study):
    again, other = planted_study(only=("H2", "D1")), planted_study(seed=7, only=("H2", "D1"))
    assert np.array_equal(again.panel(["H2", "D1"]).figures, study.panel(["H2", "D1"]).figures)
    assert not np.array_equal(other.panel(["D1"]).figures, again.panel(["D1"]).figures)


def test_a_measure_tells_the_same_whatever_else_is_told():
    alone, among = planted_study(only=["D1"]), planted_study(only=["A4", "D1", "W1"])
    assert np.array_equal(alone.panel(["D1"]).figures, among.panel(["D1"]).figures)


@pytest.mark.parametrize(("measure", "figure", "scale"), [("H2", "median-days", 1), ("D1", "agreed", 100)])
def test_what_was_planted_is_found_within_its_interval(study, measure, figure, scale):
    found = effect(study.panel([measure]), measure).estimate.cr2
    low, high = found.interval.low, found.interval.high
    assert low < study.true_effect(measure, figure) * scale < high
    assert low * high > 0


def test_nothing_is_found_beyond_chance_where_nothing_was_planted(study):
    """Five outcomes at 1%: a mistake of the planting would show, and chance hardly."""
    for measure in NOTHING_PLANTED:
        found = effect(study.panel([measure]), measure, alpha=0.01).estimate.cr2
        assert found.interval.low < 0 < found.interval.high, measure


def test_the_planted_slopes_are_what_the_constants_say():
    usual = {"relationships": USUAL_RELATIONSHIPS, "dose": USUAL_DOSE}
    waits, agreed = PLANTED["H2", "median-days"], PLANTED["D1", "agreed"]
    assert effect_on("H2", "median-days", **usual) == waits.effect
    better = effect_on("H2", "median-days", relationships=USUAL_RELATIONSHIPS + 10, dose=USUAL_DOSE)
    assert better == pytest.approx(waits.effect + 10 * waits.per_relationship)
    more = effect_on("D1", "agreed", relationships=USUAL_RELATIONSHIPS, dose=USUAL_DOSE + 1)
    assert more == pytest.approx(agreed.effect + agreed.per_dose)
    assert effect_on("A4", "not-accepted", **usual) == 0


@pytest.mark.parametrize("site", [0, 1, 18], ids=["accelerator", "comparison", "late"])
def test_made_up_figures_pass_every_check_that_must_be_mended(site):
    before = None
    lines = [line for line in FORM.lines if line.required or line.key.measure in {"H1", "D1"}]
    for wave in range(6, 12):
        cells = told(Told(study_sites()[site], wave, USUAL_DOSE), lines)
        identity = Identity("X", "X", "Thornmere", Quarter(2022, 1), "1")
        methods = {question.measure: "As before" for question in FORM.questions}
        figures = ReturnFigures(identity, {key: ReturnedFigure(cell) for key, cell in cells.items()}, methods)
        found = check(FORM, figures, before, last_methods=methods)
        assert not [str(each) for each in found if each.severity is Severity.MUST_FIX]
        assert len(found) <= 3  # of 145 figures, hardly one moves beyond chance
        before = cells


def test_groupings_add_up_to_all_together():
    keys = {"D1"}
    lines = [line for line in FORM.lines if line.key.measure in keys]
    for wave in range(4):
        cells = told(Told(study_sites()[3], wave, USUAL_DOSE), lines)
        for figure in ("open", "agreed"):
            parts = [cells[FigureKey("D1", figure, code)].number for code in grouping_codes()]
            assert sum(parts) == cells[FigureKey("D1", figure)].number


def test_returns_that_never_came_are_gaps_and_not_noughts():
    panel = planted_study(only=["D1"], missing=0.2).panel(["D1"])
    gaps = np.isnan(panel.figures).mean()
    assert 0.1 < gaps < 0.3
    assert panel.figures.shape == (1, 20, WAVES)
    assert np.nanmin(panel.figures) > 5
