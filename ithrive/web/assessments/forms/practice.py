"""The form of a rater's practice: one choice for each scene, on the anchors that all scenes share."""

from django import forms

from ithrive.assessments.calibration import Vignette, Vignettes
from ithrive.framework.instrument import LOWEST
from ithrive.web.components.forms import NHSForm


def practice_form(scenes: Vignettes) -> type[NHSForm]:
    """A form with the scenes as its fields, by their codes; its answers are scores."""
    choices = [(number, f"{number}: {words}") for number, words in enumerate(scenes.anchors, LOWEST)]
    fields = {each.code: _field(number, each, choices) for number, each in enumerate(scenes.vignette, 1)}
    return type("PracticeForm", (NHSForm,), fields)


def _field(number: int, scene: Vignette, choices: list[tuple[int, str]]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=f"Scene {number}. {scene.statement}",
        help_text=scene.scene,
        choices=choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": f"Scene {number}: choose a score"},
    )
