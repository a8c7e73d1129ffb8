"""The name of a figure: which measure, what of it, in which grouping, for whom."""

from dataclasses import dataclass
from typing import Self

from ithrive.framework import framework

# Beside the five groupings: people whose grouping nobody recorded. With them all add up to the whole.
NOT_KNOWN = "not-known"


@dataclass(frozen=True, order=True, slots=True)
class FigureKey:
    """One figure of a return. `grouping` is empty for all groupings together; `breakdown` is empty for
    everybody, or names whom the figure is about, as “sex=female”.
    """

    measure: str
    figure: str
    grouping: str = ""
    breakdown: str = ""

    @property
    def text(self) -> str:
        """The key in one text: “H3.started”, “H3.started/getting-help”, “H1.people//sex=female”."""
        tail = "/".join(filter(None, (self.grouping, self.breakdown))) if self.grouping else ""
        if self.breakdown and not self.grouping:
            tail = f"/{self.breakdown}"
        return f"{self.measure}.{self.figure}" + (f"/{tail}" if tail else "")

    @classmethod
    def parse(cls, text: str) -> Self:
        """The key that a text names. Raises ValueError where it names none."""
        head, _, rest = text.partition("/")
        measure, dot, figure = head.partition(".")
        if not (measure and dot and figure):
            raise ValueError(f"{text!r} names no figure: write it as “H3.started/getting-help”.")
        grouping, _, breakdown = rest.partition("/")
        return cls(measure, figure, grouping, breakdown)

    @property
    def whole(self) -> "FigureKey":
        """The same figure for all groupings together."""
        return FigureKey(self.measure, self.figure, "", self.breakdown)


def grouping_codes() -> tuple[str, ...]:
    """The codes by which a return splits a figure: the five groupings, then those not known."""
    return (*(each.code for each in framework().groupings.grouping), NOT_KNOWN)
