"""What a check has found in a return: to be mended, or to be explained."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ithrive.measures import FigureKey
from ithrive.problems import Problem


class Severity(StrEnum):
    """A figure that cannot be right has to be mended. One that may be right has to be explained."""

    MUST_FIX = "must fix"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `rule` names the check; `key` the figure, or None where it is about more than one;
    `answer` is the reason that was given for the figure.
    """

    severity: Severity
    rule: str
    place: str
    what: str
    mend: str
    key: FigureKey | None = None
    answer: str = ""

    @property
    def stands_in_the_way(self) -> bool:
        """Whether the return cannot go on before something is done about it."""
        return self.severity is Severity.MUST_FIX or not self.answer

    @property
    def problem(self) -> Problem:
        return Problem(self.place, self.what, self.mend)

    def __str__(self) -> str:
        return f"{self.place}: {self.what} {self.mend}"


def open_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that stand in the way."""
    return tuple(each for each in findings if each.stands_in_the_way)
