"""Bands of age: whose share is being counted."""

import re
from dataclasses import dataclass

from ithrive.problems import BadInput, Problem


@dataclass(frozen=True, slots=True, order=True)
class AgeBand:
    """People from their `youngest` birthday to the day before they turn `oldest` + 1."""

    youngest: int
    oldest: int

    def __post_init__(self) -> None:
        if not 0 <= self.youngest <= self.oldest:
            raise _bad(f"{self.youngest}-{self.oldest}")

    @classmethod
    def parse(cls, text: str) -> "AgeBand":
        """Read "0-17", or "16" for a single year of age. Raises BadInput."""
        found = re.fullmatch(r"([0-9]{1,3})(?:-([0-9]{1,3}))?", text.strip().replace("–", "-"))
        if not found:
            raise _bad(text)
        return cls(int(found[1]), int(found[2] or found[1]))

    @property
    def label(self) -> str:
        """In words: "0 to 17"."""
        return str(self.youngest) if self.youngest == self.oldest else f"{self.youngest} to {self.oldest}"


def _bad(text: str) -> BadInput:
    return BadInput(
        Problem("Ages", f"“{text}” is not a band of ages.", "Write the youngest and the oldest age, as 0-17.")
    )


CHILDREN = AgeBand(0, 17)
CHILDREN_AND_YOUNG_PEOPLE = AgeBand(0, 24)
