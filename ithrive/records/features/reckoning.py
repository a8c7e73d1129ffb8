"""Days, ages, quarters and the newest row, said once. Days are whole numbers on every engine."""

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
from ibis.expr.types import Table as Table

from ithrive.periods import Quarter

# Later than any record: what an open end is compared as.
NEVER = ibis.date(9999, 12, 31)
BEFORE_ANY_MONTH = -1


def quarter_number(quarter: Quarter) -> int:
    """Quarters counted one after the other, so that the next one is one more."""
    return quarter.year * 4 + quarter.number - 1


def quarter_of(day: Any) -> Any:
    """The number of the quarter a day lies in; see `quarter_number`."""
    return (day.year() * 4 + day.quarter() - 1).cast("int64")


def days_from(first: Any, last: Any) -> Any:
    """Whole days from one day to another; negative where the other comes first."""
    return last.delta(first, unit="day").cast("int64")


def age_on(born: Any, day: Any) -> Any:
    """Age in whole years by the calendar; born on 29 February, one is a year older on 1 March."""
    before_birthday = (day.month() * 100 + day.day()) < (born.month() * 100 + born.day())
    return (day.year() - born.year() - before_birthday.cast("int64")).cast("int64")


def birthday(born: Any, years: int) -> Any:
    """The day on which somebody reaches an age below 20; 1 March for those born on 29 February."""
    leap = (born.month() == 2) & (born.day() == 29) & (years % 4 != 0)
    month, day = leap.ifelse(3, born.month()), leap.ifelse(1, born.day())
    return ibis.date((born.year() + years).cast("int64"), month.cast("int64"), day.cast("int64"))


def month_after(month: Any) -> Any:
    """The first day of the month that follows a UniqMonthID."""
    count = month.cast("int64") + 3  # months since January 1900, of the month that follows
    return ibis.date((count // 12 + 1900).cast("int64"), (count % 12 + 1).cast("int64"), 1)


def month_number(day: Any) -> Any:
    """The UniqMonthID of the month a day lies in."""
    return ((day.year() - 1900) * 12 + day.month() - 3).cast("int64")


def newest(table: Table, *key: str) -> Table:
    """Of the rows with the same key, the one sent last. Ties end in the place a row was read from.

    What is open is sent again every month, so the rows of earlier months go before the rest is put in order.
    """
    dated = table.mutate(month_sent=table.UniqMonthID.fill_null(BEFORE_ANY_MONTH))
    last = dated.group_by(**{f"last_{name}": dated[name] for name in key}).agg(month=dated.month_sent.max())
    same = [dated[name].identical_to(last[f"last_{name}"]) for name in key]  # one that is not known, too
    rows = dated.semi_join(last, [*same, dated.month_sent == last.month]).drop("month_sent")
    order = [rows[name].desc(nulls_first=False) for name in ("UniqSubmissionID", "source_row")]
    place = ibis.row_number().over(group_by=key, order_by=[*order, rows.source_file])
    return rows.mutate(place_from_newest=place).filter(lambda t: t.place_from_newest == 0)


def written(rows: Sequence[Mapping[str, object]], kinds: Mapping[str, str]) -> Table:
    """A small table written out in the query itself, so that no engine has to be told of it first."""
    row = ", ".join(f"{name}: {kind}" for name, kind in kinds.items())
    # As one literal: of a thing for each cell, Ibis takes seconds to make a query.
    listed = ibis.literal([{name: row[name] for name in kinds} for row in rows], type=f"array<struct<{row}>>")
    return listed.unnest().name("row").as_table().unpack("row")


def quarters_table(quarters: Sequence[Quarter]) -> Table:
    """One row a quarter: its number, its first day and the day after its last (`opens`, `closes`), and where
    the twelve months to its end, the quarter before, and the same quarter a year ago began and ended.
    """
    days = ("opens", "closes", "year_opens", "before_opens", "year_ago_opens", "year_ago_closes")
    kinds = {"quarter": "int64", **dict.fromkeys(days, "date")}
    return written(
        [
            {
                "quarter": quarter_number(each),
                "opens": each.starts,
                "closes": each.ends,
                "year_opens": (each + -3).starts,
                "before_opens": (each + -1).starts,
                "year_ago_opens": (each + -4).starts,
                "year_ago_closes": (each + -4).ends,
            }
            for each in quarters
        ],
        kinds,
    )


def first_of(*days: Any) -> Any:
    """The earliest of several days, those unknown left out; NULL where all are."""
    return ibis.least(*(day.fill_null(NEVER) for day in days)).nullif(NEVER)


def beside(rows: Table, more: Table, *on: str) -> Table:
    """The rows with what `more` knows of them (one row a key), NULL where it knows nothing."""
    joined = rows.join(more, on, how="left")
    return joined.select(*(name for name in rows.columns), *(name for name in more.columns if name not in on))
