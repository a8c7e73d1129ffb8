"""What to make: how many people, over which months, in which sites, and from which seed."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from ithrive.problems import BadInput, Problem
from ithrive.records.model import FIRST_MONTH

# Names that are nobody's; see ithrive.areas.fictional.names.
SITES = ("Alderbrook", "Brackenford", "Bryonymere")
# People of one batch: enough that files are not small, few enough that a batch fits into a gigabyte.
BATCH = 20_000
BATCHES_AT_MOST = 64
MOST_PEOPLE = 20_000_000
MOST_SITES = 90


@dataclass(frozen=True)
class Settings:
    """The same settings give the same bytes. `first_month` is a UniqMonthID, April 2024 by default.

    `copies` is the share of contacts that stand there twice, word for word. `spoil` is the share of rows
    that are spoilt on purpose; the planted truth holds only where both are nought.
    """

    people: int
    months: int = 30
    seed: int = 1
    first_month: int = field(default=FIRST_MONTH["6"])
    sites: tuple[str, ...] = SITES
    file_format: Literal["parquet", "csv"] = "parquet"
    copies: float = 0.0
    spoil: float = 0.0
    batch_people: int = 0  # 0: as many as suit the number of people

    def __post_init__(self) -> None:
        if problems := list(_problems(self)):
            raise BadInput(problems)

    @cached_property
    def batch_size(self) -> int:
        return self.batch_people or max(BATCH, -(-self.people // BATCHES_AT_MOST))

    @property
    def batches(self) -> int:
        return -(-self.people // self.batch_size)


def _problems(settings: Settings) -> "list[Problem]":
    limits = {
        "--people": (settings.people, 1, MOST_PEOPLE),
        "--months": (settings.months, 1, 120),
        "--seed": (settings.seed, 0, 2**63),
        "--spoil": (settings.spoil, 0, 1),
        "--copies": (settings.copies, 0, 1),
        "--site": (len(settings.sites), 1, MOST_SITES),
    }
    found = [
        Problem(option, f"{value} is not between {low} and {high:,}.", "Give a number between them.")
        for option, (value, low, high) in limits.items()
        if not low <= value <= high
    ]
    if settings.first_month < FIRST_MONTH["6"]:
        what = "Extracts are made in version 6 of the data set, which began in April 2024."
        found.append(Problem("--from", what, "Give 2024-04 or a later month."))
    if len(set(settings.sites)) < len(settings.sites):
        found.append(Problem("--site", "Two sites have the same name.", "Give each its own."))
    return found
