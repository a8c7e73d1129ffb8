"""How lines and spots look. Shape says everything that colour says: for grey paper, and for eyes that tell
few colours apart. Every colour stands out from white at 3 to 1 or more (a test works it out).
"""

from dataclasses import dataclass

from ithrive.improvement.drawing.sketch import LineLook, SpotLook

INK = "#212b32"
GREY = "#4c6272"
BLUE = "#005eb8"
ORANGE = "#b35900"
PURPLE = "#6d3a8c"
PLUM = "#7c2855"
# Only behind other things: nothing is said by these.
GRID = "#d8dde0"
PAPER = "#ffffff"


@dataclass(frozen=True, slots=True)
class Stroke:
    colour: str
    width: float
    dash: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Stamp:
    """A shape as Vega names it, or as a path within -1 to 1."""

    shape: str
    colour: str
    filled: bool = True
    area: int = 64


LINES = {
    LineLook.FIGURES: Stroke(GREY, 1.5),
    LineLook.CENTRE: Stroke(INK, 1.5),
    LineLook.LIMIT: Stroke(GREY, 1.5, (7, 4)),
    LineLook.PROVISIONAL: Stroke(GREY, 1.5, (2, 4)),
    LineLook.NEAR_LIMIT: Stroke(GREY, 1, (2, 3)),
    LineLook.TARGET: Stroke(PLUM, 2, (10, 3, 2, 3)),
}

_ASTERISK = "M-0.9,0L0.9,0M-0.45,-0.78L0.45,0.78M-0.45,0.78L0.45,-0.78"
_SLASH = "M-0.6,0.9L0.6,-0.9"

SPOTS = {
    SpotLook.FIGURE: Stamp("circle", GREY),  # as nothing was judged, nothing is said
    SpotLook.USUAL: Stamp("circle", GREY),
    SpotLook.BETTER_HIGH: Stamp("triangle-up", BLUE, area=110),
    SpotLook.BETTER_LOW: Stamp("triangle-down", BLUE, area=110),
    SpotLook.WORSE: Stamp("diamond", ORANGE, area=120),
    SpotLook.CHANGED: Stamp("square", PURPLE, area=90),
    SpotLook.SUPPRESSED: Stamp(_ASTERISK, INK, filled=False, area=80),
    SpotLook.NOT_SUBMITTED: Stamp("circle", INK, filled=False, area=60),
    SpotLook.NOT_APPLICABLE: Stamp(_SLASH, INK, filled=False, area=80),
    SpotLook.WITHHELD: Stamp("square", INK, filled=False, area=60),
    SpotLook.AREA: Stamp("circle", GREY, area=40),
    SpotLook.UNUSUAL: Stamp("square", PURPLE, area=80),
    SpotLook.OWN: Stamp("diamond", BLUE, area=150),
}
