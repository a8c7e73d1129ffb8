"""Who a row is about, the same over providers: as the national processing says, else by NHS number."""

from collections.abc import Collection, Mapping

import ibis
from ibis.expr import types as ir

from ithrive.records.engine import Engine
from ithrive.records.identifiers import good_nhs_number
from ithrive.records.model import model

_LOCAL = ("OrgIDProv", "LocalPatientID")


def with_people(
    tables: Mapping[str, ir.Table], *, named: Collection[str], engine: Engine
) -> dict[str, ir.Table]:
    """Person_ID where it was not sent: the NHS number if it checks out, else provider and local id.

    Of the tables `named` it is known that every row says whom it is about.
    """
    of_people = {short for short in tables if "Person_ID" in model()[short].derived} - {*named}
    unnamed = _unnamed({short: tables[short] for short in sorted(of_people)}, engine)
    if not unnamed:
        return dict(tables)
    index = tables["MHS001"]
    numbers = index.filter(index.LocalPatientID.notnull() & good_nhs_number(index.NHSNumber))
    known = engine.materialise(
        "people_by_number", numbers.group_by(list(_LOCAL)).aggregate(known_as=numbers.NHSNumber.max())
    )
    return {short: _named(table, known) if short in unnamed else table for short, table in tables.items()}


def _unnamed(tables: Mapping[str, ir.Table], engine: Engine) -> set[str]:
    """The tables in which some row does not say who it is about: the others are spared a join."""
    if not tables:
        return set()
    looked = ibis.union(
        *(
            table.aggregate(unnamed=table.Person_ID.isnull().any()).mutate(short=ibis.literal(short))
            for short, table in tables.items()
        )
    )
    return {row["short"] for row in engine.connection.to_pyarrow(looked).to_pylist() if row["unnamed"]}


def _named(table: ir.Table, known: ir.Table) -> ir.Table:
    joined = table.left_join(known, list(_LOCAL), rname="{name}_known")
    local = joined.OrgIDProv.concat(":", joined.LocalPatientID)
    return joined.mutate(Person_ID=ibis.coalesce(joined.Person_ID, joined.known_as, local)).select(
        *table.columns
    )
