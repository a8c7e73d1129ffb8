"""What services send without naming anybody: sessions for whole groups, and people who dropped in."""

from dataclasses import dataclass

import numpy as np

from ithrive.records.synthesis.arrays import NEVER, Flags, Ints, Rng, between, chance, pick
from ithrive.records.synthesis.country import Country

SESSION_TEAMS = ("F01", "D06", "A13")
DROP_IN_SERVICES = ("F01", "A21", "A17")
COUNTED_SESSIONS, COUNTED_DROP_INS = 2, 2  # the first of each list count, the last does not
PEOPLE_A_SESSION = 400  # of a site, for each session a month


@dataclass(frozen=True)
class Sessions:
    provider: Ints
    day: Ints
    team: Ints
    participants: Ints


@dataclass(frozen=True)
class DropIns:
    provider: Ints
    day: Ints
    service: Ints
    born: Ints  # NEVER where nobody asked


@dataclass(frozen=True)
class Services:
    country: Country
    sent: Flags
    sessions: Sessions
    drop_ins: DropIns


def draw_services(rng: Rng, country: Country, people: int, sent: Flags) -> Services:
    """`sent`: which provider sent which month. One without any referral has nothing that would be taken."""
    provider, day = _days(rng, country, people, sent)
    count = len(day)
    sessions = Sessions(provider, day, pick(rng, (60, 30, 10), count), between(rng, 4, 33, count))
    provider, day = _days(rng, country, people, sent)
    count = len(day)
    born = day - between(rng, 6 * 365, 30 * 365, count)
    asked = chance(rng, 0.6, count)
    drop_ins = DropIns(provider, day, pick(rng, (60, 25, 15), count), np.where(asked, born, NEVER))
    return Services(country, sent, sessions, drop_ins)


def _days(rng: Rng, country: Country, people: int, sent: Flags) -> tuple[Ints, Ints]:
    """Provider and day of things that happened in months that were sent."""
    share = np.repeat(country.weights, 2) / (2 * sum(country.weights))
    mean = 2 + share * people / PEOPLE_A_SESSION
    number = rng.poisson(mean[:, None], sent.shape) * sent
    provider, month = np.divmod(np.repeat(np.arange(number.size), number.ravel()), country.calendar.months)
    starts = country.calendar.starts
    return provider, between(rng, starts[month], starts[month + 1], len(month))
