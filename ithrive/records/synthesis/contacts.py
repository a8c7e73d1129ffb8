"""What happened in a referral: contacts kept, missed and cancelled, and work done around them."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from ithrive.records.synthesis import pathways
from ithrive.records.synthesis.arrays import Flags, Ints, Rng, between, chance, pick, places
from ithrive.records.synthesis.country import NO_TEAM, TEAMS, Country
from ithrive.records.synthesis.pathways import of_pathway
from ithrive.records.synthesis.referrals import Referrals, sending

STATUSES = ("5", "6", "3", "7", "2", "4", "")
_STATUS_WEIGHTS = (74, 3, 10, 1, 7, 4, 1)
MECHANISMS = ("01", "02", "11", "04", "05", "09", "10", "98")
_MECHANISM_WEIGHTS = (60, 14, 15, 1, 3, 4, 2, 1)
FACE_TO_FACE = MECHANISMS.index("01")
SPOKEN = np.array([code in ("01", "02", "04", "11") for code in MECHANISMS])
# What was done. The first three are in no list that a measure knows.
PROCEDURES = (
    "228553007",
    "225338004",
    "75516001",
    "304891004",  # example member of the first intervention set
    "314034001",  # of the second
    "183401008",  # of the third
    "1085671000000109",  # diagnostic assessment
    "51484002",  # from here on: treatments of eating disorders
    "443730003",
    "1833251000000107",
    "718023002",  # retired after April 2024
)
INTERVENTION = np.arange(len(PROCEDURES)) // 3 == 1
INTERVENTION[6] = True
TREATMENT = np.arange(len(PROCEDURES)) >= 7
RETIRED = np.arange(len(PROCEDURES)) == 10
RETIRED_AFTER = 1489  # UniqMonthID
_USUAL = (40, 15, 12, 15, 4, 5, 9, 0, 0, 0, 0)
_EATING = (25, 15, 10, 4, 1, 1, 4, 22, 3, 9, 6)
NO_PROCEDURE = -1
_OTHERS = tuple(TEAMS.index(code) for code in ("A18", "A02", "A13", "C04", "A11"))


@dataclass(frozen=True)
class Contacts:
    """One row a contact that was sent, by referral and day. No activity in it: NO_PROCEDURE."""

    referral: Ints
    place: Ints  # the how-manyeth booked of its referral
    day: Ints
    second: Ints  # of the day; -1 where nobody recorded it
    status: Ints
    mechanism: Ints
    team: Ints  # NO_TEAM: the referral's own
    procedure: Ints
    duration: Ints

    @property
    def attended(self) -> Flags:
        return np.asarray(self.status < 2)

    @property
    def missed(self) -> Flags:
        return np.isin(self.status, (2, 3))

    @property
    def cancelled(self) -> Flags:
        return np.isin(self.status, (4, 5))

    def only(self, wanted: Any) -> "Contacts":
        return Contacts(*(getattr(self, field.name)[wanted] for field in fields(self)))


@dataclass(frozen=True)
class Indirect:
    """One row a piece of work without the young person."""

    referral: Ints
    place: Ints
    day: Ints
    second: Ints
    team: Ints
    procedure: Ints


def draw_contacts(rng: Rng, referrals: Referrals, country: Country) -> Contacts:
    of = np.repeat(np.arange(len(referrals)), referrals.booked)
    place, count = places(referrals.booked), len(of)
    span = (referrals.active_until - referrals.first_day)[of]
    later = referrals.first_day[of] + np.floor(rng.random(count) * span).astype(np.int64)
    day, second = np.where(place == 0, referrals.first_day[of], later), _times(rng, count)
    _respond(rng, referrals, of, place, day, second)
    _early(rng, referrals, of, place, day, country)
    order = np.lexsort((day, of))
    eating = pathways.TEAM[referrals.pathway[of]] == TEAMS.index("C10")
    procedure = np.where(eating, pick(rng, _EATING, count), pick(rng, _USUAL, count))
    status = pick(rng, _STATUS_WEIGHTS, count)
    recorded = chance(rng, np.where(status < 2, 0.6, 0.02), count)
    drawn = Contacts(
        referral=of,
        place=place,
        day=day,
        second=second,
        status=status,
        mechanism=_mechanisms(rng, referrals, of, count),
        team=_other_team(rng, referrals, of, 0.04, count),
        procedure=np.where(recorded, procedure, NO_PROCEDURE),
        duration=between(rng, 2, 19, count) * 5,
    ).only(order)
    return drawn.only(can_be_sent(drawn.referral, drawn.day, referrals, country))


def draw_indirect(rng: Rng, referrals: Referrals, country: Country) -> Indirect:
    number = np.minimum(rng.poisson(0.5, len(referrals)), 9)
    of = np.repeat(np.arange(len(referrals)), number)
    count = len(of)
    until = np.minimum(np.minimum(referrals.active_until, referrals.ended), country.calendar.closes)[of]
    day = between(rng, referrals.received[of], until + 1, count)
    sent = can_be_sent(of, day, referrals, country)
    done = np.where(chance(rng, 0.3, count), pick(rng, _USUAL, count), NO_PROCEDURE)
    team = _other_team(rng, referrals, of, 0.05, count)
    second = between(rng, 540, 1020, count) * 60
    parts = (of, places(number), day, second, team, done)
    return Indirect(*(part[sent] for part in parts))


def can_be_sent(referral: Ints, day: Ints, referrals: Referrals, country: Country) -> Flags:
    """Whether what happened on a day in a referral was sent: in its own month, beside its referral."""
    calendar = country.calendar
    month = calendar.month_of(day)
    within = (month >= 0) & (month < calendar.months)
    sent = country.sent[referrals.provider[referral], np.clip(month, 0, calendar.months - 1)]
    first, last, _ = sending(referrals, country)
    beside = (month >= first[referral]) & (month <= last[referral])
    return within & sent & beside & (day <= referrals.ended[referral])


def _respond(rng: Rng, referrals: Referrals, of: Ints, place: Ints, day: Ints, second: Ints) -> None:
    """The first contact of a crisis comes some hours after the referral, in place."""
    crisis = of_pathway(lambda each: each.crisis)[referrals.pathway[of]] > 0
    first = np.flatnonzero((place == 0) & crisis)
    hours = rng.exponential(np.where(referrals.priority[of[first]] == 3, 5, 18))
    begins = np.maximum(referrals.received_second[of[first]], 0)
    then = begins + np.floor(hours * 60).astype(np.int64) * 60
    known = second[first] > 0
    day[first] = referrals.received[of[first]] + then // 86_400
    second[first] = np.where(known, then % 86_400, second[first])


def _early(rng: Rng, referrals: Referrals, of: Ints, place: Ints, day: Ints, country: Country) -> None:
    """A few first contacts are dated before their referral, in the same month, in place."""
    calendar = country.calendar
    received = referrals.received[of]
    since = received - calendar.starts[calendar.month_of(received)]
    chosen = (place == 0) & (since > 4) & chance(rng, 0.006, len(of))
    day[chosen] = (received - between(rng, 1, 5, len(of)))[chosen]


def _mechanisms(rng: Rng, referrals: Referrals, of: Ints, count: int) -> Ints:
    drawn = pick(rng, _MECHANISM_WEIGHTS, count)
    crisis = of_pathway(lambda each: each.crisis)[referrals.pathway[of]] > 0
    return np.where(crisis & chance(rng, 0.5, count), FACE_TO_FACE, drawn)


def _other_team(rng: Rng, referrals: Referrals, of: Ints, share: float, count: int) -> Ints:
    """Another team of the trust; voluntary providers have their own teams do everything."""
    other = np.array(_OTHERS)[pick(rng, (30, 20, 30, 10, 10), count)]
    lends = chance(rng, share, count) & (referrals.provider[of] % 2 == 0)
    return np.where(lends, other, NO_TEAM)


def _times(rng: Rng, count: int) -> Ints:
    second = between(rng, 540, 1020, count) * 60
    kind = rng.random(count)
    return np.where(kind < 0.005, 0, np.where(kind < 0.015, -1, second))
