"""The table that the rules of one table look at: its rows, and what must be known beside a row."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import ibis
from ibis.expr import types as ir

from ithrive.records.checks.of_fields import SNOMED_FIELDS
from ithrive.records.checks.of_rows import PARENTS
from ithrive.records.checks.rule import CheckRule
from ithrive.records.model import model
from ithrive.records.model.definitions import UNIQUE
from ithrive.records.reading import Extract
from ithrive.records.reading.typed import SENT

Parents = Mapping[tuple[str, str], ir.Table]  # "MHS101", "UniqServReqID" → its keys
RECEIVED = "ReferralRequestReceivedDate"
_MONTH = ["OrgIDProv", "UniqMonthID"]


def kept_parents(extract: Extract, shorts: Iterable[str]) -> Parents:
    """For each table that others belong to: provider, month, identifier, and when it was `received`. Kept
    where several belong to it, as half of all tables do to referrals.
    """
    wanted = Counter(PARENTS[short] for short in shorts if short in PARENTS)
    parents = {(parent, by): _keys(extract.table(parent), by) for parent, by in sorted(wanted)}
    return {
        (parent, by): keys
        if wanted[parent, by] == 1
        else extract.engine.materialise(f"parents_{parent}", keys)
        for (parent, by), keys in parents.items()
    }


def _keys(parent: ir.Table, by: str) -> ir.Table:
    names = parent.columns
    received = parent.ReferralRequestReceivedDate.min() if RECEIVED in names else ibis.null("date")
    return parent.group_by([*_MONTH, by]).aggregate(received=received)


def checked_table(
    extract: Extract, short: str, rules: Sequence[CheckRule], parents: Parents, concepts: ir.Table
) -> ir.Table:
    """`extract.as_sent(short)`, with `parent_found`, `parent_received` and `good_…` for a SNOMED field where
    one of the rules asks for it.

    `parents` is `kept_parents` of the same extract, `concepts` its SNOMED `value`s, `good` or not.
    """
    table = extract.as_sent(short)
    if any(one.needs for one in rules):
        table = _with_parent(table, parents[PARENTS[short]], PARENTS[short][1])
    for name in SNOMED_FIELDS.get(short, ()):
        if any(name in one.fields for one in rules):
            table = with_good_concepts(table, name, concepts)
    return table


def numbers_again(extract: Extract, short: str) -> ir.Table:
    """The numbers (see `_numbered`) that more than one row has. In a good extract there are none."""
    numbered = _numbered(extract, short).select("number")
    counted = numbered.group_by("number").aggregate(times=numbered.count())
    return counted.filter(counted.times > 1).select("number")


def copied_rows(extract: Extract, short: str, again: ir.Table) -> ir.Table:
    """The rows of `extract.as_sent(short)` whose key another row has too, with `copies` (how many rows have
    it) and `different` (how many of them differ). `again` is `numbers_again`, kept.
    """
    rows = _numbered(extract, short).semi_join(again, "number")
    key = [name for name in rows.columns if name.startswith("key_")]
    whole = ibis.literal("|").join([rows[SENT + name].fill_null("") for name in model()[short].names])
    counted = rows.group_by(key).aggregate(copies=rows.count(), different=whole.nunique())
    joined = rows.inner_join(counted, key)
    return joined.filter(joined.copies > 1).drop(*key, "number")


def _numbered(extract: Extract, short: str) -> ir.Table:
    """The rows with their key as `key_…`, and a `number` made of it: a hundred million texts would not fit.
    Two keys with the same number are told apart later, where only few rows are left.
    """
    table = extract.as_sent(short)
    key = {
        f"key_{place}": table["Person_ID" if name == "LocalPatientID" else UNIQUE.get(name, name)]
        .cast("string")
        .fill_null("")
        for place, name in enumerate((*_MONTH, *model()[short].key))
    }
    return table.mutate(**key).mutate(number=ibis.literal("|").join([*key.values()]).hash())


def _with_parent(table: ir.Table, keys: ir.Table, by: str) -> ir.Table:
    named = keys.mutate(there=True)
    joined = table.left_join(named, [*_MONTH, by], rname="{name}_above")
    return joined.select(*table.columns, parent_found=joined.there.notnull(), parent_received=joined.received)


def with_good_concepts(table: ir.Table, name: str, concepts: ir.Table) -> ir.Table:
    """With `good_…` for a SNOMED field, from `concepts` (`value`, `good`); NULL where the field is."""
    named = concepts.select(**{name: concepts.value, f"good_{name}": concepts.good})
    joined = table.left_join(named, name, rname="{name}_judged")
    return joined.select(*table.columns, f"good_{name}")
