import warnings

import numpy as np
import pytest

from ithrive.evaluation import NotComputable
from ithrive.evaluation.weights import FourGroupWeights, four_group_weights
from ithrive.evaluation.weights.multinomial import chances

NAMES = ("age", "need")


def people(seed: int = 1, each: int = 300) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Four samples of which the later and the comparison ones are older and needier."""
    rng = np.random.default_rng(seed)
    accelerator = np.repeat([True, True, False, False], each)
    after = np.tile(np.repeat([False, True], each), 2)
    shift = 0.4 * after + 0.3 * ~accelerator
    covariates = rng.normal(size=(4 * each, 2)) + shift[:, None]
    return covariates, accelerator, after


def test_chances_are_those_of_statsmodels() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from statsmodels.discrete.discrete_model import MNLogit

    covariates, accelerator, after = people(each=60)
    columns = np.column_stack([np.ones(240), covariates])
    group = 2 * ~accelerator + after
    found = chances(columns, group.astype(np.int64))
    assert isinstance(found, np.ndarray)
    assert found == pytest.approx(MNLogit(group, columns).fit(disp=False).predict(), abs=1e-6)


def test_weighted_samples_are_alike() -> None:
    found = four_group_weights(NAMES, *people(each=1500))
    assert isinstance(found, FourGroupWeights)
    for (name, before), (_, afterwards) in zip(found.apart_before, found.apart_after, strict=True):
        assert before > 0.5, name
        assert afterwards < 0.1, name
    assert dict(found.effective)["accelerator before"] == pytest.approx(1500, rel=0.01)
    assert all(500 < effective < 1500.1 for _, effective in found.effective)
    assert found.trimmed == 60
    assert found.weights.sum() == pytest.approx(6000)


def test_an_effect_on_unlike_samples_is_recovered_by_weighing() -> None:
    covariates, accelerator, after = people(each=2000)
    outcome = covariates.sum(axis=1) * np.where(after, 2.0, 1.0) + 1.0 * (accelerator & after)
    found = four_group_weights(NAMES, covariates, accelerator, after, trim_above=1.0)
    assert isinstance(found, FourGroupWeights)

    def effect(weights: np.ndarray) -> float:
        mean = [
            [np.average(outcome[part], weights=weights[part]) for part in (arm & ~after, arm & after)]
            for arm in (accelerator, ~accelerator)
        ]
        return float(mean[0][1] - mean[0][0] - mean[1][1] + mean[1][0])

    assert abs(effect(np.ones(8000)) - 1) > 0.3
    assert effect(found.weights) == pytest.approx(1, abs=0.15)
    assert found.trimmed == 0


def test_sites_are_refused_with_the_reason() -> None:
    covariates, accelerator, after = people()
    refused = four_group_weights(NAMES, covariates, accelerator, after, unit="site")
    assert isinstance(refused, NotComputable)
    assert "Match sites" in refused.reason


def test_small_groups_gaps_twins_and_separation_are_refused() -> None:
    covariates, accelerator, after = people()
    few = four_group_weights(NAMES, covariates[::15], accelerator[::15], after[::15])
    assert few == NotComputable(
        "Too few people for 2 covariates: accelerator before (20), accelerator after (20), comparison before"
        " (20), comparison after (20); 30 are needed."
    )
    gap = covariates.copy()
    gap[0, 0] = np.nan
    assert "lack a covariate" in _reason(four_group_weights(NAMES, gap, accelerator, after))
    twins = np.column_stack([covariates[:, 0], covariates[:, 0]])
    assert "explain each other" in _reason(four_group_weights(NAMES, twins, accelerator, after))
    once = covariates.copy()
    once[:, 1] = np.arange(1200) < 3
    assert "tells the groups apart" in _reason(four_group_weights(NAMES, once, accelerator, after))
    apart = covariates + 100 * after[:, None]
    assert "tells the groups apart" in _reason(four_group_weights(NAMES, apart, accelerator, after))


def test_a_covariate_that_is_the_same_for_everybody_in_the_first_group_is_nowhere_apart() -> None:
    covariates, accelerator, after = people()
    covariates[accelerator & ~after, 1] = 0.0
    found = four_group_weights(NAMES, covariates, accelerator, after)
    assert isinstance(found, FourGroupWeights)
    assert dict(found.apart_before)["need"] == 0.0


def _reason(found: FourGroupWeights | NotComputable) -> str:
    assert isinstance(found, NotComputable)
    return found.reason
