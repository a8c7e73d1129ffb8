"""Spells: referrals of one person at one provider that overlap, or follow within five days."""

import ibis
from ibis import _

from ithrive.records.features.reckoning import NEVER, Table, beside, days_from

GAP = 5  # days; section 2.2 of the measures' reference: MRS08 to MRS19


def with_spells(referrals: Table) -> Table:
    """The referrals with `spell`: the identifier of the first referral of the spell each belongs to."""
    within = {"group_by": ["provider", "person"], "order_by": ["received", "referral"]}
    rows = referrals.select("referral", "provider", "person", "received", "ends_on")
    so_far = rows.ends_on.fill_null(NEVER).max().over(ibis.window(**within, preceding=(None, 1)))
    begins = so_far.isnull() | (days_from(so_far, rows.received) > GAP).fill_null(False)
    marked = rows.mutate(begins=begins.cast("int64"))
    counted = marked.mutate(turn=marked.begins.sum().over(ibis.window(**within, preceding=(None, 0))))
    first = ibis.window(group_by=["provider", "person", "turn"], order_by=["received", "referral"])
    named = counted.select("referral", spell=counted.referral.first().over(first))
    return beside(referrals, named, "referral")


def spells(referrals: Table) -> Table:
    """One row a spell. `closed_on` and `close_reason` are those of the last referral to end, where it was a
    discharge; a spell is accepted when at least one of its referrals was not rejected. Age and site are those
    of its first referral. `from_newest` counts the spells of a person in a site, from 0 for the newest.
    """
    last = ibis.row_number().over(
        group_by="spell",
        order_by=[
            referrals.ends_on.fill_null(NEVER).desc(),
            referrals.closed_on.desc(nulls_first=False),
            referrals.referral,
        ],
    )
    rows = referrals.mutate(
        is_first=referrals.referral == referrals.spell,
        is_last=last == 0,
        accepted=referrals.rejected_on.isnull(),
    )
    whole = rows.group_by("spell").agg(
        site=rows.site.max(where=_.is_first),
        person=_.person.max(),
        provider=_.provider.max(),
        age=rows.age.max(where=_.is_first),
        counted=rows.counted.cast("int64").max(where=_.is_first) == 1,
        team_type=rows.team_type.max(where=_.is_first),
        starts=_.received.min(),
        last_end=_.ends_on.fill_null(NEVER).max(),
        closed_on=rows.closed_on.max(where=_.is_last),
        close_reason=rows.close_reason.max(where=_.is_last),
        first_accepted=rows.received.min(where=_.accepted),
        accepted=_.accepted.cast("int64").max() == 1,
        left_out=_.left_out.cast("int64").max() == 1,
        hospital=_.hospital.cast("int64").max() == 1,
    )
    newest_first = ibis.row_number().over(
        group_by=["site", "person"], order_by=[whole.starts.desc(), whole.spell]
    )
    ended = whole.mutate(ends_on=whole.last_end.nullif(NEVER), from_newest=newest_first).drop("last_end")
    return ended.mutate(
        closed_on=ended.ends_on.isnull().ifelse(None, ended.closed_on),
        close_reason=ended.closed_on.isnull().ifelse(None, ended.close_reason),
    )
