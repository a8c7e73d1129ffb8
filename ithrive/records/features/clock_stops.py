"""The clock of a spell stops with the last of three: a contact, an outcome score, a plan or intervention.

The national four-week measures (MRS08): person at provider; any one missing, and the clock runs on.
"""

import ibis

from ithrive.records.features.reckoning import Table
from ithrive.records.model import concepts


def clock_stops(
    spells: Table,
    referrals: Table,
    contacts: Table,
    indirect: Table,
    scored: Table,
    interventions: Table,
    agreed: Table,
) -> Table:
    """One row a spell: contact_on, outcome_on, plan_on, and stopped_on where all three are known.

    Contacts, scores and interventions belong to the referrals of the spell; agreed plans belong to the person
    at the provider and count from the first day of the spell to its last. `outcome_official_on` is the first
    coded assessment whatever its score, `outcome_on` the first with a score. Current View is none of them.
    """
    baselines = scored.filter(scored.concept.notin(sorted(current_view_concepts())))
    of_spell = referrals.select("referral", "spell")
    days = ibis.union(
        contacts.select("referral", day=contacts.first_contact, part=ibis.literal("contact")),
        indirect.select("referral", day=indirect.first_indirect, part=ibis.literal("contact")),
        baselines.select(
            "referral", "day", part=baselines.score.isnull().ifelse("outcome_official", "outcome")
        ),
        interventions.select("referral", "day", part=ibis.literal("plan")),
    ).join(of_spell, "referral")
    whose = spells.select("person", "provider", "spell", "starts", "ends_on")
    plans = agreed.join(whose, ["person", "provider"])
    # A plan of a later spell says nothing of one that had ended.
    plans = plans.filter(
        (plans.day >= plans.starts) & (plans.ends_on.isnull() | (plans.day <= plans.ends_on))
    )
    every = ibis.union(
        days.select("spell", "day", "part"), plans.select("spell", "day", part=ibis.literal("plan"))
    )
    found = every.group_by("spell").agg(
        contact_on=every.day.min(where=every.part == "contact"),
        outcome_on=every.day.min(where=every.part == "outcome"),
        outcome_official_on=every.day.min(where=every.part.isin(("outcome", "outcome_official"))),
        plan_on=every.day.min(where=every.part == "plan"),
    )
    return found.mutate(
        stopped_on=_last(found, "outcome_on"), stopped_official_on=_last(found, "outcome_official_on")
    )


def _last(found: Table, outcome: str) -> ibis.Value:
    every = found.contact_on.notnull() & found[outcome].notnull() & found.plan_on.notnull()
    return every.ifelse(ibis.greatest(found.contact_on, found[outcome], found.plan_on), None)


def current_view_concepts() -> frozenset[str]:
    """The items of Current View, which describes a young person and measures no outcome."""
    names = ("current_view_problem", "current_view_context", "current_view_education")
    return frozenset().union(*(concepts(name) for name in names))
