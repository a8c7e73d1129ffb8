"""Practice before rating: how a rater's scores compare with the reference, and what they are told."""

from pathlib import Path

import pytest

from ithrive.assessments.calibration import calibration, vignettes
from ithrive.assessments.estimates import Estimate, NotComputable
from ithrive.assessments.reading import OURS
from ithrive.problems import BadInput

REFERENCE = {each.code: each.score for each in vignettes().vignette}


def test_a_rater_who_gives_the_reference_scores_is_told_so() -> None:
    found = calibration(REFERENCE)
    assert found.sentence == "You gave the reference score to 8 of 8 scenes, and lean neither way."
    assert (found.same, found.within_one, found.scenes, found.leaning) == (8, 8, 8, 0)
    assert isinstance(found.kappa, Estimate)
    assert found.kappa.value == 1


@pytest.mark.parametrize(("steps", "way"), [(1, "higher"), (-1, "lower")])
def test_a_rater_who_leans_is_told_which_way(steps: int, way: str) -> None:
    found = calibration({code: min(4, max(1, score + steps)) for code, score in REFERENCE.items()})
    assert (
        found.sentence
        == f"You gave the reference score to 2 of 8 scenes, and tend to score {way} than the reference."
    )
    assert found.leaning == steps * 0.75


def test_each_scene_has_a_sentence_with_the_distance_and_the_reason() -> None:
    told = calibration({**REFERENCE, "one_plan": 4, "goals": 3}).feedback
    sentences = {each.vignette: each.sentence for each in told}
    assert sentences["one_plan"].startswith(
        "You gave 4; we would give 1, 3 steps lower. One organisation wrote it"
    )
    assert sentences["goals"].startswith(
        "You gave 3; we would give 4, one step higher. It is done in every service"
    )
    assert sentences["schools"].startswith("You gave 3, as we would. Nearly all schools")


def test_what_is_stored_beside_ratings_is_plain() -> None:
    assert calibration(REFERENCE).stored() == {
        "version": "practice 2026-1",
        "same": 8,
        "within_one": 8,
        "scenes": 8,
        "kappa": 1.0,
        "leaning": 0.0,
    }


def test_a_rater_whose_kappa_cannot_be_computed_stores_none(tmp_path: Path) -> None:
    few = tmp_path / "few.toml"
    ours = (OURS / "vignettes.toml").read_text(encoding="utf-8")
    few.write_text("[[vignette]]".join(ours.split("[[vignette]]")[:3]), encoding="utf-8")
    found = calibration({"one_plan": 1, "shared_choice": 3}, vignettes(few))
    assert isinstance(found.kappa, NotComputable)
    assert found.stored()["kappa"] is None


def test_scores_that_do_not_fit_the_scenes_are_refused_all_at_once() -> None:
    with pytest.raises(BadInput) as caught:
        calibration({**{code: 2 for code in REFERENCE if code != "risk"}, "goals": 5, "weather": 1})
    assert [(each.place, each.what) for each in caught.value.problems] == [
        ("Scene risk", "It has no score."),
        ("Scene goals", "5 is not on the scale."),
        ("Scene weather", "There is no such scene."),
    ]


def test_our_scenes_use_the_whole_scale_and_are_marked_as_ours() -> None:
    assert sorted(REFERENCE.values()) == [1, 1, 2, 2, 3, 3, 4, 4]
    assert "Our own wording" in vignettes().licence


def test_a_scene_stands_once(tmp_path: Path) -> None:
    twice = tmp_path / "twice.toml"
    ours = (OURS / "vignettes.toml").read_text(encoding="utf-8")
    twice.write_text(ours + "[[vignette]]" + ours.split("[[vignette]]")[1], encoding="utf-8")
    with pytest.raises(BadInput, match="A vignette's code stands twice"):
        vignettes(twice)
