"""One reason for many figures at once: which figures, and the words."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from ithrive.web.components.forms import NHSForm
from ithrive.web.returns.models import LONGEST_NOTE

MEANWHILE = "One of these figures was changed or explained meanwhile. Choose again"


class ReasonsForm(NHSForm):
    """`offered`: for each figure that is asked about its value and what is asked, in words."""

    figures = forms.MultipleChoiceField(
        label="Which figures does the reason explain?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose the figures that the reason explains"},
    )
    reason = forms.CharField(
        label="Reason",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea,
        help_text="It stands beside each of them, and goes with the figure to the charts. Do not write "
        "anything about a child or a family.",
        error_messages={"required": "Enter the reason"},
    )

    def __init__(self, *given: Any, offered: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        field = cast("forms.MultipleChoiceField", self.fields["figures"])
        field.choices = list(offered)
        field.error_messages["invalid_choice"] = MEANWHILE
