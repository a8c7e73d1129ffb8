"""The validity study itself: its studies are what they say, and it does not matter how it is run."""

import numpy as np
import pytest

from ithrive.evaluation import NotComputable
from ithrive.evaluation.randomisation import Lots
from validity.designs import DESIGNS, Design, study
from validity.judging import drift, holds, judgements, swaps_of
from validity.trials import in_batches, size


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: design.code)
def test_a_design_makes_the_study_it_names(design: Design) -> None:
    made = study(design, np.random.default_rng(1))
    assert made.figures.shape == (1, 20, design.waves)
    assert made.accelerator.sum() == design.treated
    assert bool(made.pairs) == design.paired
    assert (made.common_start is None) == design.staggered


def test_a_planted_effect_stands_after_the_start_of_accelerators_alone() -> None:
    design = DESIGNS[3]
    with_effect, without = (
        study(design, np.random.default_rng(5), effect=each).figures for each in (-3.0, 0.0)
    )
    assert with_effect - without == pytest.approx(
        -3.0 * study(design, np.random.default_rng(5)).treated[None]
    )


def test_outcomes_of_one_study_go_together() -> None:
    made = [study(DESIGNS[0], np.random.default_rng(seed), outcomes=2).figures for seed in range(400)]
    changes = np.array([each[:, :, 1:].mean(axis=2) - each[:, :, 0] for each in made])
    together = np.corrcoef(changes[:, 0].ravel(), changes[:, 1].ravel())[0, 1]
    # A quarter of the variance of shocks is shared; what single people add is not.
    assert 0.1 < together < 0.25


def test_every_judgement_is_tried_and_intervals_go_with_p() -> None:
    found = judgements(study(DESIGNS[0], np.random.default_rng(2)), splits=True)
    assert set(found) == {
        "CR0, normal", "CR1, t(G-1)", "CR2, Satterthwaite", "Webb wild bootstrap", "Pair swaps, exact",
        "All splits, exact",
    }  # fmt: skip
    for name, each in found.items():
        if "bootstrap" not in name:
            assert holds(each, 0.0) == (each.p > 0.05), name


def test_drift_is_bounded_where_waves_before_the_start_show_it():
    found = drift(study(DESIGNS[2], np.random.default_rng(2)))
    assert list(found) == ["Bounds on drift, straight"]
    assert drift(study(DESIGNS[0], np.random.default_rng(2))) == {}


def test_a_look_knows_only_what_was_there_by_then() -> None:
    made = study(DESIGNS[0], np.random.default_rng(3), outcomes=2)
    later = made.figures.copy()
    later[:, :, 4:] += 9
    one = swaps_of(made, 4)
    for outcome, lots in one.items():
        assert isinstance(lots, Lots)
        other = swaps_of(type(made)(**{**_fields(made), "figures": later}), 4)[outcome]
        assert not isinstance(other, NotComputable)
        assert (lots.figures == other.figures).all()


def test_the_number_of_processes_changes_nothing() -> None:
    one, two = (in_batches(size, "F", 12, processes) for processes in (1, 2))
    assert one == two
    assert one["CR2, Satterthwaite"].of == 12


def _fields(made: object) -> dict[str, object]:
    return {name: getattr(made, name) for name in made.__dataclass_fields__}  # type: ignore[attr-defined]  # a panel
