"""The three forms of a report: tagged, marked, the same bytes each time, and never taken in by a name."""

import io
import re
from functools import cache
from itertools import pairwise
from zipfile import ZipFile

import pytest

from ithrive.problems import BadInput
from ithrive.reports.as_html import html_body, html_page
from ithrive.reports.as_pdf import pdf
from ithrive.reports.as_word import word
from ithrive.reports.document import Document, Drawn, Grid, Heading, Paragraph
from ithrive.reports.study import Audience, study_report
from tests.reports import reading, studies


@cache
def told() -> Document:
    return study_report(studies.results(frozen=False), Audience.PUBLIC)


@cache
def as_pdf() -> bytes:
    return pdf(told())


@cache
def as_word() -> bytes:
    return word(told())


def grids() -> list[Grid]:
    found = [each.grid if isinstance(each, Drawn) else each for each in told().blocks]
    return [each for each in found if isinstance(each, Grid)]


def drawn() -> list[Drawn]:
    return [each for each in told().blocks if isinstance(each, Drawn)]


def test_every_form_says_every_sentence_and_every_cell():
    said = [each.text for each in told().blocks if isinstance(each, Heading | Paragraph)]
    cells = [cell for grid in grids() for row in (grid.headings, *grid.rows) for cell in row]
    forms = (
        reading.html_words(html_page(told())),
        reading.pdf_words(as_pdf()),
        reading.word_words(as_word()),
    )
    for form in map(_close, forms):
        assert [each for each in (*said, *cells) if _close(each) not in form] == []


def _close(text: str) -> str:
    """Without white space and hyphens, which lines end with."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def test_the_pdf_is_tagged_named_and_in_british_english():
    content = as_pdf()
    for mark in (
        b"/StructTreeRoot",
        b"/MarkInfo",
        b"/Marked true",
        b"/Lang(en-GB)",
        b"pdfuaid:part",
        b"/DisplayDocTitle true",
    ):
        assert mark in content
    assert b'xml:lang="x-default">Study to be told<' in content
    kinds = set(re.findall(rb"/S ?/(\w+)", content))
    assert {b"H1", b"H2", b"H3", b"P", b"L", b"Table", b"TH", b"TD", b"THead", b"Figure", b"Caption"} <= kinds


def test_headings_never_leave_out_a_level():
    page = reading.html_tags(html_page(told()))
    levels = [int(tag[1]) for tag, _ in page if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    styles = [each.style.name for each in reading.word_file(as_word()).paragraphs]
    assert [each for each in styles if re.match("Title|Heading", each)] == [
        "Title" if level == 1 else f"Heading {level - 1}" for level in levels
    ]


def test_every_picture_is_said_in_words_in_every_form():
    sentences = [f"{each.picture.title}. {each.picture.sentence}" for each in drawn()]
    assert len(sentences) > 3
    assert reading.pdf_alternatives(as_pdf()) == sentences
    placed = reading.pictures(reading.word_file(as_word()))
    assert [f"{each.get('title')}. {each.get('descr')}" for each in placed] == sentences
    shapes = [attributes for tag, attributes in reading.html_tags(html_page(told())) if tag == "svg"]
    assert len(shapes) == len(sentences)
    assert all(each["role"] == "img" and each["aria-labelledby"] for each in shapes)


def test_tables_have_headings_that_are_told_as_such_and_repeated():
    tables = reading.word_file(as_word()).tables
    assert len(tables) == len(grids())
    assert all(table.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for table in tables)
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for table in tables for row in table.rows[1:])
    page = reading.html_tags(html_page(told()))
    scopes = [attributes.get("scope") for tag, attributes in page if tag == "th"]
    assert set(scopes) == {"col", "row"}
    assert scopes.count("row") == sum(len(each.rows) for each in grids())
    assert as_pdf().count(b"/THead") >= len(grids())


def test_the_mark_stands_on_every_page_and_in_every_picture():
    mark = "Exploratory results · A fictional study"
    pages = as_pdf().count(b"/Type/Page/")
    assert pages > 5
    assert reading.pdf_words(as_pdf()).count(mark) >= pages + len(drawn()) - 1  # balance is no result
    assert reading.word_file(as_word()).sections[0].header.paragraphs[0].text == mark
    assert f'<p class="mark"><strong>{mark}' in html_page(told())
    results = [each.picture for each in drawn() if not each.picture.title.startswith("Balance")]
    assert all(mark in each.sentence for each in results)
    assert all(each.svg.count(mark) == 2 for each in results)  # drawn, and in its description


def test_without_a_mark_none_is_shown():
    plain = Document("A title", "Below it", "Made", (Heading(2, "One", "one"), Paragraph("Two.")))
    assert 'class="mark"' not in html_page(plain)
    assert reading.pdf_words(pdf(plain)).startswith("A title")


def test_the_page_asks_nobody_for_anything():
    tags = reading.html_tags(html_page(told()))
    assert {"script", "link", "img", "iframe"}.isdisjoint(tag for tag, _ in tags)
    addresses = [
        value for _, attributes in tags for name, value in attributes.items() if name in {"href", "src"}
    ]
    assert all(each and each.startswith("#") for each in addresses)
    assert not [
        name for _, attributes in tags for name in attributes if name.startswith("on") or name == "style"
    ]


def test_links_of_the_contents_lead_to_their_sections():
    tags = reading.html_tags(html_page(told()))
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(set(ids)) == len(ids)
    assert {f"#{each}" for each in ids} >= {attributes["href"] for tag, attributes in tags if tag == "a"}


def test_the_same_results_give_the_same_bytes_in_every_form():
    again = study_report(studies.results(frozen=False), Audience.PUBLIC)
    assert html_page(again) == html_page(told())
    assert pdf(again) == as_pdf()
    assert word(again) == as_word()


def test_no_form_holds_a_clock():
    with ZipFile(io.BytesIO(as_word())) as file:
        assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert set(re.findall(rb"/CreationDate ?\(([^)]*)\)", as_pdf())) <= {b"D:19700101000000Z"}


def test_names_are_told_and_never_obeyed():
    given = studies.hostile()
    made = study_report(given, Audience.PUBLIC)
    small = Document(made.title, made.subtitle, made.made_of, made.blocks[:6], made.marks)
    page = html_page(small)
    assert "<script" not in page
    assert "<script>alert('x')</script>" in reading.html_words(page)
    without_bell = given.name.replace("\x07", "")
    assert without_bell in reading.word_words(word(small))
    shown = _close(reading.pdf_words(pdf(small)))
    assert _close('#panic("x") $x$ *x* \\u{41}') in shown


def test_letters_that_our_font_lacks_stop_nothing():
    told = pdf(Document("Llŷn and Ynys Môn", "日本 🌱\x07", "", (Heading(2, "− “ ” – · é", "one"),)))
    said = reading.pdf_words(told)
    assert "Llyn and Ynys Môn" in said  # ŷ is not in our letters
    assert "− “ ” – · é" in said
    assert "□□" in said


def test_the_body_alone_is_the_blocks_of_the_page():
    assert html_body(told()) in html_page(told())
    assert "<h1" not in html_body(told())


def test_what_cannot_be_set_is_said_in_a_sentence():
    broken = Document("A title", "", "", (Grid("Twice", ("One", "Two"), (("1", "2"),)), Heading(9, "Deep")))
    with pytest.raises(BadInput, match="PDF: It cannot be set"):
        pdf(broken)
