"""Gaps of a moderator are filled several ways and pooled; what cannot be filled is left out, as is said."""

from dataclasses import replace

import numpy as np
import pytest

from ithrive.evaluation import NotComputable
from ithrive.evaluation.missing import completed
from ithrive.evaluation.replication import Moderated, PairEffects, moderated
from ithrive.evaluation.study.moderator_slopes import slope
from tests.evaluation.study import small

RNG = np.random.default_rng(3)
VALUES = np.arange(10.0)
PAIRS = PairEffects(
    tuple(f"pair {at}" for at in range(10)), 2 * VALUES + RNG.normal(size=10), np.full(10, 0.5), ()
)
GAPS = np.where(np.isin(VALUES, [2, 7]), np.nan, VALUES)
PROTOCOL = small.protocol()


def told(found: Moderated | NotComputable) -> Moderated:
    assert isinstance(found, Moderated)
    return found


def test_without_gaps_it_is_the_slope_of_the_values():
    found = slope(PROTOCOL, PAIRS, VALUES, split="as-measured")
    assert found == moderated(PAIRS.effects, PAIRS.variances, VALUES)


def test_gaps_are_filled_and_slopes_pooled_as_by_hand():
    found = told(slope(PROTOCOL, PAIRS, GAPS, split="as-measured"))
    made = completed(("moderator", "effect"), np.column_stack([GAPS, PAIRS.effects]), sets=20, seed=2015)
    each = [told(moderated(PAIRS.effects, PAIRS.variances, one[:, 0])) for one in made.sets]
    slopes, errors = ([getattr(one, name) for one in each] for name in ("slope", "standard_error"))
    assert found.slope == pytest.approx(np.mean(slopes))
    total = np.mean(np.square(errors)) + 1.05 * np.var(slopes, ddof=1)
    assert found.standard_error == pytest.approx(np.sqrt(total))
    assert 0 < found.df < each[0].df == 8
    assert "2 missing values of the moderator completed in 20 ways" in found.method


def test_the_upper_half_is_told_anew_in_every_completed_set():
    found = told(slope(PROTOCOL, PAIRS, GAPS, split="median"))
    assert found.slope == pytest.approx(10, abs=3)  # halves lie five apart
    assert "completed" in found.method


def test_pairs_without_a_value_are_left_out_where_the_protocol_says_so_or_too_few_are_known():
    complete = PROTOCOL.model_copy(
        update={"missing": PROTOCOL.missing.model_copy(update={"covariates": "complete-sites"})}
    )
    known = ~np.isnan(GAPS)
    assert slope(complete, PAIRS, GAPS, split="as-measured") == moderated(
        PAIRS.effects[known], PAIRS.variances[known], GAPS[known]
    )
    few = np.where(VALUES < 4, VALUES, np.nan)
    assert told(slope(PROTOCOL, PAIRS, few, split="as-measured")).df == 2
    none = slope(PROTOCOL, replace(PAIRS, variances=np.zeros(10)), GAPS, split="as-measured")
    assert isinstance(none, NotComputable)
