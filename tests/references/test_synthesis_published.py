"""Random-effects synthesis against published figures of the BCG vaccine trials.

Thirteen trials (Colditz et al. 1994), log risk ratios. metafor's documentation and Viechtbauer 2010
(Journal of Statistical Software 36(3), sections 3 and 4) print: mean -0.7145, tau squared 0.3132 by REML;
with absolute latitude as the moderator, slope -0.0291 and tau squared 0.0764.
"""

import numpy as np
import pytest

from ithrive.evaluation.replication import Moderated, Synthesis, moderated, synthesis

TOLERANCE = 6e-5  # four decimals are printed
# vaccinated with and without tuberculosis, not vaccinated with and without, absolute latitude
TRIALS = np.array(
    [
        (4, 119, 11, 128, 44), (6, 300, 29, 274, 55), (3, 228, 11, 209, 42), (62, 13536, 248, 12619, 52),
        (33, 5036, 47, 5761, 13), (180, 1361, 372, 1079, 44), (8, 2537, 10, 619, 19),
        (505, 87886, 499, 87892, 13), (29, 7470, 45, 7232, 27), (17, 1699, 65, 1600, 42),
        (186, 50448, 141, 27197, 18), (5, 2493, 3, 2338, 33), (27, 16886, 29, 17825, 33),
    ],
    dtype=np.float64,
)  # fmt: skip
ILL, WELL, OTHERS_ILL, OTHERS_WELL, LATITUDE = TRIALS.T
EFFECTS = np.log(ILL / (ILL + WELL)) - np.log(OTHERS_ILL / (OTHERS_ILL + OTHERS_WELL))
VARIANCES = 1 / ILL - 1 / (ILL + WELL) + 1 / OTHERS_ILL - 1 / (OTHERS_ILL + OTHERS_WELL)


def test_the_mean_and_the_variance_between_trials_are_the_published_ones() -> None:
    found = synthesis(tuple(map(str, range(13))), EFFECTS, VARIANCES)
    assert isinstance(found, Synthesis)
    assert (found.mean, found.tau2) == pytest.approx((-0.7145, 0.3132), abs=TOLERANCE)
    # Without Knapp and Hartung's scaling the published standard error is 0.1798.
    plain = sum(1 / (VARIANCES + found.tau2)) ** -0.5
    assert plain == pytest.approx(0.1798, abs=TOLERANCE)


def test_latitude_moderates_as_published() -> None:
    found = moderated(EFFECTS, VARIANCES, LATITUDE)
    assert isinstance(found, Moderated)
    assert (found.slope, found.tau2) == pytest.approx((-0.0291, 0.0764), abs=TOLERANCE)
