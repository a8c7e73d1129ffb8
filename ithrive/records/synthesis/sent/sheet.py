"""The rows of one table that one batch sends: which month and provider each is of, and its columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ithrive.records.synthesis.arrays import Flags, Ints, Rng
from ithrive.records.synthesis.country import Country
from ithrive.records.synthesis.sent.columns import Column, codes, same, whole_numbers

MARK = "SyntheticData"
MARKED = "Synthetic. Never real. No person in it exists."


@dataclass(frozen=True)
class Sent:
    """`row` is the place of each sent row among what happened, by month. `older` rows are of a submission
    that another one replaced.
    """

    country: Country
    row: Ints
    month: Ints
    provider: Ints
    older: Flags

    def __len__(self) -> int:
        return len(self.row)

    @cached_property
    def code(self) -> Ints:
        return self.country.code_of(self.provider, self.month)

    def standing(self) -> dict[str, Column]:
        """What every row says: provider, month, submission, and that it is not real."""
        month = self.country.calendar.first + self.month
        again = self.country.twice[self.provider, self.month] & ~self.older
        return {
            "OrgIDProv": codes(self.code, self.country.codes),
            "UniqMonthID": whole_numbers(month),
            "UniqSubmissionID": _numbered(month * 10_000 + (self.provider + 1) * 10 + 1 + again),
            MARK: same(MARKED, len(self)),
        }


@dataclass(frozen=True)
class Sheet:
    table: str  # "MHS201CareContact"
    sent: Sent
    columns: Mapping[str, Column]


def _numbered(numbers: Ints) -> Column:
    different, place = np.unique(numbers, return_inverse=True)
    return codes(place.astype(np.int64), [str(each) for each in different.tolist()])


def send(
    country: Country, row: Ints, month: Ints, provider: Ints, *, rng: Rng | None = None, copies: float = 0
) -> Sent:
    """The rows in the order of their months, those of a replaced submission and whole copies among them."""
    again = country.twice[provider, month]
    twice = np.flatnonzero(rng.random(len(row)) < copies) if rng else np.zeros(0, dtype=np.int64)
    every = np.concatenate([np.arange(len(row)), np.flatnonzero(again), twice])
    older = np.zeros(len(every), dtype=bool)
    older[len(row) : len(row) + int(again.sum())] = True
    order = np.argsort(month[every], kind="stable")
    every = every[order]
    return Sent(country, row[every], month[every], provider[every], older[order])
