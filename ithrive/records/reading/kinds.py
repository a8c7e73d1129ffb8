"""What somebody wrote, read as text, a day, a time or a number: NULL where it cannot be read as that.

Written so that DuckDB and Spark agree: shapes are judged by regular expressions first, because each engine
takes other half-dates for dates.
"""

from collections.abc import Callable
from typing import Any

import ibis
from ibis.expr import types as ir

from ithrive.records.model.definitions import Kind

ISO_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T].*)?$"
COMPACT_DATE = r"^[0-9]{8}$"
BRITISH_DATE = r"^[0-9]{2}/[0-9]{2}/[0-9]{4}$"
# Some systems write a time of day as a moment of a dummy day.
TIME = r"^([0-9]{4}-[0-9]{2}-[0-9]{2}[ T])?([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?$"
_CLOCK = r"([0-9]{2}):([0-9]{2})(:([0-9]{2}))?"
MOMENT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?"
ZONE = r"(Z|[+-][0-9]{2}:?[0-9]{2})$"
WHOLE = r"^[+-]?[0-9]{1,15}(\.0+)?$"
DECIMAL = r"^[+-]?[0-9]{1,15}(\.[0-9]{1,15})?$"
# Few on purpose: DuckDB makes a join of a longer list, for every column it is asked of.
NOTHING = ("NULL", "NAN", "NONE")
_SHORTEST_NOTHING, _LONGEST_NOTHING = min(map(len, NOTHING)), max(map(len, NOTHING))
# Floats hold whole numbers exactly up to here.
_EXACT = 2**53


def as_sent(column: ir.Value) -> ir.StringValue:
    """The value as text, as it was sent; NULL only where there was nothing at all."""
    if column.type().is_floating():
        whole = (column == column.round()) & (column.abs() < _EXACT)
        return ibis.ifelse(whole, column.try_cast("int64").cast("string"), column.cast("string"))
    return column.cast("string")


def text(column: ir.Value) -> ir.StringValue:
    """Trimmed, with nothing and "NULL" as NULL."""
    sent = as_sent(column)
    trimmed = sent.strip()
    read = ibis.ifelse(says_nothing(trimmed), ibis.null("string"), trimmed)
    return ibis.ifelse(stands_as_sent(sent), sent, read)


def stands_as_sent(sent: ir.StringValue) -> ir.BooleanValue:
    """Whether a glance tells that there is nothing to trim and no word for nothing. Identifiers are read by
    the hundred million, and trimming takes three times as long as reading them.
    """
    # A case, and no "or", of which engines work out every part for every row.
    short = sent.length().between(_SHORTEST_NOTHING, _LONGEST_NOTHING)
    a_word = ibis.ifelse(short, ~says_null(sent), ibis.literal(True))
    return (sent >= "!") & (_from(sent, -1) >= "!") & a_word


@ibis.udf.scalar.builtin(name="substring")  # type: ignore[untyped-decorator] # Ibis does not say
def _from(text: str, place: int) -> str:  # type: ignore[empty-body] # the engines' own, which both count from the end
    ...


def says_nothing(trimmed: ir.StringValue) -> ir.BooleanValue:
    """Whether a trimmed text is empty or a word for nothing, in any mixture of capitals."""
    return (trimmed == "") | says_null(trimmed)


def says_null(trimmed: ir.StringValue) -> ir.BooleanValue:
    """Whether a trimmed text is a word that a program wrote for nothing."""
    return trimmed.upper().isin(NOTHING)


def day(column: ir.Value) -> ir.DateValue:
    """2024-02-29, 20240229 or 29/02/2024, with or without a time behind; 2023-02-29 is no day."""
    if column.type().is_date():
        return column
    if column.type().is_timestamp():
        return moment(column).date()
    sent = text(column)
    iso = ibis.cases(
        (sent.re_search(ISO_DATE), sent.substr(0, 10)),
        (sent.re_search(COMPACT_DATE), _joined(sent.substr(0, 4), sent.substr(4, 2), sent.substr(6, 2))),
        (sent.re_search(BRITISH_DATE), _joined(sent.substr(6, 4), sent.substr(3, 2), sent.substr(0, 2))),
    )
    return iso.try_cast("date")


def _joined(*parts: ir.StringValue) -> ir.StringValue:
    return ibis.literal("-").join(list(parts))


def seconds(column: ir.Value) -> ir.IntegerValue:
    """A time of day as whole seconds since midnight."""
    kind = column.type()
    if kind.is_time() or kind.is_timestamp():
        parts = (column.hour(), column.minute(), column.second())
        return sum((part.cast("int64") * size for part, size in zip(parts, (3600, 60, 1), strict=True)))
    sent = text(column)
    clock = sent.re_extract(_CLOCK, 0)
    hour, minute = clock.substr(0, 2).try_cast("int64"), clock.substr(3, 2).try_cast("int64")
    second = clock.substr(6, 2).try_cast("int64").fill_null(0)
    return ibis.ifelse(sent.re_search(TIME), hour * 3600 + minute * 60 + second, ibis.null("int64"))


def moment(column: ir.Value) -> ir.TimestampValue:
    """A day and time as the clock on an English wall showed it; a zone in it is taken into account."""
    if column.type().is_timestamp():
        if column.type().timezone is None:
            return column.cast("timestamp(6)")
        return _on_the_wall(column.cast("timestamp(6)"))
    if column.type().is_date():
        return column.cast("timestamp(6)")
    sent = text(column)
    plain = sent.re_extract(MOMENT, 0).replace("T", " ")
    zone = sent.re_extract(ZONE, 0)
    whole = sent.re_search(MOMENT)
    written = ibis.ifelse(whole, plain, ibis.null("string")).try_cast("timestamp(6)")
    ahead = ibis.cases((zone.startswith("+"), 60), (zone.startswith("-"), -60), else_=0) * (
        zone.substr(1, 2).try_cast("int64").fill_null(0) * 60
        + zone.replace(":", "").substr(3, 2).try_cast("int64").fill_null(0)
    )
    universal = written - ahead.as_interval("s")
    timed = ibis.ifelse(zone == "", written, _on_the_wall(universal))
    return ibis.coalesce(timed, ibis.ifelse(whole, ibis.null("date"), day(column)).cast("timestamp(6)"))


def _on_the_wall(universal: ir.TimestampValue) -> ir.TimestampValue:
    """Universal time to England's: an hour ahead from the last Sunday of March, 1 o'clock, to October's.

    The Sundays by the rule of the Summer Time Order 2002, in arithmetic that holds from 1901 to 2099.
    """
    year = universal.year().cast("int64")
    leaps = (year * 5) // 4
    march, october = 31 - (leaps + 4) % 7, 31 - (leaps + 1) % 7
    place = (
        universal.month().cast("int64") * 100_00
        + universal.day().cast("int64") * 100
        + universal.hour().cast("int64")
    )
    summer = (place >= 3_00_00 + march * 100 + 1) & (place < 10_00_00 + october * 100 + 1)
    return ibis.ifelse(summer, universal + ibis.interval(hours=1), universal)


def whole_number(column: ir.Value) -> ir.IntegerValue:
    if column.type().is_integer():
        return column.cast("int64")
    sent = text(column)
    return ibis.ifelse(
        sent.re_search(WHOLE), sent.re_extract("^[+-]?[0-9]+", 0), ibis.null("string")
    ).try_cast("int64")


def decimal(column: ir.Value) -> ir.FloatingValue:
    if column.type().is_numeric():
        return column.cast("float64")
    sent = text(column)
    return ibis.ifelse(sent.re_search(DECIMAL), sent, ibis.null("string")).try_cast("float64")


READ_AS: dict[Kind, Callable[[Any], Any]] = {
    "text": text,
    "date": day,
    "time": seconds,
    "datetime": moment,
    "integer": whole_number,
    "decimal": decimal,
}
IBIS_KIND: dict[Kind, str] = {
    "text": "string",
    "date": "date",
    "time": "int64",
    "datetime": "timestamp(6)",
    "integer": "int64",
    "decimal": "float64",
}
