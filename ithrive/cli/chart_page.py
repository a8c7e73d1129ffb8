"""A chart as a page of its own: drawing, sentence, events, table and where the figures came from."""

from collections.abc import Iterator, Sequence
from html import escape

from ithrive.improvement import Chart, chart_sentence

# As NHS pages look, and nothing fetched from anywhere.
STYLE = (
    "body{font-family:Arial,sans-serif;color:#212b32;line-height:1.5;"
    "max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse}"
    "th,td{text-align:left;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #d8dde0}"
    "svg{max-width:100%;height:auto}.wide{overflow-x:auto}figure{margin:0}li{overflow-wrap:anywhere}"
    ".numbered{list-style:none;padding:0}.narrow{display:none}"
    "@media(max-width:40rem){figure .broad{display:none}figure .narrow{display:block}h1{font-size:1.4rem}}"
)


def chart_page(chart: Chart, *, title: str, unit: str, sources: Sequence[str]) -> str:
    """The whole page as HTML that needs nothing else."""
    from ithrive.improvement.drawing import chart_events, chart_table

    headings, rows = chart_table(chart)
    events = [each.sentence for each in chart_events(chart)]
    body = [
        f"<h1>{escape(title)}</h1>",
        "".join(_drawings(chart, title, unit)),
        f"<p>{escape(chart_sentence(chart))}</p>",
        *(["<h2>What happened</h2>", _list(events, "numbered")] if events else []),
        "<h2>Figures</h2>",
        "".join(_table(title, headings, rows)),
        "<h2>Where they come from</h2>",
        _list(sources),
    ]
    viewport = '<meta name="viewport" content="width=device-width, initial-scale=1">'
    head = f'<meta charset="utf-8">{viewport}<title>{escape(title)}</title>'
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB"><head>{head}<style>{STYLE}</style></head>'
        f"<body><main>{''.join(body)}</main></body></html>\n"
    )


def _drawings(chart: Chart, title: str, unit: str) -> Iterator[str]:
    """The drawing twice, one of them shown: on a telephone the letters of the narrow one stay readable."""
    from ithrive.improvement.drawing import NARROW, WIDE, chart_svg

    yield "<figure>"
    for name, size in (("broad", WIDE), ("narrow", NARROW)):
        yield f'<div class="{name}">{chart_svg(chart, title=title, unit=unit, size=size)}</div>'
    yield "</figure>"


def _list(lines: Sequence[str], name: str = "plain") -> str:
    return f'<ul class="{name}">{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ul>'


def _table(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield '<div class="wide" tabindex="0" role="region" aria-label="Figures"><table>'
    heads = "".join(f'<th scope="col">{escape(each)}</th>' for each in headings)
    yield f"<caption>{escape(title)}</caption><thead><tr>{heads}</tr></thead><tbody>"
    for first, *others in rows:
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in others)
        yield f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>'
    yield "</tbody></table></div>"
