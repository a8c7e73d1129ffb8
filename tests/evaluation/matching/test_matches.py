"""Matching keeps to strata, calipers and guards, is the same in every order, and refuses in sentences."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithrive.evaluation.matching import (
    METHODS,
    Candidates,
    Exclusion,
    Method,
    Way,
    alternatives,
    distances,
    guarded,
    linear_score,
    match,
    members,
    neighbours,
    separated,
    shared_providers,
)
from ithrive.problems import BadInput
from tests.evaluation.matching.some_sites import drawn, of


def shuffled(candidates: Candidates, seed: int) -> Candidates:
    order = np.random.default_rng(seed).permutation(len(candidates.sites))
    return Candidates.of(
        [candidates.sites[at] for at in order],
        candidates.values[order],
        candidates.accelerator[order],
        covariates=candidates.covariates,
    )


@pytest.mark.parametrize("method", METHODS)
def test_the_match_is_the_same_for_every_order_of_rows(method: Method):
    candidates = drawn()
    found = match(candidates, Way(method))
    for seed in range(3):
        again = match(shuffled(candidates, seed), Way(method))
        assert (again.sets, again.total, again.margin) == (found.sets, found.total, found.margin)


def test_ties_are_broken_alike_for_every_order_of_rows():
    values = [[0, 0], [2, 1], *([[1, 0]] * 4), [3, 2], [4, -1]]
    found = {match(shuffled(of(values, [0, 1]), seed)).pairs for seed in range(8)}
    assert len(found) == 1


def test_new_names_match_the_same_sites():
    candidates = drawn()
    names = {site: f"{len(candidates.sites) - at:03}" for at, site in enumerate(candidates.sites)}
    renamed = Candidates.of(
        [names[site] for site in candidates.sites],
        candidates.values,
        candidates.accelerator,
        covariates=candidates.covariates,
    )
    assert match(renamed).pairs == {(names[one], names[other]) for one, other in match(candidates).pairs}


@pytest.mark.parametrize("method", ["mahalanobis", "rank-mahalanobis"])
@given(scale=st.floats(0.01, 100), shift=st.floats(-100, 100))
def test_units_of_a_covariate_do_not_matter(method: Method, scale: float, shift: float):
    candidates = drawn(12, 3)
    values = candidates.values.copy()
    values[:, 0] = values[:, 0] * scale + shift
    assert distances(replace(candidates, values=values), method) == pytest.approx(
        distances(candidates, method), rel=1e-6
    )


def test_an_outlier_weighs_no_more_than_the_highest_rank():
    candidates = drawn()
    values = candidates.values.copy()
    values[values[:, 0].argmax(), 0] = 1e9
    assert distances(replace(candidates, values=values), "rank-mahalanobis") == pytest.approx(
        distances(candidates, "rank-mahalanobis")
    )


def test_matches_lie_in_the_same_stratum():
    values = drawn(20, 4).values
    region = ["north", "south"] * 10
    found = match(of(values, range(4), {"region": region}), Way(exact=("region",)))
    kinds = {f"site {at:02}": region[at] for at in range(20)}
    assert len(found.sets) == 4
    assert all(kinds[one] == kinds[other] for one, other in found.pairs)


def test_a_stratum_without_a_candidate_is_named():
    region = ["north", *["south"] * 7]
    with pytest.raises(BadInput) as refusal:
        match(of(drawn(8, 1).values, [0], {"region": region}), Way(exact=("region",)))
    assert str(refusal.value) == (
        "Covariates: site 00 has no candidate with region north. "
        "Match exactly on less, or add candidates there."
    )


def test_a_caliper_holds_and_who_finds_nobody_is_told():
    values = np.array([[0.0], [50.0], [0.1], [1.0], [2.0], [4.0]])
    found = match(of(values, [0, 1]), Way(calipers={"covariate 0": 0.5}))
    assert found.pairs == {("site 00", "site 02")}
    (without,) = found.unmatched
    assert (without.site, without.because) == ("site 01", "No candidate lies within the calipers.")


def test_each_gets_k_others_or_none():
    found = match(drawn(), Way(k=3))
    assert {len(each.others) for each in found.sets} == {3}
    assert len({other for each in found.sets for other in each.others}) == 18


def test_members_neighbours_and_sharers_are_excluded_counted_and_named():
    candidates = drawn(12, 2)
    safe = guarded(
        candidates,
        members(candidates, {"site 05": "It joined in 2017."}),
        neighbours(candidates, [("site 06", "site 00"), ("site 07", "site 08"), ("site 01", "site 00")]),
        shared_providers(candidates, {"site 01": {"RX1", "RX2"}, "site 09": {"RX2"}, "site 10": {"RX3"}}),
    )
    assert safe.exclusions == (
        Exclusion("site 05", "member", "It joined in 2017."),
        Exclusion("site 06", "neighbour", "It borders site 00."),
        Exclusion("site 09", "shared provider", "It shares a provider with site 01."),
    )
    taken = {other for _, other in match(safe, Way(k=3)).pairs}
    assert len(taken) == 6
    assert taken.isdisjoint({"site 05", "site 06", "site 09"})


def test_nobody_left_after_guards_is_said():
    candidates = drawn(4, 1)
    with pytest.raises(BadInput, match="site 00 has no candidate left"):
        match(guarded(candidates, members(candidates, ["site 01", "site 02", "site 03"])))


def test_other_ways_are_laid_beside_the_chosen_one():
    chosen = match(drawn())
    first, *others = alternatives(chosen)
    assert (first.way, first.kept, first.total) == (chosen.way, 6, chosen.total)
    assert len(others) == 4
    assert {each.way.words for each in others} == {
        "Mahalanobis distance of ranks",
        "Propensity score (ridge 1)",
        "Mahalanobis distance, propensity within 0.2 SD",
        "Mahalanobis distance, 2 for each",
    }
    for each in others:
        found = match(drawn(), each.way)
        assert (each.matched, each.total) == (len(found.sets), found.total)
        assert each.kept == len(found.pairs & chosen.pairs)


def test_a_way_that_is_not_possible_says_why_and_the_page_goes_on():
    chosen = match(drawn(9, 4))
    two = next(each for each in alternatives(chosen) if each.way.k == 2)
    assert (two.matched, two.kept <= 4, two.why_not) == (2, True, "")
    (_, far) = alternatives(chosen, [Way(calipers={"covariate 0": 1e-9})])
    assert (far.matched, far.total, far.why_not) == (0, None, "No accelerator site can be matched.")


def test_perfect_separation_leaves_no_score_without_a_ridge():
    candidates = of([[0.0, 1], [0.1, 2], [0.2, 0], [5.0, 1], [6.0, 2], [7.0, 0]], [0, 1, 2])
    assert separated(candidates)
    with pytest.raises(BadInput, match="separate accelerator sites from the others perfectly"):
        linear_score(candidates, penalty=0)
    assert np.isfinite(linear_score(candidates, penalty=1)).all()
    assert not separated(drawn(30, 6, 2))


def test_the_score_is_where_no_small_step_makes_it_likelier():
    candidates = drawn(40, 10)
    score = linear_score(candidates, penalty=0)
    began = candidates.accelerator.astype(float)
    standard = (candidates.values - candidates.values.mean(axis=0)) / candidates.values.std(axis=0, ddof=1)
    design = np.column_stack([np.ones(40), standard])
    assert design.T @ (began - 1 / (1 + np.exp(-score))) == pytest.approx(np.zeros(4), abs=1e-8)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            [[1, 5], [2, 5], [3, 5]],
            "covariate 1 is 5 at every site. Leave it out",
        ),
        ([[0, 1], [1, 2], [1, 4]], "covariate 0 does not vary within the two groups of sites."),
        (
            [[1, 2], [2, 4], [3, 6], [5, 10]],
            "Of the covariates covariate 0, covariate 1, one follows from the",
        ),
        ([[1, 2], [2, np.nan], [3, 6]], "site 01 has no finite covariate 1."),
        ([[1, 2], [2, np.inf], [3, 6]], "site 01 has no finite covariate 1."),
    ],
)
def test_covariates_that_cannot_tell_sites_apart_are_refused(values: list[list[float]], sentence: str):
    with pytest.raises(BadInput) as refusal:
        match(of(values, [0]))
    assert sentence in str(refusal.value)


@pytest.mark.parametrize(
    ("way", "sentence"),
    [
        (Way(k=0), "0 others for each site is no match."),
        (Way(calipers={"covariate 0": 0}), "The caliper of covariate 0 is 0. Give a width above nought."),
        (
            Way(calipers={"wealth": 1}),
            "There is no covariate “wealth” for a caliper. Choose from: covariate 0,",
        ),
        (Way(exact=("region",)), "There is no column “region” to match exactly on."),
        (Way("propensity", penalty=-1), "A penalty of -1 is below nought."),
        (Way(calipers={"covariate 0": 1e-9}), "No accelerator site can be matched. Widen the calipers"),
    ],
)
def test_a_way_that_makes_no_sense_is_refused(way: Way, sentence: str):
    with pytest.raises(BadInput) as refusal:
        match(drawn(), way)
    assert sentence in str(refusal.value)


def test_both_arms_must_have_a_site():
    with pytest.raises(BadInput, match="There is no accelerator site"):
        of([[1.0], [2.0]], [])
    with pytest.raises(BadInput, match="There is no candidate site"):
        of([[1.0], [2.0]], [0, 1])
    with pytest.raises(BadInput, match="site a is there twice"):
        Candidates.of(["site a", "site a"], np.array([[1.0], [2.0]]), [True, False], covariates=["one"])
