"""What happened in a referral, quarter by quarter. This is the one place that reads the table of contacts."""

from typing import Any

import ibis
from ibis import _

from ithrive.records.features.codes import (
    ATTENDED,
    CANCELLED,
    DIGITAL_PROVIDERS,
    FIRST_MONTH_OF_V5,
    MISSED,
    SPOKEN,
    WRITTEN_BEFORE_V5,
    WRITTEN_THAT_COUNTS,
)
from ithrive.records.features.numbers import of_referrals
from ithrive.records.features.reckoning import Table, quarter_of
from ithrive.records.model import team_types
from ithrive.records.reading import Extract


def contacts(extract: Extract, known_teams: Table, numbered: Table) -> Table:
    """One row a contact of a known referral that has a day: what the layers need of it, so that contacts, by
    far the largest table, are read from their files once.

    Columns: referral, contact, month (UniqMonthID), day, second, mechanism; whether the young person came,
    missed it, it was cancelled, or has no_status; whether it qualifies for MHS95; and whether its team was
    the referral's own, a single point of access (at_access) or a crisis team (at_crisis).
    """
    rows = extract.table("MHS201")
    rows = rows.filter(rows.UniqServReqID.notnull(), rows.CareContDate.notnull())
    rows = rows.join(known_teams, rows.UniqOtherCareProfTeamLocalID == known_teams.team, how="left")
    rows = rows.select(
        "UniqServReqID",
        contact=rows.UniqCareContID,
        month=rows.UniqMonthID,
        day=rows.CareContDate,
        second=rows.CareContTime,
        mechanism=rows.ConsMechanismMH,
        came=rows.AttendStatus.isin(ATTENDED).fill_null(False),
        missed=rows.AttendStatus.isin(MISSED).fill_null(False),
        cancelled=rows.AttendStatus.isin(CANCELLED).fill_null(False),
        no_status=rows.AttendStatus.isnull(),
        qualifies=_qualifies(rows),
        own=rows.UniqOtherCareProfTeamLocalID.isnull(),
        **_where(rows),
    )
    return of_referrals(rows, numbered)


def contact_quarters(contacts: Table) -> Table:
    """One row for each referral and quarter with any contact.

    Counts: attended, missed, cancelled, no_status. First days, NULL where there was none: first_attended,
    first_qualifying (for MHS95), and by the contact's own team first_at_own (no team named: the referral's),
    first_at_access (single point of access), first_at_crisis. Last days: last_attended, last_any.
    """
    rows = contacts.mutate(quarter=quarter_of(contacts.day))
    return rows.group_by("referral", "quarter").agg(
        attended=_.came.cast("int64").sum(),
        missed=_.missed.cast("int64").sum(),
        cancelled=_.cancelled.cast("int64").sum(),
        no_status=_.no_status.cast("int64").sum(),
        first_attended=rows.day.min(where=rows.came),
        last_attended=rows.day.max(where=rows.came),
        last_any=_.day.max(),
        first_qualifying=rows.day.min(where=rows.qualifies),
        first_at_own=rows.day.min(where=rows.came & rows.own),
        first_at_access=rows.day.min(where=rows.came & rows.at_access),
        first_at_crisis=rows.day.min(where=rows.came & rows.at_crisis),
    )


def _where(rows: Table) -> dict[str, Any]:
    """Whether the team named on the row itself is a single point of access, or a crisis team."""
    access, crisis = sorted(team_types("single_point_of_access")), sorted(team_types("crisis_response"))
    return {
        "at_access": rows.team_type.isin(access).fill_null(False),
        "at_crisis": rows.team_type.isin(crisis).fill_null(False),
    }


def _qualifies(contacts: Table) -> Any:
    """Whether a contact counts for access, as MHS95 defines it; section 2.1 of the reference."""
    came = contacts.AttendStatus.isin(ATTENDED)
    mechanism = contacts.ConsMechanismMH
    spoken = (contacts.UniqMonthID >= FIRST_MONTH_OF_V5).ifelse(
        mechanism.isin(SPOKEN), mechanism.notin(WRITTEN_BEFORE_V5)
    )
    digital = contacts.OrgIDProv.isin(DIGITAL_PROVIDERS) & mechanism.isin(WRITTEN_THAT_COUNTS)
    return (came & spoken).fill_null(False) | digital.fill_null(False)


def indirect_activity(extract: Extract, known_teams: Table, numbered: Table) -> Table:
    """One row an indirect activity of a known referral that has a day: referral, day, month, procedure, and
    whose team it was, as for contacts.
    """
    acts = extract.table("MHS204")
    acts = acts.filter(acts.UniqServReqID.notnull(), acts.IndirectActDate.notnull())
    acts = acts.join(known_teams, acts.UniqOtherCareProfTeamLocalID == known_teams.team, how="left")
    rows = acts.select(
        "UniqServReqID",
        day=acts.IndirectActDate,
        month=acts.UniqMonthID,
        procedure=acts.IndActProcedure,
        own=acts.UniqOtherCareProfTeamLocalID.isnull(),
        **_where(acts),
    )
    return of_referrals(rows, numbered)


def indirect_quarters(indirect: Table) -> Table:
    """One row for each referral and quarter with any indirect activity: first, last, and first by team."""
    rows = indirect.mutate(quarter=quarter_of(indirect.day))
    return rows.group_by("referral", "quarter").agg(
        first_indirect=_.day.min(),
        last_indirect=_.day.max(),
        indirect_at_own=rows.day.min(where=rows.own),
        indirect_at_access=rows.day.min(where=rows.at_access),
    )


def first_contacts(contacts: Table) -> Table:
    """One row a referral with attended contacts: the days of the first, second and third of them."""
    return first_three(contacts.filter(contacts.came).select("referral", "day"), "referral")


def first_three(days: Table, of: str) -> Table:
    """The first three days of each: first_contact, second_contact, third_contact. Of two on one day either
    may be the first: only the day is told.
    """
    turn = ibis.row_number().over(group_by=of, order_by="day")
    rows = days.mutate(turn=turn).filter(_.turn < 3)
    return rows.group_by(of).agg(
        first_contact=rows.day.min(where=rows.turn == 0),
        second_contact=rows.day.min(where=rows.turn == 1),
        third_contact=rows.day.min(where=rows.turn == 2),
    )


def first_contacts_of_spells(of_referrals: Table, referrals: Table) -> Table:
    """The same by spell. The first three of a spell are among the first three of its referrals."""
    rows = of_referrals.join(referrals.select("referral", "spell"), "referral")
    names = ("first_contact", "second_contact", "third_contact")
    days = ibis.union(*(rows.select("spell", day=rows[name]) for name in names))
    return first_three(days.filter(days.day.notnull()), "spell")
