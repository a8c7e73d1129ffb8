"""Coverage as values: the total, a line for each area, and the member areas behind each line."""

from dataclasses import dataclass
from datetime import date

from ithrive.areas.ages import AgeBand
from ithrive.areas.coverage.members import MemberPlace
from ithrive.areas.places import Geography


@dataclass(frozen=True, slots=True)
class MemberShare:
    """The share of an area's people who live in one member area (0 to 1)."""

    member: MemberPlace
    share: float


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """One area of the geography: its people, and those of them who live in member areas.

    `covered` and `at_most` are whole people, and differ only where overlaps are not known exactly.
    """

    code: str
    name: str
    population: int
    share: float
    covered: int
    at_most: int
    members: tuple[MemberShare, ...]


@dataclass(frozen=True)
class Coverage:
    """Coverage on a day, on one geography; a line for each of its areas, member or not.

    `covered` and `population` are whole people and the exact sums of the lines.
    """

    country: str
    on: date
    ages: AgeBand
    geography: Geography
    mid_year: int
    members: tuple[MemberPlace, ...]
    lines: tuple[CoverageLine, ...]
    notes: tuple[str, ...]

    @property
    def population(self) -> int:
        return sum(line.population for line in self.lines)

    @property
    def covered(self) -> int:
        return sum(line.covered for line in self.lines)

    @property
    def at_most(self) -> int:
        return sum(line.at_most for line in self.lines)

    @property
    def share(self) -> float:
        """Covered people as a share of all (0 to 1)."""
        return self.covered / self.population

    @property
    def share_at_most(self) -> float:
        return self.at_most / self.population

    @property
    def areas_counted(self) -> int:
        """Local areas that are members on the day, each counted once."""
        return len({member.local_area for member in self.members})
