"""Stays in hospital, and periods under the Mental Health Act."""

import ibis

from ithrive.records.features.codes import ADULT_WARDS, DETAINED, SECTION_136
from ithrive.records.features.numbers import of_people, of_referrals
from ithrive.records.features.reckoning import Table, age_on, birthday, newest
from ithrive.records.features.rules import Rules
from ithrive.records.reading import Extract


def hospital_stays(extract: Extract, referrals: Table, numbered: Table) -> Table:
    """One row a hospital spell: stay, site, person, born, starts, ends (NULL while it lasts)."""
    rows = newest(extract.table("MHS501"), "UniqHospProvSpellID")
    whose = referrals.select("referral", "site", "person", "born")
    rows = of_referrals(rows, numbered).join(whose, "referral")
    return rows.filter(rows.StartDateHospProvSpell.notnull()).select(
        "site",
        "person",
        "born",
        stay=rows.UniqHospProvSpellID,
        starts=rows.StartDateHospProvSpell,
        ends=rows.DischDateHospProvSpell,
    )


def adult_ward_stays(extract: Extract, stays: Table) -> Table:
    """Ward stays on adult acute wards. One that was not closed ends with its hospital spell."""
    rows = newest(extract.table("MHS502"), "UniqWardStayID")
    rows = rows.filter(rows.MHAdmittedPatientClass.isin(ADULT_WARDS), rows.StartDateWardStay.notnull())
    rows = rows.join(stays, rows.UniqHospProvSpellID == stays.stay)
    return rows.select(
        "site",
        "person",
        "born",
        stay=rows.UniqWardStayID,
        starts=rows.StartDateWardStay,
        ends=rows.EndDateWardStay.fill_null(rows.ends),
    )


def act_periods(extract: Extract, referrals: Table, numbered: Table, rules: Rules) -> Table:
    """Periods that began below 18: site, day, section_136, detained. One row a period, as last sent."""
    rows = newest(extract.table("MHS401"), "OrgIDProv", "MHActLegalStatusClassPeriodID")
    rows = rows.filter(rows.Person_ID.notnull(), rows.StartDateMHActLegalStatusClass.notnull())
    rows = rows.select(
        "Person_ID",
        day=rows.StartDateMHActLegalStatusClass,
        section_136=rows.LegalStatusCode == SECTION_136,
        detained=rows.LegalStatusCode.isin(DETAINED),
    )
    people = referrals.select("person", "born", "site").distinct()
    rows = of_people(rows, numbered).join(people, "person")
    return rows.filter(age_on(rows.born, rows.day).between(0, rules.oldest)).select(
        "site", "day", "section_136", "detained"
    )


def days_within(rows: Table, since: ibis.Value) -> ibis.Value:
    """How many days of a stay lie between a day and the end of the quarter, and before the eighteenth
    birthday; never below nought, and NULL without a date of birth.

    A stay that lasts is counted to the end of the quarter, as the national code does.
    """
    first = ibis.greatest(rows.starts, since)
    last = ibis.least(rows.ends.fill_null(rows.closes), rows.closes, birthday(rows.born, 18))
    days = ibis.greatest(last.delta(first, unit="day").cast("int64"), 0)
    # Engines leave NULL out of least and greatest, so an unknown birth has to be said.
    return rows.born.isnull().ifelse(None, days)
