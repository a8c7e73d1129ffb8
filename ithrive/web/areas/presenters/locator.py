"""Where an area lies in its country: one dark shape among pale ones."""

from django.utils.safestring import SafeString, mark_safe

from ithrive.areas import spread_map
from ithrive.areas.paints import Paint
from ithrive.areas.shapes import Outlines
from ithrive.areas.spread_map import MapArea

_PALETTE = {"here": Paint("This area", "#003087"), "elsewhere": Paint("Elsewhere", "#d8dde0")}


def locator(outlines: Outlines, code: str, name: str, country: str) -> SafeString:
    """A small picture without links; blank where the area has no outline."""
    if code not in outlines.paths:
        return SafeString("")
    others = "".join(path for each, path in outlines.paths.items() if each != code)
    paths = {"elsewhere": others, "here": outlines.paths[code]}
    areas = [MapArea("elsewhere", country, "elsewhere", country), MapArea("here", name, "here", name)]
    svg = spread_map.draw(
        Outlines(outlines.view_box, paths, {}),
        areas,
        title=f"Where {name} lies in {country}",
        description="The page gives its code, its overlaps and its neighbours in time as tables.",
        palette=_PALETTE,
        prefix="locator",
    )
    return mark_safe(svg)  # noqa: S308 - `draw` escapes every name
