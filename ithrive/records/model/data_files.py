"""The files that definitions of the data set lie in: ours, or a programme's own in their place."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

DATA = Path(__file__).parent / "data"


def rows_of(name: str, own: Path | None = None) -> Iterator[dict[str, str]]:
    """The rows of one data file: the one in `own` if it is there, else ours."""
    path = own / name if own and (own / name).exists() else DATA / name
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def month_of(text: str) -> date:
    """The first day of a month written 2024-04."""
    return date.fromisoformat(f"{text}-01")


def last_month_of(text: str) -> date | None:
    """The first day of the last month, or None where it is still in use."""
    return month_of(text) if text else None
