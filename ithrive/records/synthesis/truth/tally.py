"""Counts and spreads by site, quarter and grouping, which can be added up over batches in any order."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import numpy as np

from ithrive.records.synthesis.arrays import Flags, Ints
from ithrive.records.synthesis.views import GROUPINGS, UNKNOWN

Name = str  # "H3.started": measure and figure, and OFFICIALLY where the official rule gives another
OFFICIALLY = " officially"
_FIELDS = 4  # site, quarter, grouping, number


@dataclass
class Tally:
    """`counts` holds sites × quarters × groupings; `spreads` rows of site, quarter, grouping and number,
    and how often each came; `sent` which provider had anything to send in which month.
    """

    sites: int
    quarters: int
    sent: Flags
    counts: dict[Name, Ints] = field(default_factory=dict)
    spreads: dict[Name, list[tuple[Ints, Ints]]] = field(default_factory=dict)

    def count(
        self, name: Name, quarter: int, site: Ints, wanted: Flags, grouping: Ints | None = None
    ) -> None:
        """One more for each row that is wanted."""
        self.add(name, quarter, site, wanted.astype(np.int64), grouping)

    def add(self, name: Name, quarter: int, site: Ints, number: Ints, grouping: Ints | None = None) -> None:
        """As much more for each row as its number says."""
        place = site * len(GROUPINGS) + (UNKNOWN if grouping is None else grouping)
        found = np.bincount(place, weights=number, minlength=self.sites * len(GROUPINGS))
        whole = self.counts.setdefault(
            name, np.zeros((self.sites, self.quarters, len(GROUPINGS)), dtype=np.int64)
        )
        whole[:, quarter] += np.rint(found).astype(np.int64).reshape(self.sites, -1)

    def spread(
        self,
        name: Name,
        quarter: int,
        site: Ints,
        number: Ints,
        wanted: Flags,
        grouping: Ints | None = None,
    ) -> None:
        """The number of each row that is wanted, to find a median among."""
        group = np.full(len(site), UNKNOWN) if grouping is None else grouping
        rows = np.column_stack([site, np.full(len(site), quarter), group, number])[wanted]
        different, often = np.unique(rows, axis=0, return_counts=True)
        self.spreads.setdefault(name, []).append((different, often))

    def as_bytes(self) -> bytes:
        """To be kept beside a batch that is done."""
        kept: dict[str, Any] = {"sent ": self.sent}
        kept |= {f"count {name}": whole for name, whole in self.counts.items()}
        for name, parts in self.spreads.items():
            rows, often = _together(parts)
            kept[f"spread {name}"] = np.column_stack([rows, often])
        file = BytesIO()
        np.savez_compressed(file, **kept)
        return file.getvalue()

    def include(self, kept: bytes) -> None:
        """Add what `as_bytes` kept of a batch."""
        with np.load(BytesIO(kept)) as arrays:
            for key in arrays.files:
                kind, name = key.split(" ", 1)
                if kind == "sent":
                    self.sent = self.sent | arrays[key]
                elif kind == "count":
                    self.counts[name] = self.counts.get(name, 0) + arrays[key]
                else:
                    self.spreads.setdefault(name, []).append((arrays[key][:, :_FIELDS], arrays[key][:, -1]))

    def numbers(self, name: Name, site: int, quarter: int, groupings: Iterable[int]) -> tuple[Ints, Ints]:
        """Every number of a spread with how often it came, for these groupings together."""
        rows, often = _together(self.spreads.get(name, []))
        here = (rows[:, 0] == site) & (rows[:, 1] == quarter) & np.isin(rows[:, 2], list(groupings))
        different, place = np.unique(rows[here, 3], return_inverse=True)
        return different, np.bincount(place, weights=often[here], minlength=len(different)).astype(np.int64)


def _together(parts: list[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    if not parts:
        return np.zeros((0, _FIELDS), dtype=np.int64), np.zeros(0, dtype=np.int64)
    return np.concatenate([rows for rows, _ in parts]), np.concatenate([often for _, often in parts])


def quantile(different: Ints, often: Ints, share: float) -> float | None:
    """The number below which that share lies, between two of them as far as the share says; None of none."""
    count = int(often.sum())
    if not count:
        return None
    place = (count - 1) * share
    below, upto = int(place), np.cumsum(often)
    low, high = (
        int(different[np.searchsorted(upto, min(each, count - 1), side="right")])
        for each in (below, below + 1)
    )
    return low + (high - low) * (place - below)
