"""Procedures that start something: treatment of an eating disorder (M1), an intervention (H3)."""

import ibis
from ibis import _

from ithrive.records.features.assessments import days_of_activities
from ithrive.records.features.codes import ATTENDED, TALK_TYPE_COUNTS_FROM
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


def eating_disorder_starts(extract: Extract, contacts: Table, rules: Rules) -> Table:
    """One row a referral: `treated_on`, each day on which a listed treatment was given in an attended contact
    by one of the ways of meeting that count (ED86e, ED87e).
    """
    rows = _procedures(extract, contacts, EATING_DISORDER_TREATMENTS, rules)
    by_voice = rows.mechanism.isin(("01", "02", "11"))
    by_voice |= (rows.mechanism == "04") & (rows.UniqMonthID >= TALK_TYPE_COUNTS_FROM)
    rows = rows.filter(rows.status.isin(ATTENDED), by_voice)
    return rows.select("referral", treated_on=rows.day).distinct()


def interventions(extract: Extract, contacts: Table, rules: Rules) -> Table:
    """Columns referral, day: listed interventions and diagnostic assessments, direct in an attended contact
    or as indirect activity.
    """
    direct = _procedures(extract, contacts, INTERVENTIONS, rules)
    direct = direct.filter(direct.status.isin(ATTENDED)).select("referral", "day")
    acts = extract.table("MHS204").select(
        "UniqServReqID", "IndirectActDate", "IndActProcedure", "UniqMonthID"
    )
    acts = _listed(acts, "IndActProcedure", INTERVENTIONS, rules)
    indirect = acts.select(referral=acts.UniqServReqID, day=acts.IndirectActDate)
    both = ibis.union(direct, indirect)
    return both.filter(_.referral.notnull(), _.day.notnull()).distinct()


def _procedures(extract: Extract, contacts: Table, sets: tuple[str, ...], rules: Rules) -> Table:
    acts = extract.table("MHS202").select("UniqCareContID", "UniqMonthID", "Procedure")
    acts = _listed(acts, "Procedure", sets, rules)
    return days_of_activities(contacts, acts.select("UniqCareContID", "UniqMonthID"))


def _listed(acts: Table, procedure: str, sets: tuple[str, ...], rules: Rules) -> Table:
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
    rows = acts.mutate(concept=snomed_concept(acts[procedure])).join(listed, "concept")
    return rows.filter(rows.UniqMonthID.between(rows["first"], rows["last"]))
