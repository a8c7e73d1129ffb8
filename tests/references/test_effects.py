"""Effects and exact tests against figures that others published.

Fisher, R. A. (1935), The Design of Experiments, section 21: Darwin's fifteen pairs of cross- and
self-fertilised maize, differences in eighths of an inch; in 863 of the 32,768 ways to sign them the sum is at
least the 314 seen, and as many on the other side. Counts, so the tolerance is nought. Fisher's t test of the
same: t = 2.148 with 14 degrees of freedom, printed to three decimals.
"""

import numpy as np
import pytest

from ithrive.evaluation import Inference, effect
from ithrive.evaluation.assignments import Swaps
from tests.evaluation.panels import panel

DARWIN = np.array([49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48], dtype=np.float64)
PRINTED = 5e-4


def test_fishers_863_of_32_768_signs():
    sums = Swaps(15).sums(DARWIN[None])[0]
    assert (len(sums), DARWIN.sum()) == (32_768, 314)
    assert int((sums >= 314).sum()) == 863


def test_the_same_from_a_panel_of_fifteen_pairs():
    figures = np.zeros((1, 30, 2))
    figures[0, :15, 1] = DARWIN
    names = [f"pot {at % 15}" for at in range(30)]
    found = effect(panel(figures, [1] * 15 + [2] * 15, pairs=names), "outcome 0").pair_swaps
    assert isinstance(found, Inference)
    assert found.p == 2 * 863 / 32_768
    t = DARWIN.mean() / (DARWIN.std(ddof=1) / np.sqrt(15))
    assert t == pytest.approx(2.148, abs=PRINTED)
