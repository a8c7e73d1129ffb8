"""What people fill in about a study."""

from typing import Any

from django import forms

from ithrive.web.components.forms import NHSForm

LONGEST = 1_000_000  # characters


class ProtocolForm(NHSForm):
    """A protocol, as the text of its file."""

    text = forms.CharField(
        label="Protocol (TOML)",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
        strip=False,
        help_text="Paste the file that “ithrive study check” found nothing wrong with.",
        error_messages={"required": "Paste the protocol"},
    )

    def clean_text(self) -> str:
        """Browsers send every line with both ends; a file has one."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


class ReasonForm(NHSForm):
    reason = forms.CharField(
        label="Why is the protocol amended?",
        max_length=300,
        help_text="It stands in every report, for good.",
        error_messages={"required": "Enter why"},
    )


class SureForm(NHSForm):
    sure = forms.BooleanField(error_messages={"required": "Tick the box to go on"})

    def __init__(self, *args: Any, label: str, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["sure"].label = label
