"""Transcripts: told by what they hold, read without harm, refused in words."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ithrive.assessments.transcripts import MOST_BYTES, MOST_CHARACTERS, read_transcript
from ithrive.assessments.word_documents import DOCUMENT, W
from ithrive.problems import BadInput

MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
NAMESPACE = W.strip("{}")
KINDS = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Override PartName="/word/document.xml" ContentType="{DOCUMENT}"/></Types>'
)
VTT = """WEBVTT

NOTE made by a meeting program
00:00:00.000 --> not this

1
00:00:01.000 --> 00:00:04.000
<v Ada Alder>We meet <i>every</i> month.</v>

00:05.000 --> 00:06.000 align:start
<v Ada Alder>And &amp; talk.</v>

00:00:07.000 --> 00:00:08.000
<v Ben>Do we?</v> <v Ada Alder>Yes.</v>

00:00:09.000 --> 00:00:10.000
Somebody else
"""


def document(body: str, *, kinds: str = KINDS, **parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", kinds)
        archive.writestr("word/document.xml", body)
        for name, content in parts.items():
            archive.writestr(f"word/{name.replace('__', '.')}", content)
    return out.getvalue()


def body(inside: str) -> str:
    return f'<w:document xmlns:w="{NAMESPACE}"><w:body>{inside}</w:body></w:document>'


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def refusal(content: bytes) -> str:
    with pytest.raises(BadInput) as caught:
        read_transcript(content)
    return str(caught.value)


def test_plain_text_is_read_with_one_kind_of_line_end() -> None:
    read = read_transcript(b"\xef\xbb\xbfOne \r\ntwo\r\rthree\n")
    assert (read.kind, read.text) == ("txt", "One\ntwo\n\nthree")


def test_text_that_windows_saved_in_sixteen_bits_is_read() -> None:
    assert read_transcript("Grüße".encode("utf-16")).text == "Grüße"


def test_speakers_of_subtitles_lose_their_names_and_their_turns_are_joined() -> None:
    read = read_transcript(VTT.encode())
    assert read.kind == "vtt"
    assert read.text == (
        "Speaker 1: We meet every month. And & talk.\nSpeaker 2: Do we?\nSpeaker 1: Yes.\nSomebody else"
    )


def test_subtitles_without_words_are_refused() -> None:
    assert "hold no words" in refusal(b"WEBVTT\n\nNOTE nothing\n")


def test_a_word_document_gives_its_paragraphs_breaks_and_tabs_but_not_what_was_deleted() -> None:
    inside = (
        f"<w:p>{run('One')}<w:r><w:tab/></w:r>{run('two')}<w:r><w:br/></w:r>{run('three')}</w:p>"
        f"<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>{run('kept')}</w:p>"
        f"<w:tbl><w:tr><w:tc><w:p>{run('cell')}</w:p></w:tc></w:tr></w:tbl>"
    )
    read = read_transcript(document(body(inside)))
    assert (read.kind, read.text) == ("docx", "One\ttwo\nthree\nkept\ncell")


def test_a_text_box_is_read_once() -> None:
    read = read_transcript(document(body(f"<w:p>{run('a')}<w:box><w:p>{run('b')}</w:p></w:box></w:p>")))
    assert read.text == "a\nb"


def test_a_name_says_nothing_about_what_a_file_is() -> None:
    assert read_transcript(b"Just words", name="evil.docx").kind == "txt"
    assert read_transcript(document(body(f"<w:p>{run('hi')}</w:p>")), name="a.txt").kind == "docx"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no text"),
        (b" \n \n", "no text"),
        (b"a\x00b", "characters that no text has"),
        (b"\x89PNG\r\n\x1a\n\x00", "not plain text"),
        (b"caf\xe9 au lait", "not plain text"),
        (b"%PDF-1.7 x", "PDF"),
        (b"{\\rtf1 x}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 x", "old .doc format"),
        (b"PK\x03\x04 and nothing", "damaged"),
        (b"x" * (MOST_BYTES + 1), "bigger than 5 MB"),
        (b"x" * (MOST_CHARACTERS + 1), "500,001 characters"),
        (document(body(""), vbaProject__bin=b"x"), "macros"),
        (document(body(""), **{"embeddings/sheet.xlsx": b"x"}), "another file"),
        (document(body("<w:p>")), "damaged"),
        (document(body(""), kinds=KINDS.replace(DOCUMENT, "text/plain")), "not a Word document"),
        (
            document(body(""), kinds=KINDS.replace(DOCUMENT, MACROS)),
            "may run macros",
        ),
        (document("x" * 60_000_000), "unpacks to far more"),
        (document('<!DOCTYPE x [<!ENTITY a "b">]>' + body("<w:p>&a;</w:p>")), "no document needs"),
    ],
)  # fmt: skip
def test_what_is_no_safe_text_is_refused_in_words(content: bytes, said: str) -> None:
    assert said in refusal(content)


def test_a_document_with_two_parts_of_one_name_is_refused() -> None:
    out = io.BytesIO(document(body("")))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("Word/Document.xml", body(f"<w:p>{run('other')}</w:p>"))
    assert "two parts of one name" in refusal(out.getvalue())


def test_a_document_cut_short_is_refused() -> None:
    whole = document(body(f"<w:p>{run('words ' * 500)}</w:p>"))
    assert "damaged" in refusal(whole[: len(whole) // 2])


@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"WEBVTT\n\n", b"\xff\xfe"]))
def test_any_bytes_are_read_or_refused_in_words(content: bytes, begins: bytes) -> None:
    with suppress(BadInput):
        assert read_transcript(begins + content).text


@given(st.binary(max_size=40), st.integers(0, 600))
@example(b"o", 510)  # a header that points before the beginning of the file
def test_a_damaged_document_is_read_or_refused_in_words(noise: bytes, place: int) -> None:
    whole = document(body(f"<w:p>{run('word')}</w:p>"))
    with suppress(BadInput):
        assert read_transcript(whole[:place] + noise + whole[place + len(noise) :]).text
