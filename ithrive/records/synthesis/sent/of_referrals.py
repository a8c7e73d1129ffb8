"""Referrals as they are sent: again every month while they are open, and in the month of their end."""

import numpy as np

from ithrive.records.synthesis import pathways
from ithrive.records.synthesis.arrays import NEVER, Flags, Ints, places
from ithrive.records.synthesis.besides import Besides
from ithrive.records.synthesis.country import TEAMS
from ithrive.records.synthesis.pathways import REASONS
from ithrive.records.synthesis.referrals import CLOSE_REASONS, PRIORITIES, REJECT_REASONS, SOURCES
from ithrive.records.synthesis.sent import columns as to
from ithrive.records.synthesis.sent.numbers import local_patients, person_ids, referral_numbers, teams
from ithrive.records.synthesis.sent.sheet import Sent, Sheet, send
from ithrive.records.synthesis.story import Story

ONWARD_TO = "ZZ99X"  # nobody's


def months_of_referrals(story: Story) -> tuple[Ints, Ints]:
    """Referral and month of every row of MHS101."""
    first, last, _ = story.months_sent
    counts = np.maximum(last - first + 1, 0)
    of = np.repeat(np.arange(len(story.referrals)), counts)
    month = first[of] + places(counts)
    there = story.country.sent[story.referrals.provider[of], month]
    return of[there], month[there]


def referral_sheet(story: Story, of: Ints, month: Ints) -> Sheet:
    referrals = story.referrals
    sent = send(story.country, of, month, referrals.provider[of])
    row = sent.row
    rejected, discharged = (
        _told(story, row, sent.month, day) for day in (referrals.rejected_on, referrals.discharged_on)
    )
    columns = {
        "ServiceRequestID": to.identifiers("R", referral_numbers(story)[row]),
        "LocalPatientID": local_patients(story, referrals.person[row]),
        "Person_ID": person_ids(story, referrals.person[row]),
        "OrgIDComm": to.codes(sent.provider // 2, story.country.commissioners),
        "CareProfTeamLocalID": teams(pathways.TEAM[referrals.pathway[row]], TEAMS),
        "ReferralRequestReceivedDate": to.days(referrals.received[row]),
        "ReferralRequestReceivedTime": to.times(referrals.received_second[row]),
        "SourceOfReferralMH": to.codes(referrals.source[row], SOURCES),
        "ClinRespPriorityType": to.codes(referrals.priority[row], PRIORITIES),
        "PrimReasonReferralMH": to.codes(referrals.reason[row], REASONS),
        "ServDischDate": to.days(referrals.discharged_on[row], discharged),
        "ServDischTime": to.times(np.full(len(row), 61_200), discharged),
        "ReferRejectionDate": to.days(referrals.rejected_on[row], rejected),
        "ReferRejectionTime": to.times(np.full(len(row), 39_600), rejected),
        "ReferRejectReason": to.codes(np.where(rejected, referrals.reject_reason[row], -1), REJECT_REASONS),
        "ReferClosReason": to.codes(np.where(discharged, referrals.close_reason[row], -1), CLOSE_REASONS),
    }
    return Sheet("MHS101Referral", sent, columns)


def other_team_sheet(story: Story, of: Ints, month: Ints) -> Sheet:
    referrals = story.referrals
    two = referrals.other_team[of] >= 0
    sent = send(story.country, of[two], month[two], referrals.provider[of[two]])
    row = sent.row
    closed = _told(story, row, sent.month, referrals.discharged_on)
    columns = {
        "ServiceRequestID": to.identifiers("R", referral_numbers(story)[row]),
        "OtherCareProfTeamLocalID": teams(referrals.other_team[row], TEAMS),
        "ReferClosureDate": to.days(referrals.discharged_on[row], closed),
        "ReferClosReason": to.codes(np.where(closed, referrals.close_reason[row], -1), CLOSE_REASONS),
    }
    return Sheet("MHS102OtherServiceType", sent, columns)


def _told(story: Story, row: Ints, month: Ints, day: Ints) -> Flags:
    """Whether this month's row can tell of the day: only the month in which it lies does."""
    _, _, lost = story.months_sent
    return np.asarray((story.country.calendar.month_of(day)[row] == month) & ~lost[row])


def onward_sheet(story: Story) -> Sheet:
    onward = story.onward
    sent = _of_events(story, onward)
    columns = {
        "ServiceRequestID": to.identifiers("R", referral_numbers(story)[onward.referral[sent.row]]),
        "OnwardReferDate": to.days(onward.day[sent.row]),
        "OnwardReferReason": to.same("01", len(sent)),
        "OrgIDReceiving": to.same(ONWARD_TO, len(sent)),
    }
    return Sheet("MHS105OnwardReferral", sent, columns)


def digital_sheet(story: Story) -> Sheet:
    digital = story.digital
    sent = _of_events(story, digital)
    columns = {
        "ServiceRequestID": to.identifiers("R", referral_numbers(story)[digital.referral[sent.row]]),
        "StartDatePSDDI": to.days(digital.day[sent.row]),
        "EndDatePSDDI": to.days(np.full(len(sent), NEVER)),
        "PSDDIMech": to.same("01", len(sent)),
        "PSDDIProcedure": to.same("228553007", len(sent)),
    }
    return Sheet("MHS205PatientSDDI", sent, columns)


def _of_events(story: Story, events: Besides) -> Sent:
    month = story.country.calendar.month_of(events.day)
    provider = story.referrals.provider[events.referral]
    return send(story.country, np.arange(len(month)), month, provider)
