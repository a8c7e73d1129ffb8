"""How good each field is for each provider and month: valid, other, default, invalid, missing (VODIM)."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from ithrive.records.model import Code, codes, in_month, month_start

Grade = Literal["good", "poor", "no rows"]
Place = tuple[str, str, str, int]  # "MHS201", "AttendStatus", provider, UniqMonthID


@dataclass(frozen=True, slots=True)
class Quality:
    """Rows of one field, provider and month in the five national classes."""

    valid: int = 0
    other: int = 0
    default: int = 0
    invalid: int = 0
    missing: int = 0

    @property
    def rows(self) -> int:
        return self.valid + self.other + self.default + self.invalid + self.missing

    @property
    def share(self) -> float:
        """The share of rows that say something: valid and other, as the national measure has it."""
        return (self.valid + self.other) / self.rows if self.rows else 0.0


def pooled(parts: Iterable[Quality]) -> Quality:
    """The rows of several providers and months together."""
    every = list(parts)
    names = ("valid", "other", "default", "invalid", "missing")
    return Quality(*(sum(getattr(each, name) for each in every) for name in names))


def class_of(code_list: str, code: str | None, month: int | None) -> str:
    """The national class of a code, by the list of its month."""
    if code is None:
        return "missing"
    if month is None:
        return "invalid"
    known = _codes_in(code_list, month)
    if not known and not _is_list(code_list):
        return "valid"  # a field whose list is not known to us
    return known[code].kind if code in known else "invalid"


@cache
def _codes_in(code_list: str, month: int) -> Mapping[str, Code]:
    ours = (code for code in codes() if code.code_list == code_list)
    return {code.code: code for code in in_month(ours, month_start(month))}


@cache
def _is_list(code_list: str) -> bool:
    return any(code.code_list == code_list for code in codes())


@cache
def least_share(short: str, field: str) -> float:
    """The share of rows that must say something before a figure on this field may be shown."""
    with (Path(__file__).parent / "thresholds.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["table"][:6], row["field"]): float(row["least_share"]) for row in csv.DictReader(file)}
    return rows.get((short, field), rows["*", "*"])


def grade(quality: Quality | None, short: str, field: str) -> Grade:
    if quality is None or not quality.rows:
        return "no rows"
    return "good" if quality.share >= least_share(short, field) else "poor"
