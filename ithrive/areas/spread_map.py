"""The spread map: areas drawn as SVG, each with its name and a link that the keyboard reaches.

Everything slow was done when the outlines were made; here strings are joined. Fills are presentation
attributes, so a page's content security policy needs no exception, and style sheets may override them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from ithrive.areas.legend import LINE, legend_column
from ithrive.areas.paints import ROLES, Palette, definitions, fill, used, xml_text
from ithrive.areas.shapes import Outlines

_BORDER = "#ffffff"
_TEXT = "#212b32"
_LEGEND_WIDTH, _EDGE = 330, 24


@dataclass(frozen=True, slots=True)
class MapArea:
    """One area on the map: how it is painted, what its title says, and where its link leads, if anywhere."""

    code: str
    name: str
    css_class: str
    label: str
    href: str | None = None


def draw(
    outlines: Outlines,
    areas: Sequence[MapArea],
    *,
    title: str,
    description: str,
    standalone: bool = False,
    palette: Palette = ROLES,
    prefix: str = "map",
) -> str:
    """The map as SVG text, its areas in the order given, which is the order of the keyboard.

    On a page: a group of links. With `standalone`: a picture to download, with title and legend in it.
    Areas without an outline are left out; they stand in the list beside the map. `prefix` begins the
    ids of the patterns: two maps on one page need two.
    """
    shown = [area for area in areas if area.code in outlines.paths]
    classes = {area.css_class for area in shown}
    needed = used(palette, classes)
    fills = {name: f'fill="{fill(name, needed, prefix)}"' for name in classes}
    patterns = definitions(needed, prefix)
    if standalone:
        body = patterns + _shapes(outlines, [_plain(outlines, area, fills) for area in shown])
        return _picture(outlines, body, title, description, needed, prefix)
    body = patterns + _shapes(outlines, [_linked(outlines, area, fills) for area in shown])
    return _on_page(outlines, body, title, description, grouped=any(area.href for area in shown))


def _plain(outlines: Outlines, area: MapArea, fills: Mapping[str, str]) -> str:
    return (
        f'<path {fills[area.css_class]} d="{outlines.paths[area.code]}"><title>{_label(area)}</title></path>'
    )


def _linked(outlines: Outlines, area: MapArea, fills: Mapping[str, str]) -> str:
    label = _label(area)
    paint = f'class="{xml_text(area.css_class)}" {fills[area.css_class]}'
    shape = f'<path {paint} d="{outlines.paths[area.code]}"><title>{label}</title></path>'
    if area.href is None:
        return shape
    return f'<a href="{xml_text(area.href)}" aria-label="{label}">{shape}</a>'


def _label(area: MapArea) -> str:
    return xml_text(area.label if area.name in area.label else f"{area.name}: {area.label}")


def _shapes(outlines: Outlines, drawn: Sequence[str]) -> str:
    """Areas, bordered thicker where thin lines run inside them."""
    border = f'stroke="{_BORDER}" stroke-linejoin="round" fill-rule="evenodd"'
    if not outlines.inner:
        return f'<g {border} stroke-width="1.4">{"".join(drawn)}</g>'
    thin = 'fill="none" stroke-width="0.8" opacity="0.55" pointer-events="none"'
    return f'<g {border} stroke-width="2.6">{"".join(drawn)}<path d="{outlines.inner}" {thin}/></g>'


def _on_page(outlines: Outlines, body: str, title: str, description: str, *, grouped: bool) -> str:
    """In a group each area is read out; a picture (`img`) is read as one."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="spread-map" viewBox="{_box(outlines.view_box)}"'
        f' role="{"group" if grouped else "img"}" aria-label="{xml_text(title)}">'
        f"<desc>{xml_text(description)}</desc>{body}</svg>"
    )


def _picture(
    outlines: Outlines, body: str, title: str, description: str, palette: Palette, prefix: str
) -> str:
    """A whole picture on white: title and description above the map, legend beside it."""
    left, top, across, down = outlines.view_box
    heading = _heading(title, description, chars=(across + _LEGEND_WIDTH) // 14)
    head = 2 * _EDGE + LINE * len(heading)
    width, height = across + _LEGEND_WIDTH + _EDGE, down + head + _EDGE
    lines = "".join(
        f'<text x="{_EDGE}" y="{_EDGE + LINE * (row + 1) - 6}" {look}>{xml_text(words)}</text>'
        for row, (words, look) in enumerate(heading)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" role="img" font-family="Arial, Helvetica, sans-serif">'
        f"<title>{xml_text(title)}</title><desc>{xml_text(description)}</desc>"
        f'<rect width="{width}" height="{height}" fill="#ffffff"/><g fill="{_TEXT}">{lines}</g>'
        f'<g transform="translate({-left} {head - top})">{body}</g>'
        f"{legend_column(palette, left=across + _EDGE, top=head + _EDGE, prefix=prefix)}</svg>"
    )


def _heading(title: str, description: str, chars: int) -> list[tuple[str, str]]:
    """Lines of the title and of the description, each with how it is set."""
    large = [(words, 'font-size="30" font-weight="bold"') for words in wrap(title, chars * 2 // 3)]
    return large + [(words, 'font-size="20"') for words in wrap(description, chars)]


def _box(view_box: tuple[int, int, int, int]) -> str:
    return " ".join(map(str, view_box))
