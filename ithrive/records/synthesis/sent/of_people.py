"""People as they are sent: a row for each month in which a referral of theirs is."""

import numpy as np

from ithrive.records.synthesis import people as drawn
from ithrive.records.synthesis.arrays import NEVER, Ints
from ithrive.records.synthesis.sent import columns as to
from ithrive.records.synthesis.sent.numbers import local_patients, nhs_number, person_ids
from ithrive.records.synthesis.sent.sheet import Sent, Sheet, send
from ithrive.records.synthesis.story import Story

NO_ADDRESS = "ZZ99 3WZ"  # what the data set writes for an address that is not known


def people_sheets(story: Story, referral: Ints, month: Ints) -> list[Sheet]:
    """From the months of each referral, the months of each person at each provider."""
    person, provider = story.referrals.person[referral], story.referrals.provider[referral]
    months, providers = story.country.calendar.months, story.country.providers
    packed = np.unique((person * providers + provider) * months + month)
    person, provider = packed // months // providers, packed // months % providers
    sent = send(story.country, person, packed % months, provider)
    return [_index(story, sent), _practices(story, sent), _circumstances(story, sent)]


def _who(story: Story, sent: Sent) -> dict[str, to.Column]:
    return {
        "LocalPatientID": local_patients(story, sent.row),
        "Person_ID": person_ids(story, sent.row),
    }


def _index(story: Story, sent: Sent) -> Sheet:
    people, count = story.people, len(sent)
    homes = (*story.country.homes, drawn.ABROAD, "")
    columns = {
        **_who(story, sent),
        "OrgIDLocalPatientID": to.codes(sent.code, story.country.codes),
        "NHSNumber": nhs_number(people.number[sent.row]),
        "PersonBirthDate": to.days(people.born[sent.row]),
        "Postcode": to.same(NO_ADDRESS, count),
        "GenderIDCode": to.codes(people.gender[sent.row], drawn.GENDERS),
        "Gender": to.codes(people.gender[sent.row], ("1", "2", "9", "X")),
        "EthnicCategory": to.codes(people.ethnicity[sent.row], drawn.ETHNICITIES),
        "PersDeathDate": to.days(np.full(count, NEVER)),
        "LSOA2011": to.codes(people.home[sent.row], homes),
        "LSOA2021": to.codes(people.home[sent.row], homes),
        "OrgIDSubICBLocResidence": to.codes(people.site[sent.row], story.country.commissioners),
        "PatMRecInRP": to.same("Y", count),
    }
    return Sheet("MHS001MPI", sent, columns)


def _practices(story: Story, sent: Sent) -> Sheet:
    site = story.people.site[sent.row]
    columns = {
        **_who(story, sent),
        "GMPReg": to.codes(site, story.country.practices),
        "StartDateGMPRegistration": to.days(story.people.born[sent.row]),
        "EndDateGMPRegistration": to.days(np.full(len(sent), NEVER)),
        "OrgIDSubICBLocGP": to.codes(site, story.country.commissioners),
    }
    return Sheet("MHS002GP", sent, columns)


def _circumstances(story: Story, sent: Sent) -> Sheet:
    people, count = story.people, len(sent)
    columns = {
        **_who(story, sent),
        "YoungCarer": to.same("N", count),
        "LACStatus": to.codes(people.looked_after[sent.row], drawn.LOOKED_AFTER),
        "CPP": to.same("3", count),
        "LDStatus": to.codes(people.learning_disability[sent.row], drawn.CONDITIONS),
        "AutismStatus": to.codes(people.autism[sent.row], drawn.CONDITIONS),
    }
    return Sheet("MHS005PatInd", sent, columns)
