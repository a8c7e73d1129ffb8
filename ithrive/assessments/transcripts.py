"""Reading the text of a transcript that somebody sent: told by what it holds, never by its name.

Plain text, Word documents (.docx) and subtitles (.vtt) are read. Nothing in a file is ever run, and
a file that could do harm to whoever opens it later is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ithrive.assessments.passages import plain_text
from ithrive.assessments.subtitles import WEBVTT, text_of_subtitles
from ithrive.assessments.word_documents import text_of_word
from ithrive.problems import BadInput, Problem

MOST_BYTES = 5_000_000
MOST_CHARACTERS = 500_000
ZIP, OLE, PDF, RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF", b"{\\rtf"
SEND = "Send it as plain text (.txt), Word (.docx) or subtitles (.vtt)."
KEPT_CONTROLS = "\t\n\r\f"
BEGINS_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was read: the `kind` of file (txt, docx or vtt) and its text."""

    kind: str
    text: str


def read_transcript(content: bytes, *, name: str = "The transcript") -> Transcript:
    """The text of a transcript of at most 5 MB. Raises BadInput where it is empty, unsafe or no text."""
    if len(content) > MOST_BYTES:
        what = f"The file is bigger than {MOST_BYTES / 1_000_000:g} MB."
        raise BadInput(Problem(name, what, "Take out pictures and recordings; only its text is needed."))
    kind, read = _kind_of(content, name)
    text = plain_text(read(content, name))
    if not text.strip():
        raise BadInput(Problem(name, "There is no text in it.", "Check that you chose the right file."))
    if len(text) > MOST_CHARACTERS:
        what = f"Its text has {len(text):,} characters."
        raise BadInput(Problem(name, what, f"Send at most {MOST_CHARACTERS:,} at a time."))
    return Transcript(kind, text)


Reader = Callable[[bytes, str], str]


def _kind_of(content: bytes, name: str) -> tuple[str, Reader]:
    if content.startswith(ZIP):
        return "docx", text_of_word
    for begins, what in (
        (OLE, "The document has the old .doc format, or is locked with a password."),
        (PDF, "This is a PDF file."),
        (RTF, "This is an RTF file."),
    ):
        if content.startswith(begins):
            raise BadInput(Problem(name, what, SEND))
    if _decoded(content, name).startswith(WEBVTT):
        return "vtt", lambda sent, called: text_of_subtitles(_decoded(sent, called), called)
    return "txt", _decoded


def _decoded(content: bytes, name: str) -> str:
    """The text of these bytes. Raises BadInput where they are something else."""
    try:
        text = content.decode("utf-16" if content.startswith(BEGINS_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        what = "It is not plain text, or is saved in an old encoding."
        raise BadInput(Problem(name, what, f"Save it as UTF-8 text. {SEND}")) from error
    if any(each < " " and each not in KEPT_CONTROLS for each in text):
        raise BadInput(Problem(name, "It holds characters that no text has.", SEND))
    return text.replace("\f", "\n")
