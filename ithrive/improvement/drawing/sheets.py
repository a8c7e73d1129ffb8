"""From a sheet to SVG that stands on a page: named, described, nothing in it that a strict page forbids."""

import hashlib
import json
import re
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from textwrap import wrap
from xml.etree.ElementTree import Element, SubElement, tostring

from defusedxml.ElementTree import fromstring

from ithrive.improvement.drawing.fonts import FAMILY, use_our_letters
from ithrive.improvement.drawing.palette import INK
from ithrive.improvement.drawing.sketch import Sheet, Size
from ithrive.improvement.drawing.spec import vega_lite

SVG = "http://www.w3.org/2000/svg"
# What Vega says of its parts to machines: the whole is one picture with one name.
NOT_KEPT = re.compile(r"class|role|aria-.*|style|id|pointer-events|.*\}space")
# Characters that no XML may hold.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def svg(sheet: Sheet) -> str:
    """The sheet as SVG. The same sheet gives the same bytes; needs the `reports` or `web` extra."""
    import vl_convert

    use_our_letters()
    drawn = fromstring(vl_convert.vegalite_to_svg(vega_lite(sheet.sketch)))
    root = _named_root(sheet)
    above = [(line, 700) for line in _wrapped(sheet.above, sheet.sketch.size)]
    below = [(line, 400) for line in _wrapped(sheet.below, sheet.sketch.size)]
    row = sheet.sketch.size.row
    height = int(drawn.attrib["height"]) + (len(above) + len(below)) * row + (10 if below else 0)
    SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": "#ffffff"})
    _write(root, above, sheet.sketch.size, from_y=0)
    inside = SubElement(root, "g", {"transform": f"translate(0,{len(above) * row})"})
    inside.extend(clean(child) for child in list(drawn)[1:])  # the first is its paper
    _write(root, below, sheet.sketch.size, from_y=len(above) * row + int(drawn.attrib["height"]))
    width = sheet.sketch.size.width
    root.attrib |= {"width": str(width), "height": str(height), "viewBox": f"0 0 {width} {height}"}
    return tostring(root, encoding="unicode")


def drawing_key(sheet: Sheet) -> str:
    """The name of a drawing by its content: the sheet, and the edition of all that draws it."""
    content = json.dumps([edition(), asdict(sheet)], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


@cache
def edition() -> str:
    """What drawings are made with: our own files here, our letters, and the libraries' versions."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    for file in [*sorted(here.glob("*.py")), *sorted(here.glob("fonts/*.ttf"))]:
        digest.update(file.read_bytes())
    return " ".join([digest.hexdigest(), version("altair"), version("vl-convert-python")])


def png(drawing: str, *, scale: float = 2) -> bytes:
    """An SVG drawing as a picture, `scale` times as large."""
    import vl_convert

    use_our_letters()
    return vl_convert.svg_to_png(drawing, scale=scale)


def sayable(text: str) -> str:
    """Text without the characters that no drawing can hold."""
    return FORBIDDEN.sub("", text)


def _named_root(sheet: Sheet) -> Element:
    name = f"c{drawing_key(sheet)[:16]}"
    root = Element("svg", {"xmlns": SVG, "role": "img"})
    root.attrib |= {"aria-labelledby": f"{name}-title", "aria-describedby": f"{name}-words"}
    SubElement(root, "title", {"id": f"{name}-title"}).text = sayable(sheet.title)
    SubElement(root, "desc", {"id": f"{name}-words"}).text = sayable(sheet.description)
    return root


def clean(element: Element) -> Element:
    """The element and all in it, without namespaces and without what only its maker reads."""
    kept = {name: value for name, value in element.attrib.items() if not NOT_KEPT.fullmatch(name)}
    made = Element(element.tag.rpartition("}")[2], kept)
    made.text = element.text
    made.extend(clean(child) for child in element)
    return made


def _wrapped(lines: tuple[str, ...], size: Size) -> list[str]:
    fit = int((size.width - 16) / (size.letters * 0.55))
    return [part for line in lines for part in wrap(sayable(line), fit) or [""]]


def _write(root: Element, lines: list[tuple[str, int]], size: Size, *, from_y: int) -> None:
    for number, (line, weight) in enumerate(lines):
        looks = {
            "font-family": FAMILY,
            "font-size": str(size.letters),
            "font-weight": str(weight),
            "fill": INK,
        }
        at = {"x": "8", "y": str(from_y + number * size.row + size.letters + 4)}
        SubElement(root, "text", {**at, **looks}).text = line
