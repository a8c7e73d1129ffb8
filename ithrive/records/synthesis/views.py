"""What is said of a spell's needs: ratings on Current View, and groupings that a site keeps for itself."""

from dataclasses import dataclass

import numpy as np

from ithrive.measures import grouping_codes
from ithrive.records.model import concepts, members
from ithrive.records.synthesis.arrays import NEVER, Ints, Rng, between, chance, pick, some_days
from ithrive.records.synthesis.contacts import Contacts
from ithrive.records.synthesis.country import Country
from ithrive.records.synthesis.referrals import Referrals, sending
from ithrive.records.synthesis.scores import Seen

GROUPINGS = grouping_codes()
THRIVING, ADVICE, HELP, MORE, RISK, UNKNOWN = range(6)
# Items of the form by number, as they are rated for each grouping that our rules over Current View give.
ITEMS = (10, 16, 12, 20, 9, 3, 15, 23)
_CONCEPT_OF = {
    int(member.label.split()[0]): member.concept
    for member in members()
    if member.set == "current_view_problem"
}
VIEW_CONCEPTS = (*(_CONCEPT_OF[item] for item in ITEMS), *sorted(concepts("current_view_education")))
_LOWEST = np.array(
    [[0] * 8, [0] * 8, [0, 0, 0, 0, 2, 0, 0, 0], [0, 0, 0, 2, 1, 0, 0, 0], [3, 0, 0, 0, 1, 0, 0, 0]]
)
_HIGHEST = np.array(
    [[1] * 8, [1] * 8, [2, 2, 1, 1, 2, 2, 2, 2], [2, 2, 1, 3, 2, 2, 2, 2], [3, 2, 2, 2, 3, 2, 2, 2]]
)
NOT_RATED = 999


@dataclass(frozen=True)
class Views:
    """One row a rating on Current View: its items are `ratings`, one column for each of VIEW_CONCEPTS."""

    referral: Ints
    contact: Ints
    day: Ints
    grouping: Ints  # what our rules over the items give
    ratings: Ints


@dataclass(frozen=True)
class Recorded:
    """One row each time a site recorded a grouping of a referral in its own system."""

    referral: Ints
    day: Ints
    grouping: Ints


def draw_views(rng: Rng, referrals: Referrals, contacts: Contacts, seen: Seen) -> Views:
    """At the first or second contact of a spell's first referral, and sometimes again at its last."""
    of = np.flatnonzero((seen.counts > 0) & ~referrals.second & chance(rng, 0.35, len(referrals)))
    again = of[chance(rng, 0.3, len(of))]
    first, last = (
        seen.contact(of, between(rng, 0, 2, len(of))),
        seen.contact(again, np.full(len(again), 9999)),
    )
    day_before = np.full(len(referrals), NEVER)
    day_before[of] = contacts.day[first]
    later = contacts.day[last] > day_before[again]
    referral = np.concatenate([of, again[later]])
    contact = np.concatenate([first, last[later]])
    count = len(referral)
    grouping = pick(rng, (0, 22, 45, 23, 10), count)
    low, high = _LOWEST[grouping], _HIGHEST[grouping]
    rated = low + np.floor(rng.random((count, 8)) * (high - low + 1)).astype(np.int64)
    rated[:, 7] = np.where(chance(rng, 0.1, count), NOT_RATED, rated[:, 7])
    education = np.floor(rng.random((count, 2)) * 4).astype(np.int64)
    alone = chance(rng, 0.5, count) | (contacts.procedure[contact] < 0)
    where = np.where(alone, -1, contact)
    return Views(referral, where, contacts.day[contact], grouping, np.hstack([rated, education]))


def draw_recorded(rng: Rng, referrals: Referrals, country: Country) -> Recorded:
    """Some sites record most groupings, others few; now and then one is recorded anew."""
    keen = np.where(referrals.provider // 2 % 3 == 0, 0.6, 0.15)
    first_month, last_month, _ = sending(referrals, country)
    wanted = ~referrals.second & (first_month <= last_month) & chance(rng, keen, len(referrals))
    of = np.flatnonzero(wanted)
    first = referrals.received[of] + some_days(rng, 25, len(of))
    again = chance(rng, 0.3, len(of))
    second = (first + 1 + some_days(rng, 60, len(of)))[again]
    referral, day = np.concatenate([of, of[again]]), np.concatenate([first, second])
    grouping = pick(rng, (4, 20, 44, 22, 10), len(referral))
    until = np.minimum(referrals.ended[referral], country.calendar.closes - 1)
    said = day <= until
    return Recorded(referral[said], day[said], grouping[said])
