"""An extract seen as if every provider had always been called by its last code.

Identifiers are unique within a provider, so a change of its code (a merger, a new supplier) makes each
referral, plan and stay under way look like one that vanished and another that began. Where the local
identifiers were kept, they are the same again under one code. Where they were not, nobody can tell.
"""

from collections.abc import Mapping
from dataclasses import replace

import ibis
from ibis.expr import types as ir

from ithrive.records.model.definitions import UNIQUE
from ithrive.records.reading import Extract


def followed(extract: Extract, successors: Mapping[str, str]) -> Extract:
    """The extract with `OrgIDProv` and every identifier made of it under the code of the last successor."""
    if not successors:
        return extract
    return replace(
        extract, whole={short: _followed(table, successors) for short, table in extract.whole.items()}
    )


def followed_ids(rows: ir.Table, column: str, successors: Mapping[str, str]) -> ir.Table:
    """The rows with identifiers that begin with a provider's code under the code of its last successor."""
    # The longest code first: one may begin with another.
    for old in sorted(successors, key=len, reverse=True):
        named = rows[column].startswith(old)
        renamed = ibis.literal(successors[old]).concat(rows[column].substr(len(old)))
        rows = rows.mutate(**{column: named.ifelse(renamed, rows[column])})
    return rows


def _followed(table: ir.Table, successors: Mapping[str, str]) -> ir.Table:
    renamed = {"OrgIDProv": table.OrgIDProv.substitute(dict(successors))}
    for name in (name for name in UNIQUE.values() if name in table.columns):
        column = found = table[name]
        for old, new in successors.items():
            ours = (table.OrgIDProv == old) & column.startswith(old)
            found = ours.ifelse(ibis.literal(new).concat(column.substr(len(old))), found)
        renamed[name] = found
    return table.mutate(**renamed)
