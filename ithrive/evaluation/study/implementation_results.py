"""What a study found of its implementation: dated facts, and scores, figures and words side by side."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShownQuotation:
    """`text` is empty where it may not be shown; `why_not` says why. `said_by` names the sector at most."""

    text: str
    said_by: str
    why_not: str


@dataclass(frozen=True, slots=True)
class JointFigure:
    """An outcome's mean before and after the start at one site, None where held back or missing."""

    outcome: str
    before: float | None
    after: float | None
    why_not: str


@dataclass(frozen=True, slots=True)
class LevelScore:
    """The first and the last mean agreed score of one level of the instrument."""

    level: str
    first: float
    last: float


@dataclass(frozen=True, slots=True)
class JointRow:
    """One site: its first and last agreed score, overall and by level, its figures, and what was said."""

    site: str
    arm: str
    first_score: float | None
    last_score: float | None
    figures: tuple[JointFigure, ...]
    quotations: tuple[ShownQuotation, ...]
    levels: tuple[LevelScore, ...] = ()


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension at one site: dated facts, the days of the first and last, and in how many quarters.

    `people` adds up how many they reached, None where nobody counted or the sum is too small to show
    (`hidden`). Maintenance counts implementation a year and more after the start.
    """

    site: str
    arm: str
    dimension: str
    evidence: int
    first: str
    last: str
    quarters: int
    people: int | None
    hidden: bool


@dataclass(frozen=True, slots=True)
class ImplementationResult:
    """`maintained` are accelerator sites with evidence in two quarters or more, a year and more after start.

    `unknown` are kinds of evidence that no dimension has, counted. `context` is what moderators say of sites.
    """

    source: str
    dimensions: tuple[Dimension, ...]
    maintained: tuple[str, ...]
    unknown: tuple[tuple[str, int], ...]
    context: tuple[tuple[str, str, float], ...]
    joint: tuple[JointRow, ...]
    rule: str
