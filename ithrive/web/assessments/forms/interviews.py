"""What people type about interviews: who was asked, what they agreed to, what they said."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from ithrive.assessments.interviewing import COVERS, LONGEST_NOTES, Covers, covers
from ithrive.assessments.passages import LONGEST_REMARK
from ithrive.assessments.sectors import SECTORS, VIEWS
from ithrive.assessments.transcripts import MOST_BYTES
from ithrive.framework.instrument import Instrument
from ithrive.web.assessments.models import Informant
from ithrive.web.components.dates import DayField
from ithrive.web.components.forms import NHSForm

NO_NAMES = "Leave out the names of everybody, and what would tell who somebody is."


def choices_of(form: NHSForm, field: str) -> forms.ChoiceField:
    found = form.fields[field]
    assert isinstance(found, forms.ChoiceField)
    return found


class InformantForm(NHSForm):
    """Somebody to interview. No name is asked for, and none is kept."""

    view = forms.ChoiceField(
        label="Whose view do they give?", choices=list(VIEWS.items()), widget=forms.RadioSelect,
        error_messages={"required": "Choose whose view they give"},
    )  # fmt: skip
    sector = forms.ChoiceField(
        label="Sector they work in", choices=[("", "None"), *SECTORS.items()], required=False,
        help_text="Leave it at “None” for young people and families.",
    )  # fmt: skip
    level = forms.ChoiceField(
        label="What do they speak of?", widget=forms.RadioSelect,
        error_messages={"required": "Choose what they speak of"},
    )  # fmt: skip

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [(each.code, f"{each.name}: {each.purpose}") for each in instrument.level]
        choices_of(self, "level").choices = levels


class ConsentForm(NHSForm):
    given_on = DayField(label="Day on which they agreed", called="the day on which they agreed")
    covers = forms.MultipleChoiceField(
        label="What did they agree to?", choices=[(each.value, words) for each, words in COVERS.items()],
        widget=forms.CheckboxSelectMultiple, error_messages={"required": "Choose what they agreed to"},
    )  # fmt: skip

    def covered(self) -> frozenset[Covers]:
        return covers(self.cleaned_data["covers"])

    @staticmethod
    def filled_with(informant: Informant) -> dict[str, Any]:
        return {"given_on": informant.consented_on, "covers": [each.value for each in informant.covered]}


class WithdrawForm(NHSForm):
    sure = forms.BooleanField(
        label="Remove everything this person said", error_messages={"required": "Tick the box to go on"}
    )


class NotesForm(NHSForm):
    held_on = DayField(label="Day of the interview", called="the day of the interview")
    text = forms.CharField(
        label="Notes", max_length=LONGEST_NOTES, strip=False, help_text=NO_NAMES, widget=forms.Textarea,
        error_messages={"required": "Enter what was said"},
    )  # fmt: skip


class ChangeNotesForm(NHSForm):
    text = forms.CharField(
        label="Notes", max_length=LONGEST_NOTES, strip=False, help_text=NO_NAMES, widget=forms.Textarea,
        error_messages={"required": "Enter what was said"},
    )  # fmt: skip
    # The digest of the text as this page showed it, so that nobody's later words are written over.
    shown = forms.CharField(widget=forms.HiddenInput, required=False)


class TranscriptForm(NHSForm):
    held_on = DayField(label="Day of the interview", called="the day of the interview")
    file = forms.FileField(
        label="Transcript", allow_empty_file=True,
        help_text="Plain text (.txt), Word (.docx) or subtitles (.vtt), up to 5 MB.",
        widget=forms.FileInput(attrs={"accept": ".txt,.docx,.vtt"}),
        error_messages={"required": "Choose the file of the transcript"},
    )  # fmt: skip
    no_names = forms.BooleanField(
        label="Names, and what would tell who somebody is, have been taken out",
        error_messages={"required": "Take out names first, then tick the box"},
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError("The file must be 5 MB or smaller")
        return file


class RemoveForm(NHSForm):
    reason = forms.CharField(
        label="Why is it removed?", max_length=200, widget=forms.Textarea,
        help_text="The history keeps this reason, and none of what was said.",
        error_messages={"required": "Enter why it is removed"},
    )  # fmt: skip


class UntieForm(NHSForm):
    """Nothing to fill in: the button says it."""


class MarkForm(NHSForm):
    """The statement that chosen lines are evidence for."""

    statement = forms.ChoiceField(
        label="Evidence for which statement?",
        error_messages={"required": "Choose the statement that this is evidence for"},
        widget=forms.Select(attrs={"class": "app-statement-choice"}),
    )
    remark = forms.CharField(
        label="Remark", max_length=LONGEST_REMARK, required=False,
        help_text="Raters do not see it. It is shown when scores are agreed.",
    )  # fmt: skip

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {each.code: each.name for each in instrument.level}
        choices_of(self, "statement").choices = [
            ("", "Choose"),
            *((each.code, f"{names[each.level]}: {each.text}") for each in instrument.statement),
        ]
