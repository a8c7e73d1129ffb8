"""A document as a Word file: real headings, tables with header rows, words for every picture."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ithrive.reports.document import Block, Document, Drawn, Grid, Heading, NewPage, Paragraph, Points, Warned

INCHES = 6.3
SHARP = 2.0
# A file's own clock would make two copies of the same report differ.
NO_TIME = (1980, 1, 1, 0, 0, 0)


def word(document: Document) -> bytes:
    """The .docx file; the same document gives the same bytes."""
    import docx

    file: Any = docx.Document()
    about = file.core_properties
    about.title, about.author, about.language = document.title, "i-THRIVE platform", "en-GB"
    about.created = about.modified = datetime(1980, 1, 1, tzinfo=UTC)
    file.styles["Normal"].font.name = "Arial"
    file.add_heading(document.title, level=0)
    file.add_paragraph(document.subtitle)
    for each in document.blocks:
        _block(file, each)
    file.add_paragraph(document.made_of)
    kept = BytesIO()
    file.save(kept)
    return _without_times(kept.getvalue())


def _block(file: Any, block: Block) -> None:
    match block:
        case Heading(level, text):
            file.add_heading(text, level=level - 1)
        case Paragraph(text):
            file.add_paragraph(text)
        case Points(items):
            for each in items:
                file.add_paragraph(each, style="List Bullet")
        case Warned(text):
            file.add_paragraph().add_run(text).bold = True
        case Grid():
            _table(file, block)
        case Drawn():
            _picture(file, block)
        case NewPage():
            file.add_page_break()


def _table(file: Any, grid: Grid) -> None:
    file.add_paragraph().add_run(grid.caption).bold = True
    table = file.add_table(rows=1, cols=len(grid.headings), style="Light Grid Accent 1")
    for cell, text in zip(table.rows[0].cells, grid.headings, strict=True):
        cell.text = text
    _repeat_heading(table.rows[0])
    for row in grid.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _repeat_heading(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _picture(file: Any, drawn: Drawn) -> None:
    import vl_convert
    from docx.shared import Inches

    picture = drawn.picture
    placed = file.add_picture(BytesIO(vl_convert.svg_to_png(picture.svg, scale=SHARP)), width=Inches(INCHES))
    words = placed._inline.docPr
    words.set("title", picture.title)
    words.set("descr", picture.sentence)
    file.add_paragraph(picture.sentence)
    _table(file, Grid(picture.title, picture.headings, picture.rows))


def _without_times(content: bytes) -> bytes:
    kept = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(kept, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            new.writestr(ZipInfo(name, NO_TIME), old.read(name), ZIP_DEFLATED)
    return kept.getvalue()
