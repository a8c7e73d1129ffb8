"""What else is told of a referral: sent onward elsewhere, and support that young people use by themselves."""

from dataclasses import dataclass

import numpy as np

from ithrive.records.synthesis.arrays import Ints, Rng, between, chance
from ithrive.records.synthesis.contacts import can_be_sent
from ithrive.records.synthesis.country import Country
from ithrive.records.synthesis.referrals import Referrals


@dataclass(frozen=True)
class Besides:
    """One row each time: the referral and the day."""

    referral: Ints
    day: Ints


def draw_onward(rng: Rng, referrals: Referrals, country: Country) -> Besides:
    return _some(rng, referrals, country, 0.08)


def draw_digital(rng: Rng, referrals: Referrals, country: Country) -> Besides:
    return _some(rng, referrals, country, 0.04)


def _some(rng: Rng, referrals: Referrals, country: Country, share: float) -> Besides:
    of = np.flatnonzero((referrals.booked > 0) & chance(rng, share, len(referrals)))
    until = np.minimum(np.minimum(referrals.active_until, referrals.ended)[of], country.calendar.closes)
    day = between(rng, referrals.received[of], until + 1, len(of))
    sent = can_be_sent(of, day, referrals, country)
    return Besides(of[sent], day[sent])
