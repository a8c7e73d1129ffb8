"""The table that the rules of one table look at: its rows, and what must be known beside a row."""

from collections.abc import Iterable, Mapping

import ibis
from ibis.expr import types as ir

from ithrive.records.checks.of_fields import SNOMED_FIELDS
from ithrive.records.checks.of_rows import PARENTS
from ithrive.records.identifiers import good_snomed_concept, snomed_concept
from ithrive.records.model import model
from ithrive.records.model.definitions import UNIQUE
from ithrive.records.reading import Extract
from ithrive.records.reading.typed import SENT

Parents = Mapping[tuple[str, str], ir.Table]  # "MHS101", "UniqServReqID" → its keys
RECEIVED = "ReferralRequestReceivedDate"
_MONTH = ["OrgIDProv", "UniqMonthID"]


def kept_parents(extract: Extract, shorts: Iterable[str]) -> Parents:
    """For each table that others belong to: provider, month, identifier, and when it was `received`. Kept,
    because half of all tables belong to referrals.
    """
    wanted = sorted({PARENTS[short] for short in shorts if short in PARENTS})
    return {
        (parent, by): extract.engine.materialise(f"parents_{parent}", _keys(extract.table(parent), by))
        for parent, by in wanted
    }


def _keys(parent: ir.Table, by: str) -> ir.Table:
    names = parent.columns
    received = parent.ReferralRequestReceivedDate.min() if RECEIVED in names else ibis.null("date")
    return parent.group_by([*_MONTH, by]).aggregate(received=received)


def checked_table(extract: Extract, short: str, parents: Parents) -> ir.Table:
    """`extract.as_sent(short)` with `parent_found`, `parent_received` and `good_…` for each SNOMED field.

    `parents` is `kept_parents` of the same extract.
    """
    table = extract.as_sent(short)
    if short in PARENTS:
        table = _with_parent(table, parents[PARENTS[short]], PARENTS[short][1])
    for name in SNOMED_FIELDS.get(short, ()):
        table = _with_good_concepts(table, name)
    return table


def copied_rows(extract: Extract, short: str) -> ir.Table:
    """The rows of `extract.as_sent(short)` whose key another row has too, with `copies` (how many rows have
    it) and `different` (how many of them differ).
    """
    table = extract.as_sent(short)
    key = {
        f"key_{place}": table["Person_ID" if name == "LocalPatientID" else UNIQUE.get(name, name)]
        .cast("string")
        .fill_null("")
        for place, name in enumerate((*_MONTH, *model()[short].key))
    }
    # A number for each key first: a hundred million texts would not fit. Two keys with the same number are
    # told apart below, where only few rows are left.
    numbered = table.mutate(**key).mutate(number=ibis.literal("|").join([*key.values()]).hash())
    twice = numbered.group_by("number").aggregate(times=numbered.count()).filter(lambda t: t.times > 1)
    again = numbered.semi_join(twice, "number")
    whole = ibis.literal("|").join([again[SENT + name].fill_null("") for name in model()[short].names])
    counted = again.group_by(list(key)).aggregate(copies=again.count(), different=whole.nunique())
    joined = again.inner_join(counted, list(key))
    return joined.filter(joined.copies > 1).drop(*key, "number")


def _with_parent(table: ir.Table, keys: ir.Table, by: str) -> ir.Table:
    named = keys.mutate(there=True)
    joined = table.left_join(named, [*_MONTH, by], rname="{name}_above")
    return joined.select(*table.columns, parent_found=joined.there.notnull(), parent_received=joined.received)


def _with_good_concepts(table: ir.Table, name: str) -> ir.Table:
    # Asked of each different concept once: the check digit is dear, and concepts are few.
    concept = snomed_concept(table[name])
    named = table.mutate(concept_sent=concept)
    different = named.filter(named.concept_sent.notnull()).select("concept_sent").distinct()
    judged = different.mutate(**{f"good_{name}": good_snomed_concept(different.concept_sent)})
    joined = named.left_join(judged, "concept_sent", rname="{name}_judged")
    return joined.select(*table.columns, f"good_{name}")
