"""What stands in a report, read back from its bytes as a reader's program would."""

import io
import re
import zlib
from html.parser import HTMLParser
from typing import Any

import docx

STREAM = re.compile(rb"(\d+) 0 obj\s*<<.{0,600}?>>\s*stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)|\bET\b", re.DOTALL)
ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def html_words(page: str) -> str:
    """Everything told, the words of pictures too."""
    return " ".join(_read(page).found)


def html_tags(page: str) -> list[tuple[str, dict[str, str | None]]]:
    return _read(page).tags


def _read(page: str) -> _Words:
    words = _Words()
    words.feed(page)
    return words


def word_file(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def word_words(content: bytes) -> str:
    """Body, tables, heads and feet of pages, and what is said of pictures."""
    file = word_file(content)
    page = file.sections[0]
    parts = [file.element.body, page.header._element, page.footer._element]
    told = [node.text or "" for part in parts for node in part.iter() if node.tag.endswith("}t")]
    return " ".join([*told, *(each.get("descr") or "" for each in pictures(file))])


def pictures(file: Any) -> list[Any]:
    return [each for each in file.element.body.iter() if each.tag.endswith("}docPr")]


def pdf_words(content: bytes) -> str:
    """The letters of every page in the order in which they are set, and what is said of pictures."""
    streams = {int(at): _unpacked(packed) for at, packed in STREAM.findall(content)}
    fonts = dict(re.findall(rb"/(f\d+) (\d+) 0 R", content))
    letters = {name: _letters(content, streams, int(at)) for name, at in fonts.items()}
    told = [_shown(each, letters) for _, each in sorted(streams.items()) if b"BT" in each and b"Tf" in each]
    return " ".join([*told, *pdf_alternatives(content)])


def pdf_alternatives(content: bytes) -> list[str]:
    """What is said in place of each picture."""
    found = re.findall(rb"/Alt ?(?:<([0-9A-Fa-f]+)>|\(((?:\\.|[^\\()])*)\))", content)
    return [
        bytes.fromhex(code.decode()).decode("utf-16") if code else text.decode("latin-1")
        for code, text in found
    ]


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompress(packed)
    except zlib.error:
        return b""


def _letters(content: bytes, streams: dict[int, bytes], font: int) -> dict[int, str]:
    named = re.search(rb"\b%d 0 obj\s*<<.{0,400}?/ToUnicode (\d+) 0 R" % font, content, re.DOTALL)
    assert named
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", streams[int(named[1])])
    return {int(glyph, 16): bytes.fromhex(code.decode()).decode("utf-16-be") for glyph, code in pairs}


def _shown(page: bytes, letters: dict[bytes, dict[int, str]]) -> str:
    said, font = [], b""
    for each in SHOWN.finditer(page):
        if each[1]:
            font = each[1]
        elif each[0] == b"ET":
            said.append(" ")
        else:
            code = ESCAPED.sub(_plain, each[0][1:-1])
            said += [
                letters[font].get(int.from_bytes(code[at : at + 2], "big"), "")
                for at in range(0, len(code), 2)
            ]
    return "".join(said)


def _plain(escaped: re.Match[bytes]) -> bytes:
    code = escaped[1]
    return bytes([int(code, 8)]) if code.isdigit() else LETTERS.get(code, code)
