"""Procedures that start something: treatment of an eating disorder (M1), an intervention (H3)."""

import ibis
from ibis import _

from ithrive.records.features.codes import TALK_TYPE_COUNTS_FROM
from ithrive.records.features.reckoning import Table, written
from ithrive.records.features.rules import Rules
from ithrive.records.identifiers import snomed_concept
from ithrive.records.model import members, month_number
from ithrive.records.reading import Extract

EATING_DISORDER_TREATMENTS = ("nice_eating_disorder",)
INTERVENTIONS = (
    "refset_1853461000000105",
    "refset_1853481000000101",
    "refset_1853451000000107",
    "diagnostic_assessment",
)
LAST_MONTH = 9999  # of what is still in use


def activities(extract: Extract, contacts: Table) -> Table:
    """One row an activity of a known contact: activity (its identifier), month, procedure, and of the contact
    referral, day, mechanism and whether the young person came. Identifiers of contacts come again in other
    months for other contacts, so the month is part of the key.
    """
    acts = extract.table("MHS202").select("UniqCareActID", "UniqCareContID", "UniqMonthID", "Procedure")
    met = contacts.select("contact", "month", "referral", "day", "mechanism", "came")
    rows = acts.join(met, [acts.UniqCareContID == met.contact, acts.UniqMonthID == met.month])
    return rows.select(
        "month",
        "referral",
        "day",
        "mechanism",
        "came",
        activity=rows.UniqCareActID,
        procedure=rows.Procedure,
    )


def eating_disorder_starts(activities: Table, referred: Table, rules: Rules) -> Table:
    """One row a referral: `treated_on`, the first day since it was received on which a listed treatment was
    given in an attended contact by one of the ways of meeting that count (ED86e, ED87e).
    """
    by_voice = activities.mechanism.isin(("01", "02", "11"))
    by_voice |= (activities.mechanism == "04") & (activities.month >= TALK_TYPE_COUNTS_FROM)
    rows = _listed(activities.filter(activities.came, by_voice), EATING_DISORDER_TREATMENTS, rules)
    rows = rows.join(referred.select("referral", "received"), "referral").filter(_.day >= _.received)
    return rows.group_by("referral").agg(treated_on=_.day.min())


def first_interventions(activities: Table, indirect: Table, rules: Rules) -> Table:
    """One row a referral: `intervention_on`, the first day of a listed intervention or diagnostic assessment,
    direct in an attended contact or as indirect activity.
    """
    wanted = ("referral", "day", "month", "procedure")
    both = ibis.union(activities.filter(activities.came).select(wanted), indirect.select(wanted))
    return _listed(both, INTERVENTIONS, rules).group_by("referral").agg(intervention_on=_.day.min())


def _listed(acts: Table, sets: tuple[str, ...], rules: Rules) -> Table:
    """The activities whose procedure was in one of the sets in the month of the row; a row may come twice.

    Joined, not asked of each concept in turn: the concept is then cut out of an expression only once.
    """
    listed = written(
        [
            {
                "concept": member.concept,
                "first": month_number(member.valid_from),
                "last": month_number(member.valid_to) if member.valid_to else LAST_MONTH,
            }
            for member in members(rules.own)
            if member.set in sets
        ],
        {"concept": "string", "first": "int64", "last": "int64"},
    )
    rows = acts.mutate(concept=snomed_concept(acts.procedure)).join(listed, "concept")
    return rows.filter(rows.month.between(rows["first"], rows["last"]))
