"""What a page of charts is asked for: one figure of a measure, in an area's record."""

from dataclasses import dataclass

from ithrive.measures import Measure, Shown
from ithrive.web.overview.charts.series import Beside, Record


@dataclass(frozen=True)
class Asked:
    """A measure and one figure of it, in an area's record, with what is recorded beside it."""

    measure: Measure
    shown: Shown
    record: Record
    beside: Beside
    area: str

    @property
    def title(self) -> str:
        return f"{self.shown.title}: {self.area}"
