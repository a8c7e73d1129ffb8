"""What of the board to show."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ithrive.framework.approach import approach
from ithrive.web.components.forms import NHSForm
from ithrive.web.overview.board import NOT_BEGUN

WARNINGS = (("", "All"), ("any", "Any warning"), ("stalled", "Stalled"), ("quiet", "Worth a call"))


def _phases() -> list[tuple[str, str]]:
    phases = [(phase.code, phase.name) for phase in approach().phases]
    return [("", "All"), *phases, (NOT_BEGUN, "No step recorded")]


class BoardForm(NHSForm):
    """Filters of the board, in the address, so that a view of it can be sent to somebody."""

    phase = forms.ChoiceField(label="Phase", choices=_phases, required=False)
    region = forms.ChoiceField(label="Region", required=False)
    warning = forms.ChoiceField(label="Warning", choices=WARNINGS, required=False)

    def __init__(self, *args: Any, regions: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.fields["region"]
        assert isinstance(offered, forms.ChoiceField)
        offered.choices = [("", "All"), *((name, name) for name in regions)]

    def chosen(self) -> dict[str, str]:
        """What was asked for; an answer that is not in a list is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
