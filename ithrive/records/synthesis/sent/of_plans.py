"""Care plans as they are sent: every month from the one they were made in, while their referral is sent."""

import numpy as np

from ithrive.records.synthesis.arrays import NEVER, places
from ithrive.records.synthesis.plans import AGREED_BY, FAMILY, PLAN_TYPES
from ithrive.records.synthesis.sent import columns as to
from ithrive.records.synthesis.sent.numbers import local_patients, person_ids, referral_numbers
from ithrive.records.synthesis.sent.sheet import Sent, Sheet, send
from ithrive.records.synthesis.story import Story


def plan_sheets(story: Story) -> list[Sheet]:
    plans, calendar = story.plans, story.country.calendar
    provider = story.referrals.provider[plans.referral]
    first = story.country.next_sent[provider, calendar.month_of(plans.created)]
    last = story.months_sent[1][plans.referral]
    counts = np.maximum(last - first + 1, 0)
    of = np.repeat(np.arange(len(counts)), counts)
    month = first[of] + places(counts)
    there = story.country.sent[provider[of], month]
    of, month = of[there], month[there]
    agreed = calendar.month_of(np.minimum(plans.agreed, calendar.closes))[of] <= month
    agreed &= plans.agreed[of] < NEVER
    return [
        _plans(story, send(story.country, of, month, provider[of])),
        _agreements(story, send(story.country, of[agreed], month[agreed], provider[of[agreed]])),
    ]


def _plans(story: Story, sent: Sent) -> Sheet:
    plans, row = story.plans, sent.row
    person = story.referrals.person[plans.referral[row]]
    told = story.country.calendar.month_of(plans.renewed)[row] <= sent.month
    columns = {
        "CarePlanID": to.identifiers("L", referral_numbers(story)[plans.referral[row]]),
        "LocalPatientID": local_patients(story, person),
        "Person_ID": person_ids(story, person),
        "CarePlanTypeMH": to.codes(plans.kind[row], PLAN_TYPES),
        "CarePlanCreatDate": to.days(plans.created[row]),
        "CarePlanLastUpdateDate": to.days(plans.renewed[row], told),
        "CarePlanImplementDate": to.days(plans.created[row]),
    }
    return Sheet("MHS008CarePlanType", sent, columns)


def _agreements(story: Story, sent: Sent) -> Sheet:
    plans, row = story.plans, sent.row
    columns = {
        "CarePlanID": to.identifiers("L", referral_numbers(story)[plans.referral[row]]),
        "CarePlanContentAgreedBy": to.codes(plans.agreed_by[row], AGREED_BY),
        "CarePlanContentAgreedDate": to.days(plans.agreed[row]),
        "FamilyCarePlanIndicator": to.codes(plans.family[row], FAMILY),
    }
    return Sheet("MHS009CarePlanAgreement", sent, columns)
