"""A document as a Word file: real headings, tables with header rows, words for every picture."""

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ithrive.reports.document import Block, Document, Drawn, Grid, Heading, NewPage, Paragraph, Points, Warned
from ithrive.reports.word_looks import keep_row_whole, looks, marks_and_pages, repeat_heading

INCHES = 5.2
SHARP = 2.0
# A file's own clock would make two copies of the same report differ.
NO_TIME = (1980, 1, 1, 0, 0, 0)
# What a Word file cannot hold.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def word(document: Document) -> bytes:
    """The .docx file; the same document gives the same bytes."""
    import docx

    file: Any = docx.Document()
    about = file.core_properties
    about.title, about.author, about.language = _clean(document.title)[:255], "i-THRIVE platform", "en-GB"
    about.comments = ""
    about.created = about.modified = datetime(1980, 1, 1, tzinfo=UTC)
    looks(file)
    marks_and_pages(file, _clean(document.mark), _clean(document.title))
    file.add_heading(_clean(document.title), level=0)
    file.add_paragraph(_clean(document.subtitle))
    for each in document.blocks:
        _block(file, each)
    file.add_paragraph(_clean(document.made_of))
    kept = BytesIO()
    file.save(kept)
    return _without_times(kept.getvalue())


def _clean(text: str) -> str:
    return FORBIDDEN.sub("", text)


def _block(file: Any, block: Block) -> None:
    match block:
        case Heading(level, text):
            file.add_heading(_clean(text), level=level - 1)
        case Paragraph(text):
            file.add_paragraph(_clean(text))
        case Points(items):
            for each in items:
                file.add_paragraph(_clean(each), style="List Bullet")
        case Warned(text):
            file.add_paragraph().add_run(_clean(text)).bold = True
        case Grid():
            _table(file, block)
        case Drawn():
            _picture(file, block)
        case NewPage():
            file.add_page_break()


def _table(file: Any, grid: Grid) -> None:
    file.add_paragraph(_clean(grid.caption), style="Caption")
    table = file.add_table(rows=1 + len(grid.rows), cols=len(grid.headings), style="Table Grid")
    heading, *rows = table.rows
    for cell, text in zip(heading.cells, grid.headings, strict=True):
        cell.text = _clean(text)
        cell.paragraphs[0].runs[0].bold = True
    repeat_heading(heading)
    for made, row in zip(rows, grid.rows, strict=True):
        keep_row_whole(made)
        for cell, text in zip(made.cells, row, strict=True):
            cell.text = _clean(text)
    file.add_paragraph(f"Source: {_clean(grid.source)}" if grid.source else "", style="Source")


def _picture(file: Any, drawn: Drawn) -> None:
    import vl_convert
    from docx.shared import Inches

    picture = drawn.picture
    placed = file.add_picture(BytesIO(vl_convert.svg_to_png(picture.svg, scale=SHARP)), width=Inches(INCHES))
    words = placed._inline.docPr
    words.set("title", _clean(picture.title))
    words.set("descr", _clean(picture.sentence))
    file.paragraphs[-1].paragraph_format.keep_with_next = True
    file.add_paragraph(_clean(picture.sentence))
    if drawn.grid:
        _table(file, drawn.grid)


def _without_times(content: bytes) -> bytes:
    kept = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(kept, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            new.writestr(ZipInfo(name, NO_TIME), old.read(name), ZIP_DEFLATED)
    return kept.getvalue()
