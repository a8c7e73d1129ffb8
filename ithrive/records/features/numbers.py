"""Whole numbers that stand for long identifiers, so that layers are joined by what is short.

They are given out, not worked out from the letters as a hash would be, so no two identifiers share one.
"""

import ibis
from ibis import _

from ithrive.records.features.reckoning import Table, beside

# More referrals than any provider has; and more than 32 bits hold, so that Spark reckons in 64.
OF_ONE_PROVIDER = 2**32


def numbers(latest: Table) -> Table:
    """One row a referral: UniqServReqID, Person_ID, and the whole numbers `referral` and `person` for them.

    `latest` is `latest_referrals`. Numbers follow the order of identifiers within a provider. Each provider
    is counted apart, so that no engine has to bring all referrals to one place. A person has the number of
    the first of their referrals.
    """
    rows = latest.select("UniqServReqID", "Person_ID", provider=latest.sent_by.fill_null(""))
    providers = rows.select("provider").distinct()
    providers = providers.mutate(place=ibis.row_number().over(order_by="provider"))
    turn = ibis.row_number().over(group_by="provider", order_by="UniqServReqID")
    rows = beside(rows.mutate(turn=turn), providers, "provider")
    rows = rows.mutate(referral=rows.place * OF_ONE_PROVIDER + rows.turn)
    people = rows.group_by("Person_ID").agg(person=_.referral.min())
    return beside(rows, people, "Person_ID").select("UniqServReqID", "Person_ID", "referral", "person")


def of_referrals(rows: Table, numbered: Table) -> Table:
    """The rows of known referrals, with `referral` instead of `UniqServReqID`."""
    known = numbered.select("UniqServReqID", "referral")
    return rows.join(known, "UniqServReqID").drop("UniqServReqID")


def of_people(rows: Table, numbered: Table) -> Table:
    """The rows of people with a referral, with `person` instead of `Person_ID`."""
    known = numbered.select("Person_ID", "person").distinct()
    return rows.join(known, "Person_ID").drop("Person_ID")
