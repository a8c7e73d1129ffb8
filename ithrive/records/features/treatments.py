"""Procedures that start something: treatment of an eating disorder (M1), an intervention (H3)."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

import ibis
from ibis import _

from ithrive.records.features.assessments import days_of_activities
from ithrive.records.features.codes import ATTENDED, TALK_TYPE_COUNTS_FROM
from ithrive.records.features.reckoning import Table
from ithrive.records.features.rules import Rules
from ithrive.records.model import Member, members, month_number
from ithrive.records.reading import Extract

EATING_DISORDER_TREATMENTS = ("nice_eating_disorder",)
INTERVENTIONS = (
    "refset_1853461000000105",
    "refset_1853481000000101",
    "refset_1853451000000107",
    "diagnostic_assessment",
)


def eating_disorder_starts(extract: Extract, rules: Rules) -> Table:
    """One row a referral: `treated_on`, each day on which a listed treatment was given in an attended contact
    by one of the ways of meeting that count (ED86e, ED87e).
    """
    rows = _procedures(extract, EATING_DISORDER_TREATMENTS, rules)
    by_voice = rows.ConsMechanismMH.isin(("01", "02", "11"))
    by_voice |= (rows.ConsMechanismMH == "04") & (rows.UniqMonthID >= TALK_TYPE_COUNTS_FROM)
    rows = rows.filter(rows.AttendStatus.isin(ATTENDED), by_voice)
    return rows.select("referral", treated_on=rows.day).distinct()


def interventions(extract: Extract, rules: Rules) -> Table:
    """Columns referral, day: listed interventions and diagnostic assessments, direct in an attended contact
    or as indirect activity.
    """
    direct = _procedures(extract, INTERVENTIONS, rules)
    direct = direct.filter(direct.AttendStatus.isin(ATTENDED)).select("referral", "day")
    acts = extract.table("MHS204")
    listed = _counts(acts.IndActProcedure, acts.UniqMonthID, _members(INTERVENTIONS, rules))
    acts = acts.filter(listed)
    indirect = acts.select(referral=acts.UniqServReqID, day=acts.IndirectActDate)
    both = ibis.union(direct, indirect)
    return both.filter(_.referral.notnull(), _.day.notnull()).distinct()


def _procedures(extract: Extract, sets: tuple[str, ...], rules: Rules) -> Table:
    acts = extract.table("MHS202")
    acts = acts.filter(_counts(acts.Procedure, acts.UniqMonthID, _members(sets, rules)))
    return days_of_activities(extract, acts.select("UniqCareContID", "UniqMonthID"))


def _members(sets: tuple[str, ...], rules: Rules) -> list[Member]:
    return [member for member in members(rules.own) if member.set in sets]


def _counts(expression: Any, month: Any, listed: Iterable[Member]) -> Any:
    """Whether the concept before the colon of a SNOMED expression was listed in that month."""
    concept = expression.split(":")[0].strip()
    spans: dict[tuple[int, int], list[str]] = {}
    for member in listed:
        first = month_number(member.valid_from)
        last = month_number(member.valid_to) if member.valid_to else 9999
        spans.setdefault((first, last), []).append(member.concept)
    within = (
        concept.isin(sorted(found)) & month.between(first, last) for (first, last), found in spans.items()
    )
    return reduce(or_, within).fill_null(False)
