"""Referrals in each quarter in which something of theirs is counted."""

from functools import reduce
from operator import or_
from typing import Any

import ibis
from ibis import _

from ithrive.records.features.crisis import is_crisis
from ithrive.records.features.reckoning import Table, beside, first_of
from ithrive.records.model import team_types


def referral_frame(
    time: Table,
    referred: Table,
    framed: Table,
    contacts: Table,
    indirect: Table,
    firsts: Table,
    crisis: Table,
    treated: Table,
    pairs: Table,
) -> Table:
    """One row for each referral and quarter in which something of it is counted.

    Flags of rows without a counterpart are False; days stay NULL.
    """
    rows = referred
    for part in (firsts, _access(referred, contacts, indirect), crisis, treated, pairs):
        rows = beside(rows, part, "referral")
    flags = [name for name, kind in rows.schema().items() if kind.is_boolean() and name not in KEPT_UNKNOWN]
    rows = rows.mutate(
        **{name: rows[name].fill_null(False) for name in flags},
        is_crisis=is_crisis(rows),
        left_out_of_outcomes=rows.team_type.isin(sorted(team_types("outcomes_left_out"))).fill_null(False),
        responded_on=first_of(rows.first_access, rows.rejected_on),
    )
    every = rows.cross_join(time)
    every = every.filter(every.received < every.closes, _may_matter(every))
    grouped = framed.select("spell", "quarter", "grouping")
    return beside(every, grouped, "spell", "quarter")


# Flags that may be unknown of a person, and then count on neither side.
KEPT_UNKNOWN = ("most_deprived", "of_other_ethnicity", "looked_after", "autism_or_ld")


def _may_matter(rows: Table) -> Any:
    """Received in this quarter or the one before, or something counted happened in this one (or, of
    treatment, in the year to its end).
    """
    here = [
        (rows[name] >= since) & (rows[name] < rows.closes)
        for name, since in (
            ("received", rows.before_opens),
            ("first_contact", rows.opens),
            ("responded_on", rows.opens),
            ("closed_on", rows.opens),
            ("treated_on", rows.year_opens),
        )
    ]
    return reduce(or_, (found.fill_null(False) for found in here))


def _access(referred: Table, contacts: Table, indirect: Table) -> Table:
    """The first attended contact or indirect activity at a single point of access."""
    ours = referred.select(
        "referral", own_access=_.team_type.isin(sorted(team_types("single_point_of_access")))
    )
    direct = contacts.select("referral", at=contacts.first_at_access, own=contacts.first_at_own)
    other = indirect.select("referral", at=indirect.indirect_at_access, own=indirect.indirect_at_own)
    rows = ibis.union(direct, other).join(ours, "referral")
    rows = rows.mutate(day=first_of(rows["at"], rows.own_access.fill_null(False).ifelse(rows.own, None)))
    return rows.group_by("referral").agg(first_access=_.day.min())
