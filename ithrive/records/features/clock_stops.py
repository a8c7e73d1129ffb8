"""The clock of a spell stops with the last of three: a contact, an outcome score, a plan or intervention.

The national four-week measures (MRS08): person at provider; any one missing, and the clock runs on.
"""

import ibis
from ibis import _

from ithrive.records.features.reckoning import Table, beside, first_of


def first_marks(
    referred: Table, firsts: Table, indirect: Table, scores: Table, interventions: Table
) -> Table:
    """One row a referral: its spell, and the first days of all that may stop a clock."""
    rows = referred.select("referral", "spell")
    first_indirect = indirect.group_by("referral").agg(first_indirect=_.day.min())
    for part in (firsts.select("referral", "first_contact"), first_indirect, scores, interventions):
        rows = beside(rows, part, "referral")
    return rows


def clock_stops(spells: Table, marks: Table, agreed: Table) -> Table:
    """One row a spell: contact_on, outcome_on, outcome_official_on, plan_on, goal_on, current_view_on,
    plan_shared_on, and where all three are known stopped_on and stopped_official_on.

    `marks` are `first_marks`. Contacts, scores and interventions belong to the referrals of the spell; agreed
    plans belong to the person at the provider and count from the first day of the spell to its last.
    `outcome_official_on` is the first coded assessment whatever its score, `outcome_on` the first with a
    score. Current View is none of them.
    """
    found = marks.group_by("spell").agg(
        contact_on=first_of(_.first_contact.min(), _.first_indirect.min()),
        intervention_on=_.intervention_on.min(),
        **{name: _[name].min() for name in OF_SCORES},
    )
    found = beside(found, _plans(spells, agreed), "spell")
    found = found.mutate(plan_on=first_of(found.intervention_on, found.plan_agreed_on))
    return found.drop("intervention_on", "plan_agreed_on").mutate(
        stopped_on=_last(found, "outcome_on"), stopped_official_on=_last(found, "outcome_official_on")
    )


OF_SCORES = ("outcome_on", "outcome_official_on", "goal_on", "current_view_on")


def _plans(spells: Table, agreed: Table) -> Table:
    """The first plan agreed within each spell, and the first since it began that was agreed together."""
    whose = spells.select("person", "provider", "spell", "starts", "ends_on")
    plans = agreed.join(whose, ["person", "provider"]).filter(_.day >= _.starts)
    # A plan of a later spell says nothing of one that had ended.
    within = plans.ends_on.isnull() | (plans.day <= plans.ends_on)
    return plans.group_by("spell").agg(
        plan_agreed_on=plans.day.min(where=within), plan_shared_on=plans.day.min(where=plans.shared)
    )


def _last(found: Table, outcome: str) -> ibis.Value:
    every = found.contact_on.notnull() & found[outcome].notnull() & found.plan_on.notnull()
    return every.ifelse(ibis.greatest(found.contact_on, found[outcome], found.plan_on), None)
