"""Stays in hospital as they are sent: every month they touch; and periods under the Mental Health Act."""

import numpy as np

from ithrive.records.synthesis.arrays import Ints, places
from ithrive.records.synthesis.sent import columns as to
from ithrive.records.synthesis.sent.numbers import local_patients, person_ids, referral_numbers
from ithrive.records.synthesis.sent.sheet import Sent, Sheet, send
from ithrive.records.synthesis.stays import LEGAL_STATUSES, WARDS
from ithrive.records.synthesis.story import Story


def stay_sheets(story: Story) -> list[Sheet]:
    stays = story.stays
    of, month = _months(story, stays.starts, stays.ends, stays.referral)
    sent = send(story.country, of, month, story.referrals.provider[stays.referral[of]])
    return [_spells(story, sent), _wards(story, sent), _act_periods(story)]


def _months(story: Story, starts: Ints, ends: Ints, referral: Ints) -> tuple[Ints, Ints]:
    calendar, provider = story.country.calendar, story.referrals.provider[referral]
    first = calendar.month_of(starts)
    last = np.minimum(calendar.month_of(ends), story.months_sent[1][referral])
    counts = np.maximum(last - first + 1, 0)
    of = np.repeat(np.arange(len(starts)), counts)
    month = first[of] + places(counts)
    there = story.country.sent[provider[of], month]
    return of[there], month[there]


def _spells(story: Story, sent: Sent) -> Sheet:
    stays, row = story.stays, sent.row
    numbers = referral_numbers(story)[stays.referral[row]]
    told = story.country.calendar.month_of(stays.ends)[row] == sent.month
    columns = {
        "HospProvSpellID": to.identifiers("H", numbers),
        "ServiceRequestID": to.identifiers("R", numbers),
        "StartDateHospProvSpell": to.days(stays.starts[row]),
        "StartTimeHospProvSpell": to.times(np.full(len(row), 50_400)),
        "DischDateHospProvSpell": to.days(stays.ends[row], told),
        "DischTimeHospProvSpell": to.times(np.full(len(row), 39_600), told),
    }
    return Sheet("MHS501HospProvSpell", sent, columns)


def _wards(story: Story, sent: Sent) -> Sheet:
    stays, row = story.stays, sent.row
    numbers = referral_numbers(story)[stays.referral[row]]
    told = story.country.calendar.month_of(stays.ends)[row] == sent.month
    columns = {
        "WardStayID": to.identifiers("W", numbers),
        "HospProvSpellID": to.identifiers("H", numbers),
        "WardCode": to.codes(stays.ward[row], [f"WARD-{code}" for code in WARDS]),
        "StartDateWardStay": to.days(stays.starts[row]),
        "StartTimeWardStay": to.times(np.full(len(row), 50_400)),
        "EndDateWardStay": to.days(stays.ends[row], told),
        "EndTimeWardStay": to.times(np.full(len(row), 39_600), told),
        "MHAdmittedPatientClass": to.codes(stays.ward[row], WARDS),
    }
    return Sheet("MHS502WardStay", sent, columns)


def _act_periods(story: Story) -> Sheet:
    periods = story.act_periods
    of, month = _months(story, periods.starts, periods.ends, periods.referral)
    sent = send(story.country, of, month, story.referrals.provider[periods.referral[of]])
    row = sent.row
    person = story.referrals.person[periods.referral[row]]
    told = story.country.calendar.month_of(periods.ends)[row] == sent.month
    numbers = referral_numbers(story)[periods.referral[row]] * 10 + periods.status[row]
    columns = {
        "MHActLegalStatusClassPeriodID": to.identifiers("M", numbers),
        "LocalPatientID": local_patients(story, person),
        "Person_ID": person_ids(story, person),
        "StartDateMHActLegalStatusClass": to.days(periods.starts[row]),
        "StartTimeMHActLegalStatusClass": to.times(np.full(len(row), 46_800)),
        "EndDateMHActLegalStatusClass": to.days(periods.ends[row], told),
        "EndTimeMHActLegalStatusClass": to.times(np.full(len(row), 46_800), told),
        "LegalStatusCode": to.codes(periods.status[row], LEGAL_STATUSES),
    }
    return Sheet("MHS401MHActPeriod", sent, columns)
