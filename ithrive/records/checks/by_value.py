"""Fields of few different values: each value is judged once, for all the rows that hold it.

A million contacts hold seven codes of attendance. What a rule says of a code, it says of every row with it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import ibis
from ibis.expr import types as ir

from ithrive.records.checks.of_fields import SNOMED_FIELDS
from ithrive.records.checks.rule import CheckRule
from ithrive.records.checks.tables import with_good_concepts
from ithrive.records.checks.tally import Tally
from ithrive.records.identifiers import good_snomed_concept, snomed_concept
from ithrive.records.model import model
from ithrive.records.reading import Extract
from ithrive.records.reading.typed import SENT

_MONTH = ["OrgIDProv", "UniqMonthID"]


def fields_by_value(short: str) -> tuple[str, ...]:
    """Fields with a code list, and those of SNOMED CT concepts."""
    return tuple(
        field.name
        for field in model()[short].fields
        if field.code_list or field.name in SNOMED_FIELDS.get(short, ())
    )


@dataclass(frozen=True)
class Values:
    """`held` has a row for each value of such a field in a month of a provider: how many `rows` hold it.
    `concepts` has each SNOMED `value` once, and whether it is `good`: its check digit is dear.
    """

    held: ir.Table
    concepts: ir.Table


def values_of(extract: Extract) -> Values:
    """The values of every table that is there, gathered once and kept."""
    fields = [(short, name) for short in sorted(extract.present) for name in fields_by_value(short)]
    gathered = ibis.union(*(_held(extract, short, name) for short, name in fields))
    held = extract.engine.materialise("values_held", gathered)
    concepts = held.filter(held.snomed & held.value.notnull()).select("value").distinct()
    judged = concepts.mutate(good=good_snomed_concept(snomed_concept(concepts.value)))
    return Values(held, extract.engine.materialise("values_concepts", judged))


def tally_values(
    extract: Extract, values: Values, rules: Mapping[str, Sequence[CheckRule]], tally: Tally
) -> None:
    """Every such field of every table that is there, in one query."""
    judged = [
        _judged(values, short, name, [one for one in rules.get(short, ()) if judges(one, name)])
        for short in sorted(extract.present)
        for name in fields_by_value(short)
    ]
    for row in extract.engine.connection.to_pyarrow(ibis.union(*judged)).to_pylist():
        tally.add_value(row["short"], row["field"], row)
        for code in row["fails"].split():
            tally.add_failures(code, row, row["rows"])


def judges(rule: CheckRule, name: str) -> bool:
    """Whether a rule is about the values of this field alone."""
    return rule.of_value and rule.fields == (name,)


def _held(extract: Extract, short: str, name: str) -> ir.Table:
    table, sent = extract.as_sent(short), SENT + name
    if f"{short}.{name}" in extract.sound_columns:  # what was sent says no more than what was read
        held = table.group_by(*_MONTH, value=table[name]).aggregate(rows=table.count())
        held = held.mutate(sent=held.value)
    else:
        held = table.group_by(*_MONTH, value=table[name], sent=table[sent]).aggregate(rows=table.count())
    named = {"short": short, "field": name, "snomed": name in SNOMED_FIELDS.get(short, ())}
    return held.select(
        *_MONTH, "value", "sent", "rows", **{key: ibis.literal(each) for key, each in named.items()}
    )


def _judged(values: Values, short: str, name: str, rules: Iterable[CheckRule]) -> ir.Table:
    """A row for each value of a field, with the codes of the rules that it fails."""
    held = values.held.filter(values.held.short == short, values.held.field == name)
    held = held.mutate(**{name: held.value, SENT + name: held.sent})
    if name in SNOMED_FIELDS.get(short, ()):
        held = with_good_concepts(held, name, values.concepts)
    failing = (ibis.ifelse(one.when(held).fill_null(False), f"{one.code} ", "") for one in rules)
    fails = reduce(lambda codes, code: codes + code, failing, ibis.literal(""))
    return held.select("short", "field", *_MONTH, "value", "rows", fails=fails)
