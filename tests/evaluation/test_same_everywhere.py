"""The same panel gives the same bytes in every process, and importing the evaluation stays light."""

import os
import subprocess
import sys

import pytest

import ithrive.evaluation

PROGRAM = """
from ithrive.evaluation import effects, family
from tests.evaluation.panels import drawn
found = effects(made := drawn(3, treated=10, comparison=10, waves=9, outcomes=2, missing=0.05, paired=True))
print([(e.estimate, e.changes, e.pair_swaps, e.splits, e.bootstrap, e.sensitivity, e.events) for e in found])
print(family(found))
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


def test_to_import_the_evaluation_imports_nothing_slow():
    program = f"import sys, ithrive.evaluation; print([name for name in {SLOW} if name in sys.modules])"
    assert printed(program).strip() == "[]"


def test_every_public_name_is_there():
    for name in ithrive.evaluation.__all__:
        assert getattr(ithrive.evaluation, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'effekt'"):
        _ = ithrive.evaluation.effekt  # type: ignore[attr-defined]  # that is the test
