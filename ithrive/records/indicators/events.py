"""Things that happen on a day, or last for some: sessions, drop-ins, stays, answers."""

from typing import Any

import ibis
from ibis import _

from ithrive.records.features.numbers import of_referrals
from ithrive.records.features.reckoning import Table, age_on
from ithrive.records.features.rules import Rules
from ithrive.records.features.sites import Sites
from ithrive.records.model import members, team_types
from ithrive.records.reading import Extract

# The session feedback questionnaire goes from 1 to 5, and 5 is the best answer.
BEST_OF_SFQ = 5


def in_quarters(time: Table, rows: Table, first: str, last: str, *, year: bool = False) -> Table:
    """The rows in each quarter (or the year to its end) that they touch. An open end lasts."""
    framed = rows.cross_join(time).mutate(grouping=ibis.null("string"))
    since = framed.year_opens if year else framed.opens
    touches = framed[last].isnull() | (framed[last] >= since)
    return framed.filter(framed[first] < framed.closes, touches)


def _placed(rows: Table, sites: Sites, **columns: Any) -> Table:
    columns = {"provider": rows.OrgIDProv, "commissioner": rows.OrgIDComm, **columns}
    unknown = dict.fromkeys(("neighbourhood", "team"), ibis.null("string"))
    return sites.place(sites.provider(rows.select(**columns, **unknown).filter(_.day.notnull())))


def sessions(extract: Extract, sites: Sites) -> Table:
    """Group sessions of teams that work with whole settings (T2): site, day, participants."""
    rows = extract.table("MHS301")
    rows = rows.filter(rows.ServTeamTypeRefToMH.isin(sorted(team_types("whole_setting"))))
    return _placed(rows, sites, day=rows.GroupSessDate, participants=rows.NumberOfGroupSessParticip)


def drop_ins(extract: Extract, sites: Sites, rules: Rules) -> Table:
    """Drop-in contacts (T3), those of people known to be older left out."""
    rows = extract.table("MHS302")
    older = age_on(rows.PersonBirthDate, rows.CareContactDateMHDropInContact) > rules.oldest
    listed = rows.MHDropInContactServiceType.isin(sorted(team_types("drop_in")))
    rows = rows.filter(listed, ~older.fill_null(False))
    return _placed(rows, sites, day=rows.CareContactDateMHDropInContact)


def digital_starts(extract: Extract, referred: Table, numbered: Table) -> Table:
    """Starts of self-directed digital support (T3) by people of the age counted."""
    rows = extract.table("MHS205")
    rows = rows.filter(rows.StartDatePSDDI.notnull()).select("UniqServReqID", day=rows.StartDatePSDDI)
    ours = referred.filter(referred.counted).select("referral", "site")
    return of_referrals(rows, numbered).join(ours, "referral").select("site", "day")


def answers(scored: Table, referred: Table, rules: Rules) -> Table:
    """Whole answers on being involved (D3): site, day, positive. One for each referral, day and form.

    CHI-ESQ has four such items on each of three forms, SFQ two. An answer that leaves one out is none.
    """
    forms = _forms(rules)
    rows = scored.filter(scored.concept.isin(sorted(forms)), scored.score.notnull())
    form = rows.concept.cases(*sorted(forms.items()))
    best = (form == "sfq").ifelse(BEST_OF_SFQ, rules.most_positive)
    in_range = rows.score.between(1, (form == "sfq").ifelse(BEST_OF_SFQ, 3))
    rows = rows.mutate(form=form, best=(rows.score == best).cast("int64")).filter(in_range)
    whole = rows.group_by("referral", "day", "form").agg(items=_.concept.nunique(), best=_.best.min())
    needed = (whole.form == "sfq").ifelse(2, 4)
    whole = whole.filter(whole["items"] == needed)
    placed = whole.join(referred.filter(referred.counted).select("referral", "site"), "referral")
    return placed.select("site", "day", positive=placed.best == 1)


def _forms(rules: Rules) -> dict[str, str]:
    """Concept → form. Labels of the reference set read “item 1, parent”."""
    found = {}
    for member in members(rules.own):
        if member.set == "chi_esq_involvement":
            found[member.concept] = member.label.partition(", ")[2]
        if member.set == "sfq" and member.label in {"item 1", "item 2"}:
            found[member.concept] = "sfq"
    return found
