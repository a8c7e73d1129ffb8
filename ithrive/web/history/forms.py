"""Choosing lines of history."""

from collections.abc import Iterable
from typing import Any

from django import forms

from ithrive.web.components.forms import NHSForm

Choices = Iterable[tuple[str, str]]


class ChangesForm(NHSForm):
    area = forms.ChoiceField(label="Area", required=False)
    by = forms.ChoiceField(label="Person or command", required=False)
    action = forms.ChoiceField(label="Action", required=False)

    def __init__(self, *args: Any, areas: Choices, authors: Choices, actions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in {"area": areas, "by": authors, "action": actions}.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # declared above
            field.choices = [("", "All"), *choices]

    def chosen(self) -> dict[str, str]:
        """What to filter by; nothing where an answer is not in the list."""
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}
