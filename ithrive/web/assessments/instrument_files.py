"""Instruments as files: what is handed out, and what somebody sent and has not confirmed yet."""

from collections.abc import Callable

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from ithrive.framework.instrument import Instrument
from ithrive.framework.instruments import read_instrument, to_redcap_csv, to_toml, to_xlsx
from ithrive.web.areas import uploads
from ithrive.web.components.forms import NHSForm

MOST_BYTES = 5_000_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# By the ending of the file: its kind, and how it is written.
WRITERS: dict[str, tuple[str, Callable[[Instrument], str | bytes]]] = {
    "toml": ("application/toml; charset=utf-8", to_toml),
    "csv": ("text/csv; charset=utf-8", to_redcap_csv),
    "xlsx": (XLSX, to_xlsx),
}
KIND = "instrument"


class InstrumentForm(NHSForm):
    """The file that an instrument is in."""

    file = forms.FileField(
        label="The instrument’s file",
        help_text="A workbook (.xlsx), a REDCap data dictionary (.csv) or a TOML file, up to 5 MB.",
        error_messages={
            "required": "Choose the file of the instrument",
            "empty": "The file is empty. Choose another",
        },
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError("The file must be 5 MB or smaller")
        return file


def download(instrument: Instrument, ending: str) -> HttpResponse:
    """The instrument as a file to take away, for whoever asked and no cache."""
    kind, written = WRITERS[ending]
    answer = HttpResponse(written(instrument), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{instrument.code}-{instrument.version}.{ending}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def keep(file: "UploadedFile[bytes]", *, sender: str) -> tuple[str, Instrument]:
    """Read a file that was sent, and keep it for its sender to confirm. Raises BadInput."""
    name = uploads.plain_name(file.name or "")
    content = file.read()
    instrument = read_instrument(content, name)
    return uploads.keep(uploads.Upload(KIND, "", sender, name, content)), instrument


def fetch(token: str, *, sender: str) -> tuple[str, Instrument]:
    """The name of the file that this person sent, and the instrument in it. Raises uploads.Expired."""
    upload = uploads.fetch(token, kind=KIND, country="", sender=sender)
    return upload.name, read_instrument(upload.content, upload.name)
