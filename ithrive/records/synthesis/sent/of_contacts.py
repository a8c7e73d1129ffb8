"""Contacts, what was done in them, and indirect work, as they are sent: each in its own month only."""

import numpy as np

from ithrive.records.synthesis.arrays import Ints, Rng
from ithrive.records.synthesis.contacts import MECHANISMS, PROCEDURES, STATUSES
from ithrive.records.synthesis.country import TEAMS
from ithrive.records.synthesis.sent import columns as to
from ithrive.records.synthesis.sent.numbers import CONTACTS_OF_ONE, referral_numbers, teams
from ithrive.records.synthesis.sent.sheet import Sheet, send
from ithrive.records.synthesis.story import Story

# Some systems write what became of a procedure behind it.
DONE = ":408730004=385658003"
_MISSED = STATUSES.index("3")


def contact_numbers(story: Story) -> Ints:
    contacts = story.contacts
    return np.asarray(referral_numbers(story)[contacts.referral] * CONTACTS_OF_ONE + contacts.place)


def contact_sheet(story: Story, rng: Rng, copies: float) -> Sheet:
    contacts = story.contacts
    month, provider = (
        story.country.calendar.month_of(contacts.day),
        story.referrals.provider[contacts.referral],
    )
    sent = send(story.country, np.arange(len(month)), month, provider, rng=rng, copies=copies)
    row = sent.row
    # The submission that was replaced had them all as missed: who reads it would see.
    status = np.where(sent.older, _MISSED, contacts.status[row])
    numbers = contact_numbers(story)[row]
    columns = {
        "CareContactID": to.identifiers("C", numbers),
        "ServiceRequestID": to.identifiers("R", numbers // CONTACTS_OF_ONE),
        "CareContDate": to.days(contacts.day[row]),
        "CareContTime": to.times(contacts.second[row]),
        "OtherCareProfTeamLocalID": teams(contacts.team[row], TEAMS),
        "OrgIDComm": to.codes(sent.provider // 2, story.country.commissioners),
        "ClinContDurOfCareCont": to.whole_numbers(contacts.duration[row]),
        "ConsType": to.codes((contacts.place[row] > 0).astype(np.int64), ("01", "02")),
        "CareContSubj": to.same("01", len(sent)),
        "ConsMechanismMH": to.codes(contacts.mechanism[row], MECHANISMS),
        "AttendStatus": to.codes(status, STATUSES),
        "PlannedCareContIndicator": to.same("Y", len(sent)),
    }
    return Sheet("MHS201CareContact", sent, columns)


def activity_sheet(story: Story) -> Sheet:
    contacts = story.contacts
    with_activity = np.flatnonzero(contacts.procedure >= 0)
    month = story.country.calendar.month_of(contacts.day[with_activity])
    provider = story.referrals.provider[contacts.referral[with_activity]]
    sent = send(story.country, with_activity, month, provider)
    numbers = contact_numbers(story)[sent.row]
    written = contacts.procedure[sent.row] + len(PROCEDURES) * (numbers % 10 == 7)
    columns = {
        "CareActID": to.identifiers("A", numbers),
        "CareContactID": to.identifiers("C", numbers),
        "Procedure": to.codes(written, (*PROCEDURES, *(code + DONE for code in PROCEDURES))),
        "FindSchemeInUse": to.same("04", len(sent)),
    }
    return Sheet("MHS202CareActivity", sent, columns)


def indirect_sheet(story: Story) -> Sheet:
    indirect = story.indirect
    month = story.country.calendar.month_of(indirect.day)
    provider = story.referrals.provider[indirect.referral]
    sent = send(story.country, np.arange(len(month)), month, provider)
    row = sent.row
    columns = {
        "ServiceRequestID": to.identifiers("R", referral_numbers(story)[indirect.referral[row]]),
        "IndirectActDate": to.days(indirect.day[row]),
        "IndirectActTime": to.times(indirect.second[row]),
        "OtherCareProfTeamLocalID": teams(indirect.team[row], TEAMS),
        "DurationIndirectAct": to.whole_numbers(5 + 5 * indirect.place[row]),
        "IndActPersCons": to.same("01", len(sent)),
        "OrgIDComm": to.codes(sent.provider // 2, story.country.commissioners),
        "IndActProcedure": to.codes(indirect.procedure[row], PROCEDURES),
    }
    return Sheet("MHS204IndirectActivity", sent, columns)
