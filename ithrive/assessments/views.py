"""Two views of one system side by side: what staff said, and what young people said."""

from collections.abc import Mapping
from dataclasses import dataclass

from ithrive.assessments.profile import Profile
from ithrive.framework.instrument import Statement


@dataclass(frozen=True, slots=True)
class Gap:
    """One statement scored in both views. `steps` is above nought where staff score it higher."""

    statement: Statement
    staff: int
    young_people: int

    @property
    def steps(self) -> int:
        return self.staff - self.young_people


def gaps(staff: Profile, young_people: Profile) -> Mapping[str, Gap]:
    """The statements scored in both views of a round, by code, in the instrument's order.

    Both views are of one round, so of one version of the instrument. ValueError where they are not.
    """
    if staff.instrument != young_people.instrument:
        raise ValueError("The two views were made with different versions of the instrument.")
    found = {}
    for code, each in staff.statements.items():
        other = young_people.statements[code].score
        if each.score is not None and other is not None:
            found[code] = Gap(each.statement, each.score, other)
    return found
