"""What a drawing holds, in plain values: lines, spots, uprights and words. Charts become this, and this
becomes SVG; so it can be tested, and named by its content, without drawing anything.
"""

from dataclasses import dataclass
from enum import StrEnum


class LineLook(StrEnum):
    """What a line stands for."""

    FIGURES = "figures"
    CENTRE = "centre"
    LIMIT = "limit"
    PROVISIONAL = "provisional limit"
    NEAR_LIMIT = "inner limit"
    TARGET = "target"


class SpotLook(StrEnum):
    """What a spot stands for; the words are those of the key below the chart."""

    FIGURE = "Figure"
    USUAL = "Usual variation"
    BETTER_HIGH = "Improvement, high"
    BETTER_LOW = "Improvement, low"
    WORSE = "Concern"
    CHANGED = "Special cause, neither good nor bad"
    SUPPRESSED = "Suppressed"
    NOT_SUBMITTED = "Not submitted"
    NOT_APPLICABLE = "Not applicable"
    WITHHELD = "Withheld for quality"
    AREA = "Within the limits"
    UNUSUAL = "Outside the 99.8% limits"
    OWN = "This area"


@dataclass(frozen=True, slots=True)
class Size:
    """How much room there is, in pixels. A narrow drawing is for a telephone: its letters stay readable."""

    width: int
    plot: int
    letters: int
    narrow: bool
    right: int

    @property
    def row(self) -> int:
        """The height of a line of words."""
        return self.letters + 8


WIDE = Size(width=720, plot=260, letters=14, narrow=False, right=140)
NARROW = Size(width=320, plot=190, letters=13, narrow=True, right=14)


@dataclass(frozen=True, slots=True)
class Line:
    """One unbroken stretch of a line."""

    look: LineLook
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A figure; or, without a height, the place on the axis where one is missing."""

    look: SpotLook
    x: float
    y: float | None


@dataclass(frozen=True, slots=True)
class Upright:
    """A vertical line with the number under which the list below the chart explains it.

    `level` is how many rows its number is raised to stand clear of its neighbours.
    """

    x: float
    number: int
    level: int
    new_lines: bool


@dataclass(frozen=True, slots=True)
class Label:
    """Words at the right end of a line, at a height in pixels."""

    text: str
    height: float


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sketch:
    """Everything inside the axes of one drawing, and around them. `across` and `up` are the ends of the axes.

    `numbers` are uprights' numbers beside spots of a funnel: (x, y, number).
    """

    size: Size
    across: tuple[float, float]
    up: tuple[float, float]
    across_ticks: tuple[Tick, ...]
    up_ticks: tuple[Tick, ...]
    across_words: str
    up_words: str
    lines: tuple[Line, ...]
    spots: tuple[Spot, ...]
    uprights: tuple[Upright, ...] = ()
    labels: tuple[Label, ...] = ()
    numbers: tuple[tuple[float, float, int], ...] = ()
    line_key: tuple[tuple[LineLook, str], ...] = ()

    @property
    def spot_key(self) -> tuple[SpotLook, ...]:
        """What the key explains: every look there is, in the order they are defined.

        Plain figures, and those of usual variation, need no words where they are alone or look alike.
        """
        there = {spot.look for spot in self.spots}
        if SpotLook.USUAL in there:
            there -= {SpotLook.FIGURE}
        alone = len(there) == 1 and there <= {SpotLook.FIGURE, SpotLook.USUAL}
        return () if alone else tuple(look for look in SpotLook if look in there)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sketch with its name and its words. `above` and `below` stand around a drawing that is taken away
    from its page."""

    title: str
    description: str
    sketch: Sketch
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
