"""The forms of the pulse: how many links, and the questions themselves."""

from typing import Any

from django import forms

from ithrive.assessments.pulse import MOST_LINKS
from ithrive.assessments.relationships import Questionnaire
from ithrive.assessments.sectors import SECTORS
from ithrive.web.components.forms import NHSForm

CANNOT_SAY = "-"


class LinksForm(NHSForm):
    number = forms.IntegerField(
        label="How many links?",
        min_value=1,
        max_value=MOST_LINKS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "nhsuk-input--width-3"}),
        error_messages={
            "required": "Enter how many links",
            "invalid": "How many links must be a whole number",
        },
    )
    kind = forms.ChoiceField(
        label="How do you want them?",
        choices=[("sheet", "On a page to print and cut"), ("csv", "As a list (CSV)")],
        initial="sheet",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you want them"},
    )


class CloseForm(NHSForm):
    """Nothing to fill in: the button says it."""


class PulseForm(NHSForm):
    """One person's answers. Every question can be answered with “I cannot say”."""

    sector = forms.ChoiceField(
        label="Which sector do you work in?",
        choices=list(SECTORS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the sector you work in"},
    )

    def __init__(self, *args: Any, questions: Questionnaire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = tuple(each.code for each in questions.question)
        answers = [(str(number), words) for number, words in enumerate(questions.scale, 1)]
        for each in questions.question:
            self.fields[each.code] = forms.ChoiceField(
                label=each.text,
                choices=[*answers, (CANNOT_SAY, questions.cannot_say)],
                widget=forms.RadioSelect,
                error_messages={"required": f"Choose an answer to “{each.text}”"},
            )

    def scores(self) -> dict[str, int | None]:
        said = {code: self.cleaned_data[code] for code in self.codes}
        return {code: None if each == CANNOT_SAY else int(each) for code, each in said.items()}
