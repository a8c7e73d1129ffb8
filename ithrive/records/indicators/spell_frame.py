"""Spells at the end of each quarter: one row for each spell and quarter it has to do with."""

from typing import Any

import ibis
from ibis import _

from ithrive.records.features.codes import AT_REQUEST, COMPLETED, NOT_APPROPRIATE, REFERRED_ON
from ithrive.records.features.reckoning import Table, beside, days_from

# No indicator looks further back than the quarter one year before, and its last day is no more away.
LOOK_BACK = 370
# Re-referral (W1): after the five days that merge referrals into one spell, within a year.
RETURNS_AFTER, RETURNS_WITHIN = 5, 365
RETURNS_COUNT_AFTER = (COMPLETED, NOT_APPROPRIATE, AT_REQUEST, REFERRED_ON)


def spell_quarters(referred: Table, contacts: Table, indirect: Table) -> Table:
    """Contacts and indirect activity by spell and quarter."""
    of_spell = referred.select("referral", "spell")
    direct = contacts.join(of_spell, "referral")
    direct = direct.select(
        "spell", "quarter", "attended", "missed", "cancelled", "no_status", "last_attended", "last_any"
    )
    other = indirect.join(of_spell, "referral").select(
        "spell",
        "quarter",
        **dict.fromkeys(("attended", "missed", "cancelled", "no_status"), ibis.literal(0, type="int64")),
        last_attended=ibis.null("date"),
        last_any=_.last_indirect,
    )
    counted = ("attended", "missed", "cancelled", "no_status")
    return (
        ibis.union(direct, other)
        .group_by("spell", "quarter")
        .agg(
            **{name: _[name].sum() for name in counted},
            last_attended=_.last_attended.max(),
            last_any=_.last_any.max(),
        )
    )


def spell_frame(
    time: Table, spells: Table, referred: Table, by_quarter: Table, firsts: Table, stops: Table, onward: Table
) -> Table:
    """Columns: those of the spell, its contacts in the quarter, and what was true at the quarter's end."""
    totals = by_quarter.group_by("spell").agg(contacts=_.attended.sum(), last_ever=_.last_any.max())
    rows = spells
    for part in (totals, firsts, stops, _onward(onward, referred), _returns(spells, referred)):
        rows = beside(rows, part, "spell")
    rows = rows.mutate(contacts=rows.contacts.fill_null(0), returned=rows.returned.fill_null(False))
    framed = rows.cross_join(time)
    framed = framed.filter(framed.starts < framed.closes, _may_matter(framed))
    here = by_quarter.drop("last_any")
    framed = beside(framed, here, "spell", "quarter")
    counts = {name: framed[name].fill_null(0) for name in ("attended", "missed", "cancelled", "no_status")}
    framed = framed.mutate(**counts, **_at_the_end(framed))
    return beside(framed, _last_activity(framed, by_quarter), "spell", "quarter")


def _may_matter(rows: Table) -> Any:
    """Whether anything of the spell lies near enough to the quarter for any indicator to see it."""
    days = [
        rows[name]
        for name in (
            "ends_on",
            "closed_on",
            "last_ever",
            "stopped_on",
            "stopped_official_on",
            "contact_on",
            "outcome_on",
            "plan_on",
            "third_contact",
        )
    ]
    last = ibis.greatest(*(day.fill_null(rows.starts) for day in days))
    return rows.ends_on.isnull() | (days_from(last, rows.opens) <= LOOK_BACK)


def _at_the_end(rows: Table) -> dict[str, Any]:
    within = (rows.closed_on >= rows.opens) & (rows.closed_on < rows.closes)
    return {
        "is_open": rows.ends_on.isnull() | (rows.ends_on >= rows.closes),
        "closed_now": within.fill_null(False),
        "closed_by_then": (rows.closed_on < rows.closes).fill_null(False),
        "seen": (rows.first_contact < rows.closes).fill_null(False),
        "seen_twice": (rows.second_contact < rows.closes).fill_null(False),
        "days_waited": days_from(rows.starts, rows.closes) - 1,
    }


def _last_activity(framed: Table, by_quarter: Table) -> Table:
    """For those who wait: the last contact of any outcome, or indirect activity, by the quarter's end."""
    waiting = framed.filter(framed.is_open, ~framed.seen).select("spell", "quarter", "closes")
    acts = by_quarter.select("spell", "last_any", acted=by_quarter.quarter)
    rows = waiting.join(acts, "spell").filter(_.acted <= _.quarter)
    return rows.group_by("spell", "quarter").agg(last_activity=_.last_any.max())


def _onward(onward: Table, referred: Table) -> Table:
    rows = onward.join(referred.select("referral", "spell"), "referral")
    return rows.group_by("spell").agg(onward_on=_.OnwardReferDate.min())


def _returns(spells: Table, referred: Table) -> Table:
    """Discharged spells followed by a new accepted referral of the same person in the same site."""
    left = spells.filter(spells.closed_on.notnull(), spells.close_reason.isin(RETURNS_COUNT_AFTER))
    left = left.select("spell", "site", "person", "closed_on")
    accepted = referred.filter(referred.rejected_on.isnull()).select("site", "person", "received")
    pairs = left.join(accepted, ["site", "person"])
    days = days_from(pairs.closed_on, pairs.received)
    back = pairs.filter((days > RETURNS_AFTER) & (days <= RETURNS_WITHIN))
    return back.select("spell").distinct().mutate(returned=True)
