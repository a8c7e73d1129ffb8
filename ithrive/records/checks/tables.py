"""The table that the rules of one table look at: its rows, and what must be known beside a row."""

import ibis
from ibis.expr import types as ir

from ithrive.records.checks.of_fields import SNOMED_FIELDS
from ithrive.records.checks.of_rows import AFTER_REFERRAL, PARENTS
from ithrive.records.identifiers import good_snomed_concept, snomed_concept
from ithrive.records.model import model
from ithrive.records.model.definitions import UNIQUE
from ithrive.records.reading import Extract
from ithrive.records.reading.typed import SENT

_MONTH = ["OrgIDProv", "UniqMonthID"]


def checked_table(extract: Extract, short: str) -> ir.Table:
    """`extract.as_sent(short)` with `copies` and `different` (rows of the same key, and how many differ),
    `parent_found`, `parent_received` and `good_…` for each SNOMED field.
    """
    table = _with_copies(extract.as_sent(short), short)
    if short in PARENTS:
        table = _with_parent(table, extract, short)
    for name in SNOMED_FIELDS.get(short, ()):
        table = _with_good_concepts(table, name)
    return table


def _with_copies(table: ir.Table, short: str) -> ir.Table:
    key = {
        f"key_{place}": table["Person_ID" if name == "LocalPatientID" else UNIQUE.get(name, name)]
        .cast("string")
        .fill_null("")
        for place, name in enumerate((*_MONTH, *model()[short].key))
    }
    keyed = table.mutate(**key)
    twice = keyed.group_by(list(key)).aggregate(copies=keyed.count()).filter(lambda t: t.copies > 1)
    again = keyed.semi_join(twice.select(*key), list(key))
    whole = ibis.literal("|").join([again[SENT + name].fill_null("") for name in model()[short].names])
    counted = again.group_by(list(key)).aggregate(copies=again.count(), different=whole.nunique())
    joined = keyed.left_join(counted, list(key), rname="{name}_again")
    return joined.drop(*key, *(f"{name}_again" for name in key if f"{name}_again" in joined.columns))


def _with_parent(table: ir.Table, extract: Extract, short: str) -> ir.Table:
    parent, by = PARENTS[short]
    above = extract.table(parent)
    received = {"received": above.ReferralRequestReceivedDate.min()} if short in AFTER_REFERRAL else {}
    keys = above.group_by([*_MONTH, by]).aggregate(there=above.count(), **received)
    joined = table.left_join(keys, [*_MONTH, by], rname="{name}_above")
    added = {"parent_found": joined.there.notnull()}
    if received:
        added["parent_received"] = joined.received
    return joined.select(*table.columns, **added)


def _with_good_concepts(table: ir.Table, name: str) -> ir.Table:
    # Asked of each different concept once: the check digit is dear, and concepts are few.
    concept = snomed_concept(table[name])
    named = table.mutate(concept_sent=concept)
    different = named.filter(named.concept_sent.notnull()).select("concept_sent").distinct()
    judged = different.mutate(**{f"good_{name}": good_snomed_concept(different.concept_sent)})
    joined = named.left_join(judged, "concept_sent", rname="{name}_judged")
    return joined.select(*table.columns, f"good_{name}")
