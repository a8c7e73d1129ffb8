"""Icons for what a measure does now and for its target. The pictures of the NHS are not ours to use: these
are our own, and say by shape and letter what they say by colour."""

from xml.etree.ElementTree import Element, SubElement, tostring

from ithrive.improvement.drawing.fonts import FAMILY
from ithrive.improvement.drawing.palette import BLUE, GREY, INK, ORANGE, PAPER, PLUM, PURPLE
from ithrive.improvement.icons import Assurance, Variation

SVG = "http://www.w3.org/2000/svg"

# In a square of 48: outline, colour, letter, and where its foot stands. The shapes are those of the charts.
_CIRCLE = "M24,4A20,20 0 1 1 23.99,4Z"
_UP = "M24,3L46,43H2Z"
_DOWN = "M24,45L2,5H46Z"
_DIAMOND = "M24,1L47,24L24,47L1,24Z"
_SQUARE = "M6,6H42V42H6Z"
_SHIELD = "M6,5H42V26C42,36 33,42 24,46C15,42 6,36 6,26Z"
_OCTAGON = "M15,3H33L45,15V33L33,45H15L3,33V15Z"
_HEXAGON = "M13,5H35L47,24L35,43H13L1,24Z"

SIGNS: dict[Variation | Assurance, tuple[str, str, str, int]] = {
    Variation.COMMON_CAUSE: (_CIRCLE, GREY, "U", 31),
    Variation.IMPROVEMENT_HIGH: (_UP, BLUE, "H", 39),
    Variation.IMPROVEMENT_LOW: (_DOWN, BLUE, "L", 23),
    Variation.CONCERN_HIGH: (_DIAMOND, ORANGE, "H", 31),
    Variation.CONCERN_LOW: (_DIAMOND, ORANGE, "L", 31),
    Variation.NEUTRAL_HIGH: (_SQUARE, PURPLE, "H", 31),
    Variation.NEUTRAL_LOW: (_SQUARE, PURPLE, "L", 31),
    Assurance.PASSES: (_SHIELD, BLUE, "P", 31),
    Assurance.FAILS: (_OCTAGON, PLUM, "F", 31),
    Assurance.HIT_AND_MISS: (_HEXAGON, INK, "?", 31),
}

LETTERS = {
    "U": "usual variation",
    "H": "high or rising",
    "L": "low or falling",
    "P": "passes the target",
    "F": "fails the target",
    "?": "hits and misses the target",
}


def icon_svg(meaning: Variation | Assurance, *, side: int = 40) -> str:
    """The icon, with its meaning as its name. Assurance is drawn as an outline, so that the two differ."""
    outline, colour, letter, foot = SIGNS[meaning]
    words = f"{str(meaning)[0].upper()}{str(meaning)[1:]}"
    filled = isinstance(meaning, Variation)
    root = Element("svg", {"xmlns": SVG, "role": "img", "aria-label": words, "viewBox": "0 0 48 48"})
    root.attrib |= {"width": str(side), "height": str(side)}
    SubElement(root, "title").text = words
    looks = {"fill": colour if filled else PAPER, "stroke": colour, "stroke-width": "1.5" if filled else "3"}
    SubElement(root, "path", {"d": outline, **looks})
    place = {"x": "24", "y": str(foot), "text-anchor": "middle", "fill": PAPER if filled else colour}
    looks = {"font-family": FAMILY, "font-size": "20", "font-weight": "700"}
    SubElement(root, "text", {**place, **looks, "aria-hidden": "true"}).text = letter
    return tostring(root, encoding="unicode")
