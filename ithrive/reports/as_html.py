"""A document as one HTML page that needs nothing else: no script, no address of anybody's."""

from html import escape
from pathlib import Path

from ithrive.reports.document import Block, Document, Drawn, Grid, Heading, NewPage, Paragraph, Points, Warned

STYLE = Path(__file__).parent / "page.css"


def html_page(document: Document) -> str:
    """The whole page. Text is escaped; pictures are the SVG of `ithrive.reports.pictures`."""
    title, style = escape(document.title), STYLE.read_text(encoding="utf-8")
    mark = f'<p class="mark"><strong>{escape(document.mark)}</strong></p>\n' if document.marks else ""
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        f'{mark}<h1>{title}</h1>\n<p class="subtitle">{escape(document.subtitle)}</p>\n'
        f"{html_contents(document)}{html_body(document)}"
        f'<p class="made-of">{escape(document.made_of)}</p>\n</main>\n</body>\n</html>\n'
    )


def html_contents(document: Document) -> str:
    """Links to the sections of the document."""
    links = "".join(f'<li><a href="#{each.id}">{escape(each.text)}</a></li>' for each in document.sections)
    return f'<nav aria-label="Contents"><ul>{links}</ul></nav>\n'


def html_body(document: Document) -> str:
    """The blocks alone, one after the other, for a page that has a heading already."""
    return "".join(f"{_block(each, at)}\n" for at, each in enumerate(document.blocks))


def _block(block: Block, at: int) -> str:
    match block:
        case Heading(level, text, identity):
            named = f' id="{escape(identity)}"' if identity else ""
            return f"<h{level}{named}>{escape(text)}</h{level}>"
        case Paragraph(text):
            return f"<p>{escape(text)}</p>"
        case Points(items):
            return "<ul>" + "".join(f"<li>{escape(each)}</li>" for each in items) + "</ul>"
        case Warned(text):
            return f'<p class="warned"><strong>{escape(text)}</strong></p>'
        case Grid():
            return _table(block, at)
        case Drawn():
            return _figure(block, at)
        case NewPage():
            return '<hr class="new-page">'


def _figure(drawn: Drawn, at: int) -> str:
    grid = drawn.grid
    said = f"<figcaption>{escape(drawn.picture.sentence)}</figcaption>"
    # On a narrow screen a picture keeps a size that can be read, and scrolls as a wide table does.
    scrolled = f'<div class="wide" role="region" aria-label="{escape(drawn.picture.title)}" tabindex="0">'
    figure = f"<figure>{scrolled}{drawn.picture.svg}</div>{said}</figure>"
    if grid is None:
        return figure
    return f"{figure}<details><summary>The figures of this picture</summary>{_table(grid, at)}</details>"


def _table(grid: Grid, at: int) -> str:
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in grid.headings)
    rows = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(each)}</td>" for each in row[1:])
        + "</tr>"
        for row in grid.rows
    )
    source = f'<p class="source">Source: {escape(grid.source)}</p>' if grid.source else ""
    # A wide table scrolls by itself, and whoever has no mouse can reach it to scroll it.
    return (
        f'<div class="wide" role="region" aria-labelledby="table-{at}" tabindex="0"><table>'
        f'<caption id="table-{at}">{escape(grid.caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{source}"
    )
