"""What the reading met that people should know, and went on."""

from dataclasses import dataclass

from ithrive.problems import Problem


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing met, and where: the run goes on, and figures that need what is missing are withheld."""

    code: str
    problem: Problem
    table: str = ""  # "MHS101"; empty where it is about the whole extract
    fields: tuple[str, ...] = ()  # fields that are wholly NULL for this reason
    months: tuple[int, ...] = ()  # UniqMonthIDs it is about; empty where it is about all
    provider: str = ""
