"""Care plans: of a person at a provider, when agreed and by whom."""

import ibis
from ibis import _

from ithrive.records.features.codes import SAFETY_PLANS
from ithrive.records.features.numbers import of_people
from ithrive.records.features.reckoning import Table, newest
from ithrive.records.features.rules import Rules
from ithrive.records.features.sites import Sites
from ithrive.records.reading import Extract


def agreements(extract: Extract, sites: Sites, numbered: Table, rules: Rules) -> Table:
    """Agreed plans: person, provider, day, and whether it was with the young person or family (`shared`)."""
    plans = newest(extract.table("MHS008"), "UniqCarePlanID")
    plans = plans.select("UniqCarePlanID", "Person_ID", provider=plans.OrgIDProv)
    rows = extract.table("MHS009").drop("OrgIDProv").join(plans, "UniqCarePlanID")
    by = rows.CarePlanContentAgreedBy.isin(rules.agreed_by).fill_null(False)
    family = (rows.FamilyCarePlanIndicator == "Y").fill_null(False)
    rows = rows.select("Person_ID", "provider", day=rows.CarePlanContentAgreedDate, shared=by | family)
    return sites.provider(of_people(rows.filter(rows.day.notnull()), numbered).distinct())


def safety_plans(extract: Extract, numbered: Table) -> Table:
    """The days on which a crisis plan or an urgent care plan was made or renewed: person, day."""
    plans = extract.table("MHS008")
    plans = plans.filter(plans.CarePlanTypeMH.isin(SAFETY_PLANS), plans.Person_ID.notnull())
    both = ibis.union(
        plans.select("Person_ID", day=plans.CarePlanCreatDate),
        plans.select("Person_ID", day=plans.CarePlanLastUpdateDate),
    )
    return of_people(both.filter(_.day.notnull()), numbered).distinct()
