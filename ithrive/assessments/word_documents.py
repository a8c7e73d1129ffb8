"""The words of a Word document, read without opening anything else in it.

Macros, locked or damaged files, entities and whatever unpacks without end are refused.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ithrive.problems import BadInput, Problem

MOST_PARTS = 2_000
MOST_UNPACKED = 50_000_000
# Text packs tenfold; a bomb packs a thousandfold.
MOST_RATIO, RATIO_MATTERS_FROM = 200, 5_000_000
BODY, KINDS = "word/document.xml", "[Content_Types].xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
# Where a document keeps what runs by itself when it is opened, or is something else inside it.
RUNS = ("vbaproject", "vbadata", "activex", "embeddings/", ".bin", ".exe", ".js")
AGAIN = "Open it in the word processor and save it again as .docx, without macros."


def text_of_word(content: bytes, name: str) -> str:
    """The paragraphs of a document, one a line; table cells are paragraphs too. Raises BadInput.

    What was deleted while changes were tracked is left out.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_unsafe(archive.infolist(), name)
            _refuse_other_kinds(archive.read(KINDS), name)
            body = fromstring(archive.read(BODY), forbid_dtd=True)
    except BadInput:
        raise
    except (DefusedXmlException, NotImplementedError, RuntimeError) as error:
        what = "The document is locked, or holds something that no document needs."
        raise BadInput(Problem(name, what, AGAIN)) from error
    except Exception as error:  # unpacking raises whatever a damaged header makes it stumble over
        what = "This is not a Word document, or it is damaged."
        raise BadInput(Problem(name, what, AGAIN)) from error
    return "\n".join("".join(_words(paragraph)) for paragraph in body.iter(f"{W}p"))


def _refuse_unsafe(parts: Sequence[zipfile.ZipInfo], name: str) -> None:
    # The reader unpacks no more of a part than these headers say, so they can be believed.
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    thin = unpacked > RATIO_MATTERS_FROM and unpacked > MOST_RATIO * packed
    if thin or unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS:
        what = "The document unpacks to far more than it seems to hold."
        raise BadInput(Problem(name, what, "Copy its text into a new document and send that."))
    called = [part.filename.casefold() for part in parts]
    if len(set(called)) < len(called):
        raise BadInput(Problem(name, "The document holds two parts of one name.", AGAIN))
    if any(runs in each for each in called for runs in RUNS):
        raise BadInput(Problem(name, "The document holds macros or another file.", AGAIN))


def _refuse_other_kinds(kinds: bytes, name: str) -> None:
    """The document must say of itself that it is a document without macros."""
    declared = {
        each.get("PartName", ""): each.get("ContentType", "") for each in fromstring(kinds, forbid_dtd=True)
    }
    if any("macroenabled" in kind.casefold() for kind in declared.values()):
        raise BadInput(Problem(name, "The document may run macros.", AGAIN))
    if declared.get(f"/{BODY}") != DOCUMENT:
        raise BadInput(Problem(name, "This is not a Word document.", AGAIN))


def _words(paragraph: Any) -> Iterator[str]:
    """The runs of one paragraph. A paragraph inside it, as in a text box, comes by itself."""
    for each in paragraph:
        if each.tag == f"{W}p":
            continue
        if each.tag == f"{W}t":
            yield each.text or ""
        elif each.tag == f"{W}tab":
            yield "\t"
        elif each.tag in (f"{W}br", f"{W}cr"):
            yield "\n"
        else:
            yield from _words(each)
