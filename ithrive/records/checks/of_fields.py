"""Checks of a single field: blank, kind, code, identifiers, placeholder times, "NULL" and time zones."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import ibis
from ibis.expr import types as ir

from ithrive.records.checks.rule import CheckRule, rule
from ithrive.records.identifiers import good_nhs_number
from ithrive.records.model import FieldDefinition, TableDefinition, codes, model, month_number
from ithrive.records.reading.kinds import MOMENT, ZONE, says_nothing, says_null
from ithrive.records.reading.typed import SENT

When = Callable[[ir.Table], ir.BooleanValue]
SNOMED_FIELDS = {
    "MHS202": ("Procedure", "Observation"),
    "MHS204": ("IndActProcedure",),
    "MHS205": ("PSDDIProcedure",),
    "MHS606": ("CodedAssToolType",),
    "MHS607": ("CodedAssToolType",),
}
# What systems write when nobody entered a time: the first and the last minute of the day.
PLACEHOLDERS = (0, 23 * 3600 + 59 * 60, 23 * 3600 + 59 * 60 + 59)


def field_rules() -> Iterator[CheckRule]:
    for short, table in model().items():
        for field in table.fields:
            yield from _rules_of(short, table, field)
        for name in SNOMED_FIELDS.get(short, ()):
            yield rule(
                "snomed",
                f"{name} is no SNOMED CT identifier; a spreadsheet may have changed it.",
                short,
                _not_good(name),
                field=name,
                otherwise="record_rejected",
            )


def _rules_of(short: str, table: TableDefinition, field: FieldDefinition) -> Iterator[CheckRule]:
    name = field.name
    if field.required != "no":
        yield rule("blank", f"{name} is blank.", short, _blank(name), field=name)
    if field.type != "text":
        yield rule(
            "format",
            f"{name} cannot be read as a {_word(field.type)}.",
            short,
            _unread(name),
            field=name,
            of_writing=True,
        )
    if field.code_list in _known_lists():
        sentence = f"{name} holds a code that was not valid in that month."
        yield rule("code", sentence, short, code_is_invalid(field), field=name)
    if field.type == "time":
        yield rule(
            "placeholder",
            f"{name} is 00:00 or 23:59, as if nobody had entered it.",
            short,
            _placeholder(name),
            field=name,
        )
    if field.type in ("datetime", "date"):
        yield rule(
            "zone",
            f"{name} carries a time zone; it was turned into English time.",
            short,
            _zoned(name),
            field=name,
            of_writing=True,
        )
    yield rule(
        "null_text",
        f"{name} holds the word NULL instead of nothing.",
        short,
        _null_text(name),
        field=name,
        of_writing=True,
    )
    if name == "NHSNumber":
        yield rule(
            "check_digit",
            "NHSNumber is no NHS number: its check digit is wrong.",
            short,
            _no_nhs_number,
            field=name,
        )


def _word(kind: str) -> str:
    return {"datetime": "day and time", "date": "day", "time": "time of day", "integer": "whole number"}.get(
        kind, "number"
    )


def _blank(name: str) -> When:
    return lambda t: blank(t, name)


def blank(t: ir.Table, name: str) -> ir.BooleanValue:
    """Whether nothing, or a word for nothing, was sent for a field; true or false, never NULL."""
    return _of_unread(t, name, lambda sent: sent.isnull() | says_nothing(sent.strip()))


def unread(t: ir.Table, name: str) -> ir.BooleanValue:
    """Whether something was sent for a field and could not be read; true or false, never NULL."""
    return _of_unread(t, name, lambda sent: sent.notnull() & ~says_nothing(sent.strip()))


def _of_unread(t: ir.Table, name: str, holds: Callable[[Any], Any]) -> Any:
    # What was sent is looked at only where nothing could be read: to write a day as text is dear.
    return ibis.ifelse(t[name].notnull(), ibis.literal(False), holds(t[SENT + name]).fill_null(False))


def _unread(name: str) -> When:
    return lambda t: unread(t, name)


def _null_text(name: str) -> When:
    return lambda t: _of_unread(t, name, lambda sent: says_null(sent.strip()))


def _placeholder(name: str) -> When:
    return lambda t: t[name].isin(PLACEHOLDERS)


def _zoned(name: str) -> When:
    return lambda t: t[SENT + name].re_search(MOMENT) & t[SENT + name].re_search(ZONE)


def _no_nhs_number(t: ir.Table) -> ir.BooleanValue:
    return ~good_nhs_number(t.NHSNumber)


def _not_good(name: str) -> When:
    return lambda t: t[f"good_{name}"] == ibis.literal(False)


@cache
def _known_lists() -> frozenset[str]:
    return frozenset(code.code_list for code in codes())


def code_is_invalid(field: FieldDefinition) -> When:
    """True where a code was not in its list in the month of the row, for lists change."""
    spans: dict[tuple[int, int | None], list[str]] = defaultdict(list)
    for code in codes():
        if code.code_list == field.code_list:
            last = month_number(code.valid_to) if code.valid_to else None
            spans[month_number(code.valid_from), last].append(code.code)

    def invalid(t: ir.Table) -> ir.BooleanValue:
        valid = ibis.literal(False)
        for (since, until), known in spans.items():
            lasting = t.UniqMonthID >= since if until is None else t.UniqMonthID.between(since, until)
            valid = valid | (lasting & t[field.name].isin(known))
        return t[field.name].notnull() & ~valid

    return invalid
