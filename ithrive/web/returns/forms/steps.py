"""What the steps of a return ask for: a file, a reason, a question, an answer, deadlines, who owes what."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from ithrive.periods import Quarter, quarters
from ithrive.returns import ReturnForm
from ithrive.returns.reading.workbook import LIMIT_BYTES
from ithrive.web.components.dates import DayField
from ithrive.web.components.forms import NHSForm
from ithrive.web.returns.models import LONGEST_NOTE, LONGEST_QUERY

ENDINGS = {"xlsx": "workbook", "csv": "csv", "json": "records"}
NARROW = {"inputmode": "numeric", "class": "nhsuk-input--width-3"}


class SendForm(NHSForm):
    """The file of a return; `seen` says what stood there when the page was opened."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    file = forms.FileField(
        label="The file with the figures",
        help_text="The workbook (.xlsx), the CSV file, or what “ithrive records” made (.json), up to 4 MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.json"}),
        error_messages={
            "required": "Choose the file with the figures",
            "empty": "The file is empty. Choose another",
        },
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.name or "").rsplit(".", 1)[-1].lower() not in ENDINGS:
            raise forms.ValidationError("The file must be a workbook (.xlsx), .csv or .json")
        if (file.size or 0) > LIMIT_BYTES:
            raise forms.ValidationError("The file must be 4 MB or smaller")
        return file


class SureForm(NHSForm):
    """A step that asks for nothing but its button."""


class NotesForm(NHSForm):
    """Empty takes the notes away; `seen` says what stood there when the page was opened."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    words = forms.CharField(
        label="Notes", max_length=LONGEST_NOTE, required=False, widget=forms.Textarea,
        help_text="For example a team that moved, or a system that was changed. Do not write anything about "
        "a child or a family.",
    )  # fmt: skip


class AgainForm(NHSForm):
    reason = forms.CharField(
        label="Why the figures are sent again", max_length=300, widget=forms.Textarea,
        help_text="It is shown with the differences. Do not write anything about a child or a family.",
        error_messages={"required": "Enter why the figures are sent again"},
    )  # fmt: skip


class AskForm(NHSForm):
    about = forms.ChoiceField(label="About which figure", required=False)
    question = forms.CharField(
        label="What you want to know", max_length=LONGEST_QUERY, widget=forms.Textarea,
        error_messages={"required": "Enter what you want to know"},
    )  # fmt: skip

    def __init__(self, *args: Any, form: ReturnForm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["about"]
        assert isinstance(chosen, forms.ChoiceField)
        offered = [(line.code, f"{line.measure_title}: {line.title} ({line.whom})") for line in form.lines]
        chosen.choices = [("", "The whole return"), *offered]


class AnswerForm(NHSForm):
    """`seen` says what stood there when the page was opened."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    words = forms.CharField(
        label="Your answer", max_length=LONGEST_QUERY, widget=forms.Textarea,
        error_messages={"required": "Enter your answer"},
    )  # fmt: skip


class DeadlinesForm(NHSForm):
    due_on = DayField(label="Day on which it is due", called="the day on which it is due")
    closes_on = DayField(
        label="Last day on which it is taken", called="the last day on which it is taken",
        help_text="A later day opens a quarter again that has closed.",
    )  # fmt: skip


class KeyForm(NHSForm):
    name = forms.CharField(
        label="What the key is for", max_length=60, help_text="For example, the nightly job of our trust.",
        error_messages={"required": "Enter what the key is for"},
    )  # fmt: skip


class ExpectForm(NHSForm):
    """Which areas owe returns for which quarters."""

    areas = forms.CharField(
        label="Codes of the areas, one on each line", widget=forms.Textarea,
        error_messages={"required": "Enter the codes of the areas"},
    )  # fmt: skip
    first = forms.ChoiceField(label="First quarter", error_messages={"required": "Choose the first quarter"})
    count = forms.IntegerField(
        label="How many quarters", min_value=1, max_value=20, initial=4,
        widget=forms.TextInput(attrs=NARROW),
        error_messages={"required": "Enter how many quarters", "invalid": "Quarters must be a whole number"},
    )  # fmt: skip
    due = forms.IntegerField(
        label="Weeks after the quarter in which they are due", min_value=0, max_value=52, initial=6,
        widget=forms.TextInput(attrs=NARROW),
        error_messages={"required": "Enter how many weeks", "invalid": "Weeks must be a whole number"},
    )  # fmt: skip
    closes = forms.IntegerField(
        label="Weeks after the quarter in which they close", min_value=0, max_value=104, initial=10,
        widget=forms.TextInput(attrs=NARROW),
        error_messages={"required": "Enter how many weeks", "invalid": "Weeks must be a whole number"},
    )  # fmt: skip
    study = forms.SlugField(
        label="Study", max_length=60, required=False,
        help_text="Its short name, for example ithrive-2027. Leave it empty for returns outside any study.",
        error_messages={"invalid": "Study must be letters, digits and hyphens"},
    )  # fmt: skip

    def __init__(self, *args: Any, offered: Sequence[Quarter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["first"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", "Choose"), *((each.label, each.label) for each in offered)]

    def codes(self) -> list[str]:
        return list(dict.fromkeys(self.cleaned_data["areas"].split()))

    def quarters(self) -> list[Quarter]:
        first = Quarter.parse(self.cleaned_data["first"])
        return list(quarters(first, first + (self.cleaned_data["count"] - 1)))

    def weeks(self) -> dict[str, timedelta]:
        values = self.cleaned_data
        return {
            "due_after": timedelta(weeks=values["due"]),
            "closes_after": timedelta(weeks=values["closes"]),
        }
