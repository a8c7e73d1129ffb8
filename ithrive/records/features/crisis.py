"""How soon a crisis referral was seen face to face (R2; CCR118b to CCR120b)."""

import ibis
from ibis import _

from ithrive.records.features.codes import FACE_TO_FACE, URGENT
from ithrive.records.features.reckoning import Table, days_from, month_number
from ithrive.records.model import team_types

# The official rule needs the contact in the month of the referral. We follow for seven days instead.
FOLLOWED = 7


def is_crisis(referrals: Table) -> ibis.Value:
    """Whether any team of the referral is a crisis team and the referral is urgent."""
    by_team = referrals.team_type.isin(sorted(team_types("crisis"))).fill_null(False) | referrals.other_crisis
    return by_team & referrals.priority.isin(URGENT).fill_null(False)


def crisis_responses(contacts: Table, referrals: Table) -> Table:
    """One row a crisis referral: seen face to face, and how many seconds after, by both rules.

    seen_same_month, seen_in_week; seconds_same_month, seconds_in_week (NULL without both times).
    """
    urgent = referrals.filter(is_crisis(referrals)).select("referral", "received", "received_second")
    seen = contacts.filter(contacts.came, contacts.mechanism == FACE_TO_FACE)
    rows = seen.select("referral", "day", "second").join(urgent, "referral")
    waited = days_from(rows.received, rows.day)
    seconds = waited * 86_400 + rows.second - rows.received_second
    rows = rows.mutate(
        seconds=seconds, waited=waited, same_month=month_number(rows.day) == month_number(rows.received)
    )
    # On the day itself a contact before the referral is no response to it; without times nobody knows.
    rows = rows.filter(rows.waited >= 0, (rows.seconds >= 0).fill_null(True))
    in_week = rows.waited <= FOLLOWED
    return rows.group_by("referral").agg(
        seen_same_month=_.same_month.cast("int64").max() == 1,
        seen_in_week=in_week.cast("int64").max() == 1,
        seconds_same_month=rows.seconds.min(where=rows.same_month),
        seconds_in_week=rows.seconds.min(where=in_week),
    )
