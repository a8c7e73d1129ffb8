"""What older versions kept elsewhere: until v6 the teams of a referral had a table of their own.

In v6 the first team, with rejection and closure reason, stands on the referral, the others on MHS102, and
what kind of team each is on MHS902. Months before v6 are brought into that form.
"""

from collections.abc import Mapping, Sequence

import ibis
from ibis.expr import types as ir

from ithrive.records.reading.contents import Opened
from ithrive.records.reading.typed import SENT, VERSION

_MOVED = ("ReferRejectionDate", "ReferRejectReason", "ReferClosReason")
_WHERE = ("OrgIDProv", "UniqMonthID", "UniqServReqID")


def with_older_teams(tables: Mapping[str, ir.Table], found: Sequence[Opened]) -> dict[str, ir.Table]:
    """The tables, with teams of v5 and v4.1 where v6 has them. The same tables where all files are of v6."""
    if not any(one.file.short == "MHS102" and one.version in ("5", "4.1") for one in found):
        return dict(tables)
    teams = tables["MHS102"]
    older = teams.filter(teams[VERSION] != "6")
    order = ibis.window(group_by=_WHERE, order_by=["OtherCareProfTeamLocalID", "source_file", "source_row"])
    placed = older.mutate(place=ibis.row_number().over(order))
    first, others = placed.filter(placed.place == 0), placed.filter(placed.place > 0).drop("place")
    return dict(tables) | {
        "MHS101": _with_first_team(tables["MHS101"], first),
        "MHS102": teams.filter(teams[VERSION] == "6").union(others),
        "MHS902": tables["MHS902"].union(_team_kinds(older, tables["MHS902"])),
    }


def _with_first_team(referrals: ir.Table, first: ir.Table) -> ir.Table:
    brought = first.select(
        *_WHERE,
        first_team=first.OtherCareProfTeamLocalID,
        first_team_unique=first.UniqOtherCareProfTeamLocalID,
        **{f"first_{name}": first[name] for name in _MOVED},
    )
    joined = referrals.left_join(brought, list(_WHERE), rname="{name}_brought")
    filled = {name: ibis.coalesce(joined[name], joined[f"first_{name}"]) for name in _MOVED}
    filled["CareProfTeamLocalID"] = ibis.coalesce(joined.CareProfTeamLocalID, joined.first_team)
    filled["UniqCareProfTeamID"] = ibis.coalesce(joined.UniqCareProfTeamID, joined.first_team_unique)
    return joined.mutate(**filled).select(*referrals.columns)


def _team_kinds(older: ir.Table, details: ir.Table) -> ir.Table:
    """One row for each team and kind that a month of v5 names, in the form of MHS902."""
    known = older.filter(older.OtherCareProfTeamLocalID.notnull() & older.ServTeamTypeRefToMH.notnull())
    kinds = known.group_by(
        "OrgIDProv",
        "UniqMonthID",
        "UniqSubmissionID",
        CareProfTeamLocalID=known.OtherCareProfTeamLocalID,
        UniqCareProfTeamID=known.UniqOtherCareProfTeamLocalID,
        ServTeamTypeMH=known.ServTeamTypeRefToMH,
    ).aggregate(
        version=known[VERSION].max(), source_file=known.source_file.min(), source_row=known.source_row.min()
    )
    kinds = kinds.mutate(
        **{f"{SENT}{name}": kinds[name] for name in ("CareProfTeamLocalID", "ServTeamTypeMH")}
    )
    schema = details.schema()
    return kinds.select(
        **{
            name: kinds[name] if name in kinds.columns else ibis.null(schema[name])
            for name in details.columns
        }
    )
