"""Feedback on a rater's practice, as it was kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ithrive.assessments.calibration import Vignettes, calibration


@dataclass(frozen=True, slots=True)
class SceneFeedback:
    number: int
    statement: str
    scene: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PracticeFeedback:
    """`scenes` is empty where the scenes have changed since: then only what was kept can be said."""

    sentence: str
    scenes: tuple[SceneFeedback, ...]


def practice_feedback(kept: Mapping[str, Any], scenes: Vignettes) -> PracticeFeedback:
    """`kept` is what stands beside the rater's ratings: figures, the version of the scenes, the scores."""
    if kept["version"] != f"{scenes.code} {scenes.version}" or "scores" not in kept:
        told = f"You gave the reference score to {kept['same']} of {kept['scenes']} scenes"
        return PracticeFeedback(f"{told}, which have changed since ({kept['version']}).", ())
    found = calibration(kept["scores"], scenes)
    return PracticeFeedback(
        found.sentence,
        tuple(
            SceneFeedback(number, scene.statement, scene.scene, each.sentence)
            for number, (scene, each) in enumerate(zip(scenes.vignette, found.feedback, strict=True), 1)
        ),
    )
