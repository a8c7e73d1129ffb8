"""A document as a tagged PDF for everybody (PDF/UA-1), set by Typst with our own letters."""

import json
from pathlib import Path
from typing import Any

from ithrive.problems import BadInput, Problem
from ithrive.reports.document import Block, Document, Drawn, Grid, Heading, NewPage, Paragraph, Points, Warned
from ithrive.reports.letters import FONTS, with_our_letters

LAYOUT = Path(__file__).parent / "layout.typ"
# Letters of a table: in a line of the page, in a short column, and what the widest counts for.
FITS, SHORT, WIDEST = 90, 18, 50


def pdf(document: Document) -> bytes:
    """The PDF; the same document gives the same bytes. Text reaches Typst as values, never as its source.

    Raises BadInput where the layout cannot be set, which is a fault of ours to report.
    """
    import typst

    words = json.dumps(_in_our_letters(_plain(document)), ensure_ascii=False)
    try:
        made = typst.compile(
            str(LAYOUT),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"document": words},
            pdf_standards=["ua-1"],
            timestamp=0,
        )
    except typst.TypstError as error:
        problem = Problem(
            "PDF", f"It cannot be set ({error}).", "Report this; take the page or Word meanwhile."
        )
        raise BadInput(problem) from error
    return bytes(made)


def _in_our_letters(told: Any) -> Any:
    if isinstance(told, str):
        return with_our_letters(told)
    if isinstance(told, dict):
        return {name: _in_our_letters(each) for name, each in told.items()}
    return [_in_our_letters(each) for each in told] if isinstance(told, list) else told


def _plain(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "made_of": document.made_of,
        "mark": document.mark,
        "blocks": [_block(each) for each in document.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(level, text):
            return {"is": "heading", "level": level, "text": text}
        case Paragraph(text):
            return {"is": "paragraph", "text": text}
        case Points(items):
            return {"is": "points", "items": list(items)}
        case Warned(text):
            return {"is": "warned", "text": text}
        case Grid():
            return _grid(block)
        case Drawn(picture):
            return {
                "is": "drawn",
                "svg": picture.svg,
                "title": picture.title,
                "sentence": picture.sentence,
                "table": _grid(block.grid) if block.grid else None,
            }
        case NewPage():
            return {"is": "new-page"}


def _grid(grid: Grid) -> dict[str, Any]:
    rows = [list(row) for row in grid.rows]
    told = {
        "widths": _widths(grid),
        "caption": grid.caption,
        "headings": list(grid.headings),
        "rows": rows,
        "source": grid.source,
    }
    return {"is": "grid", **told}


def _widths(grid: Grid) -> list[int] | None:
    """How the width is shared where a table does not fit as it is: nought for a column that is short enough
    to have what it needs, its longest text within bounds for any other. None where all fits.

    Left to itself, a column of sentences gets what narrow columns leave, which is little.
    """
    columns = zip(grid.headings, *grid.rows, strict=True)
    longest = [max(map(len, column)) for column in columns]
    if sum(longest) <= FITS:
        return None
    return [0 if long <= SHORT else min(long, WIDEST) for long in longest]
