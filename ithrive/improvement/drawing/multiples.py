"""Many small charts on one sheet, to be taken away. On a page, put single charts side by side instead."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from defusedxml.ElementTree import fromstring

from ithrive.improvement.charts import Chart
from ithrive.improvement.drawing.chart_sketch import up_ends
from ithrive.improvement.drawing.fonts import FAMILY
from ithrive.improvement.drawing.palette import INK, PAPER
from ithrive.improvement.drawing.pictures import chart_svg
from ithrive.improvement.drawing.sheets import SVG, clean, sayable
from ithrive.improvement.drawing.sketch import NARROW
from ithrive.problems import BadInput, Problem

HEADING, GAP = 26, 16


def small_multiples_svg(
    many: Sequence[Chart], *, title: str, columns: int = 3, unit: str = "", same_scale: bool = True
) -> str:
    """Charts side by side in the order given, each under its series' name. `same_scale` makes heights
    comparable: for one measure of several areas, not for several measures.

    Raises BadInput without a chart.
    """
    if not many:
        raise BadInput(Problem(title, "There is no chart to draw.", "Choose at least one."))
    ends = [up_ends(chart) for chart in many]
    shared = (min(low for low, _ in ends), max(high for _, high in ends)) if same_scale else None
    drawn = [
        fromstring(chart_svg(chart, title=chart.series.name, unit=unit, size=NARROW, up=shared))
        for chart in many
    ]
    cell_height = HEADING + max(int(each.attrib["height"]) for each in drawn) + GAP
    columns = min(columns, len(drawn))
    width, height = columns * (NARROW.width + GAP), -(-len(drawn) // columns) * cell_height
    root = Element("svg", {"xmlns": SVG, "role": "img", "aria-label": sayable(title)})
    root.attrib |= {"width": str(width), "height": str(height), "viewBox": f"0 0 {width} {height}"}
    SubElement(root, "title").text = sayable(title)
    SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": PAPER})
    for number, (chart, each) in enumerate(zip(many, drawn, strict=True)):
        row, column = divmod(number, columns)
        _put(root, chart.series.name, each, column * (NARROW.width + GAP), row * cell_height)
    return tostring(root, encoding="unicode")


def _put(root: Element, name: str, drawing: Element, x: int, y: int) -> None:
    place = SubElement(root, "g", {"transform": f"translate({x},{y})"})
    looks = {"font-family": FAMILY, "font-size": "14", "font-weight": "700", "fill": INK}
    SubElement(place, "text", {"x": "8", "y": "18", **looks}).text = sayable(name)
    inside = SubElement(place, "g", {"transform": f"translate(0,{HEADING})"})
    # Name and words of the single one stay behind: the whole is one picture.
    inside.extend(clean(each) for each in drawing if not each.tag.endswith(("title", "desc", "rect")))
