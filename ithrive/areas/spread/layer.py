"""A layer of a spread map: what each area shows, and what its colours mean."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

UNKNOWN_WORDS = "Not available"


@dataclass(frozen=True, slots=True)
class Shown:
    """What one area shows: a class to draw it by, words to say it in, and the amount behind the words."""

    css_class: str
    words: str
    amount: float | None = None


@dataclass(frozen=True, slots=True)
class LegendEntry:
    css_class: str
    words: str


@dataclass(frozen=True, slots=True)
class Layer:
    """One thing shown of every area drawn.

    `heading` names what is shown in a column, `amount_heading` the number behind it with its unit.
    """

    key: str
    title: str
    heading: str
    shown: Mapping[str, Shown]
    legend: tuple[LegendEntry, ...]
    amount_heading: str
    notes: tuple[str, ...] = field(default=())
    confidential: bool = False
    of_a_day: bool = True  # whether it differs from one day to another

    def codes_in(self, entry: LegendEntry) -> tuple[str, ...]:
        """The areas that stand under a line of the legend."""
        return tuple(code for code, each in self.shown.items() if each.css_class == entry.css_class)


def legend_of(shown: Mapping[str, Shown], entries: Iterable[LegendEntry]) -> tuple[LegendEntry, ...]:
    """Those lines of a legend under which an area stands."""
    used = {each.css_class for each in shown.values()}
    return tuple(entry for entry in entries if entry.css_class in used)
