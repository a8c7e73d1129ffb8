"""The period a published figure is of, from whatever its dates were written as."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

# Excel counts days from here; five digits are the years 1927 to 2173.
EXCEL_BEGAN = date(1899, 12, 30)
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class Span:
    """A period, both days included. `doubt` says where a date was not written plainly."""

    starts: date
    ends: date
    doubt: str | None = None

    @property
    def months(self) -> int:
        return (self.ends.year - self.starts.year) * 12 + self.ends.month - self.starts.month + 1


def span(first: str, last: str) -> Span | None:
    """The period between two dates, day first; None where there is none.

    A published period begins on the first of a month and ends on the last. A start that does so only month
    first was written month first (one NHS file mixes both).
    """
    starts, ends = _opening(_day(first)), _closing(_day(last))
    if not starts or not ends or starts > ends:
        return None
    doubts = [
        f"“{text.strip()}” is taken as {day}."
        for text, day in ((first, starts), (last, ends))
        if text.strip() != f"{day:%d/%m/%Y}"
    ]
    return Span(starts, ends, " ".join(doubts) or None)


def _opening(day: date | None) -> date | None:
    swapped = _made(day.year, day.day, day.month) if day and day.day != 1 else None
    return swapped if swapped and swapped.day == 1 else day


def _closing(day: date | None) -> date | None:
    swapped = _made(day.year, day.day, day.month) if day and not _closes_month(day) else None
    return swapped if swapped and _closes_month(swapped) else day


def month(text: str) -> Span | None:
    """A month written 202503."""
    if not re.fullmatch(r"\d{6}", text) or not 1 <= int(text[4:]) <= 12:
        return None
    return _months(int(text[:4]), int(text[4:]), 1)


def quarter_or_year(financial_year: str, quarter: str) -> Span | None:
    """A quarter (or, without one, the whole) of a financial year: 2021/22 and Q4."""
    found = re.fullmatch(r"(\d{4})/(\d{2})", financial_year)
    if not found or (int(found[1]) + 1) % 100 != int(found[2]) or quarter not in ("", "Q1", "Q2", "Q3", "Q4"):
        return None
    year = int(found[1])
    if not quarter:
        return _months(year, 4, 12)
    return _months(year + 1, 1, 3) if quarter == "Q4" else _months(year, int(quarter[1]) * 3 + 1, 3)


def _months(year: int, first: int, count: int) -> Span | None:
    last_year, last = divmod(year * 12 + first - 2 + count, 12)
    if not EARLIEST.year <= year < LATEST.year:
        return None
    return Span(date(year, first, 1), date(last_year, last + 1, monthrange(last_year, last + 1)[1]))


def _day(text: str) -> date | None:
    text = text.strip()
    if found := re.fullmatch(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", text):
        return _made(int(found[3]), int(found[2]), int(found[1])) or _made(
            int(found[3]), int(found[1]), int(found[2])
        )
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)([T ]00:00:00)?", text):
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if re.fullmatch(r"[1-9]\d{4}", text, re.ASCII):
        day = EXCEL_BEGAN + timedelta(days=int(text))
        return day if EARLIEST <= day < LATEST else None
    return None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        made = date(year, month, day)
    except ValueError:
        return None
    return made if EARLIEST <= made < LATEST else None


def _closes_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905 # reads better
)


def month_named(text: str) -> Span | None:
    """A month written "April 2019"."""
    name, _, year = text.strip().casefold().partition(" ")
    if name not in MONTHS or not re.fullmatch(r"\d{4}", year, re.ASCII):
        return None
    return _months(int(year), MONTHS.index(name) + 1, 1)
