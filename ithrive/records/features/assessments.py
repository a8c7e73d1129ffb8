"""Scored assessments of every kind, with the referral and the day: MHS606, and MHS607 through its contact."""

import ibis

from ithrive.records.features.codes import NO_SCORE
from ithrive.records.features.reckoning import Table
from ithrive.records.reading import Extract


def assessments(extract: Extract, contacts: Table) -> Table:
    """Columns: referral, day, concept, score (NULL where it is none: 888, 999, no number). No row twice."""
    both = ibis.union(_with_referral(extract), _in_contacts(extract, contacts))
    score = both.given.try_cast("float64")
    rows = both.mutate(score=score.isin(NO_SCORE).ifelse(None, score)).drop("given")
    return rows.filter(rows.referral.notnull(), rows.day.notnull(), rows.concept.notnull()).distinct()


def _with_referral(extract: Extract) -> Table:
    rows = extract.table("MHS606")
    return rows.select(
        referral=rows.UniqServReqID,
        day=rows.AssToolCompTimestamp.date(),
        concept=rows.CodedAssToolType,
        given=rows.PersScore,
    )


def _in_contacts(extract: Extract, contacts: Table) -> Table:
    rows = extract.table("MHS607").select("UniqCareActID", "UniqMonthID", "CodedAssToolType", "PersScore")
    acts = extract.table("MHS202").select("UniqCareActID", "UniqMonthID", "UniqCareContID")
    dated = days_of_activities(contacts, rows.join(acts, ["UniqCareActID", "UniqMonthID"]))
    return dated.select("referral", "day", concept=dated.CodedAssToolType, given=dated.PersScore)


def days_of_activities(contacts: Table, acts: Table) -> Table:
    """Activities with the referral and the day of the contact they were part of. Identifiers of contacts
    come again in other months for other contacts, so the month is part of the key.
    """
    met = contacts.select("referral", "day", "status", "mechanism", "contact", met_in="month")
    return acts.join(met, [acts.UniqCareContID == met.contact, acts.UniqMonthID == met.met_in])
