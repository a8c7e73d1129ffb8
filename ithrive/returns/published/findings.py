"""What an importer found in a published file: where, what, and what was done about it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """What sort of thing was found."""

    DRIFT = "layout or wording that changed"
    FOOTER = "rows that hold no figure"
    DUPLICATE = "rows published twice"
    CONTRADICTION = "the same figure published with different numbers"
    IMPOSSIBLE = "figures that cannot be right"
    DOES_NOT_ADD_UP = "parts that do not add up to their total"
    GAP = "periods without rows"
    UNREADABLE = "cells that hold neither a number nor a known mark"
    RECODED = "areas that changed code"
    NOT_REBASED = "figures that cannot be brought to another geography"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `where` names the file and the row, the cell or the period; `done` is what we did."""

    kind: FindingKind
    where: str
    what: str
    done: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.done}"


def counted(findings: Iterable[Finding]) -> dict[FindingKind, int]:
    """How many findings there are of each kind, in the order of the kinds."""
    found = Counter(finding.kind for finding in findings)
    return {kind: found[kind] for kind in FindingKind if found[kind]}
