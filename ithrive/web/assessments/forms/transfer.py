"""The form that takes a list of past rounds."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ithrive.web.areas.forms import ListForm
from ithrive.web.assessments.models import InstrumentVersion


class PastRoundsForm(ListForm):
    instrument = forms.ChoiceField(
        label="Instrument that the rounds were held with",
        error_messages={"required": "Choose the instrument"},
    )
    field_order = ["instrument", "file"]

    def __init__(self, *args: Any, versions: Sequence[InstrumentVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["instrument"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [(str(each.pk), str(each)) for each in versions]
