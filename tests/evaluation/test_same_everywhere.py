"""The same panel gives the same bytes in every process, and importing the evaluation stays light.

Dose, replication, staggered starts and moderators: `study/test_run.py`, which runs a study whole. The order
of sites: beside the tests of each method.
"""

import os
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import ithrive.evaluation
from ithrive.evaluation import Inference, Panel, effect, effects
from ithrive.evaluation.looks import Looks, sequential
from tests.evaluation.panels import drawn

PROGRAM = """
from ithrive.evaluation import effects, family
from ithrive.evaluation.looks import sequential
from ithrive.evaluation.staggered import honest
from tests.evaluation.panels import drawn
listed = drawn(3, treated=10, comparison=10, waves=6, outcomes=2, missing=0.05, paired=True)
unequal = drawn(4, treated=4, comparison=16, outcomes=2)
simulated = drawn(5, treated=30, comparison=30, outcomes=2, paired=True)
for made in (listed, unequal, simulated):
    found = effects(made)
    print([(e.estimate, e.changes, e.pair_swaps, e.splits, e.bootstrap, e.sensitivity) for e in found])
    print([e.events for e in found], family(found))
    looks = [{e.outcome: e.swap_lots for e in found}, {e.outcome: e.split_lots for e in found}]
    print([sequential([look, look], [0.5, 1.0], function="pocock") for look in looks])
    print(honest(drawn(6, treated=6, comparison=7, waves=6, start=4, missing=0.05), "outcome 0"))
"""
SLOW = ("scipy", "openpyxl", "statsmodels", "pandas", "pydantic", "django")


def printed(program: str, **environment: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout


def test_hash_seeds_and_threads_change_no_digit():
    one = printed(PROGRAM, PYTHONHASHSEED="0", OPENBLAS_NUM_THREADS="1")
    two = printed(PROGRAM, PYTHONHASHSEED="1", OPENBLAS_NUM_THREADS="2")
    assert len(one) > 1_000
    assert one == two


def test_the_seed_and_the_number_of_draws_are_the_analysts_and_said():
    made = drawn(5, treated=12, comparison=12, paired=True)
    one, other = effect(made, "outcome 0"), effect(made, "outcome 0", draws=999, seed=1)
    assert isinstance(one.bootstrap, Inference)
    assert isinstance(other.bootstrap, Inference)
    assert one.bootstrap.reference == "9,999 draws over 24 sites (seed 2015) and the real figures"
    assert other.bootstrap.reference == "999 draws over 24 sites (seed 1) and the real figures"
    assert isinstance(other.splits, Inference)
    whole = "choices of 12 accelerator sites from 24"
    assert other.splits.reference == f"999 random {whole} (seed 1) and the real one"
    assert other.bootstrap.p != one.bootstrap.p
    assert other.pair_swaps == one.pair_swaps  # all 4,096 are listed


@given(some.permutations(range(8)), some.sampled_from(["pair_swaps", "splits"]))
@settings(max_examples=6, deadline=None)
def test_looks_are_the_same_whatever_sites_and_pairs_are_called_and_whatever_else_is_measured(
    order: list[int], kind: str
):
    lots = {"pair_swaps": "swap_lots", "splits": "split_lots"}[kind]
    made = drawn(6, outcomes=3, paired=True)
    other = replace(
        made,
        figures=made.figures[:, order],
        starts=made.starts[order],
        pairs=tuple(f"turned {9 - int(made.pairs[at][-1])}" for at in order),
    )

    def looked(panel: Panel, outcomes: int) -> list[tuple[object, ...]]:
        given = {each.outcome: getattr(each, lots) for each in effects(panel)[:outcomes]}
        found = sequential([given, given], [0.5, 1.0], function="pocock", alpha=0.2)
        assert isinstance(found, Looks)
        return [(each.threshold, each.statistics, each.crossed, each.p) for each in found.results]

    assert looked(other, 2) == looked(made, 2)
    assert looked(made.only(["outcome 0", "outcome 1"]), 2) == looked(made, 2)


def test_to_import_the_evaluation_imports_nothing_slow():
    program = f"import sys, ithrive.evaluation; print([name for name in {SLOW} if name in sys.modules])"
    assert printed(program).strip() == "[]"


def test_every_public_name_is_there():
    for name in ithrive.evaluation.__all__:
        assert getattr(ithrive.evaluation, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'effekt'"):
        _ = ithrive.evaluation.effekt  # type: ignore[attr-defined]  # that is the test
