"""Stays in hospital, on which ward, and under which section of the Mental Health Act."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from ithrive.records.synthesis.arrays import NEVER, Flags, Ints, Rng, age_on, between, chance, pick, some_days
from ithrive.records.synthesis.country import Country
from ithrive.records.synthesis.pathways import of_pathway
from ithrive.records.synthesis.people import People
from ithrive.records.synthesis.referrals import Referrals, sending

WARDS = ("301", "302", "309", "200")
ADULT_WARD = 3
LEGAL_STATUSES = ("20", "02", "03")
SECTION_136 = 0


@dataclass(frozen=True)
class Stays:
    """One row a stay, with the one ward stay it is. `ends` is NEVER while it lasts."""

    referral: Ints
    starts: Ints
    ends: Ints
    ward: Ints

    def only(self, wanted: Any) -> "Stays":
        return Stays(*(getattr(self, field.name)[wanted] for field in fields(self)))


@dataclass(frozen=True)
class ActPeriods:
    referral: Ints
    starts: Ints
    ends: Ints
    status: Ints


def draw_stays(rng: Rng, people: People, referrals: Referrals, country: Country) -> Stays:
    """Trusts' own wards. A stay ends in a month that is sent, and not across a change of its trust's code:
    what a stay looks like that nobody saw the end of, no rule says.
    """
    share = of_pathway(lambda each: each.hospital)[referrals.pathway]
    of = np.flatnonzero(
        (referrals.rejected_on == NEVER) & ~referrals.late & chance(rng, share, len(referrals))
    )
    count = len(of)
    starts = referrals.received[of] + some_days(rng, 12, count)
    ends = np.minimum(starts + 1 + some_days(rng, 40, count), referrals.ended[of])
    ends = np.where(ends < country.calendar.closes, ends, NEVER)
    age = age_on(people.born[referrals.person[of]], starts)
    adult = (age >= 16) & chance(rng, np.where(age > 17, 0.9, 0.3), count)
    ward = np.where(adult, ADULT_WARD, pick(rng, (80, 12, 8), count))
    drawn = Stays(of, starts, ends, ward)
    return drawn.only((starts < ends) & _whole(drawn, referrals, country))


def _whole(stays: Stays, referrals: Referrals, country: Country) -> Flags:
    calendar = country.calendar
    first, last, _ = sending(referrals, country)
    provider = referrals.provider[stays.referral]
    end = np.minimum(calendar.month_of(stays.ends), calendar.months - 1)
    begin = np.minimum(calendar.month_of(stays.starts), calendar.months)
    shown = country.next_sent[provider, begin] <= end
    seen = country.sent[provider, end] & (first[stays.referral] <= end) & (end <= last[stays.referral])
    change = country.changes[provider]
    return np.asarray(shown & seen & ~((begin < change) & (end >= change)))


def draw_act_periods(rng: Rng, stays: Stays, referrals: Referrals, country: Country) -> ActPeriods:
    """A place of safety the day before a stay, or a detention that begins with it."""
    count = len(stays.referral)
    safety, detained = chance(rng, 0.25, count), chance(rng, 0.35, count)
    before = np.maximum(stays.starts - 1, referrals.received[stays.referral])[safety]
    referral = np.concatenate([stays.referral[safety], stays.referral[detained]])
    starts = np.concatenate([before, stays.starts[detained]])
    length = np.concatenate([np.ones_like(before), between(rng, 3, 29, int(detained.sum()))])
    status = np.where(np.arange(len(starts)) < len(before), SECTION_136, between(rng, 1, 3, len(starts)))
    calendar = country.calendar
    first, last, _ = sending(referrals, country)
    month = np.clip(calendar.month_of(starts), 0, calendar.months - 1)
    there = country.sent[referrals.provider[referral], month] & (starts < calendar.closes)
    there &= (first[referral] <= month) & (month <= last[referral])
    return ActPeriods(referral[there], starts[there], (starts + length)[there], status[there])
