"""Referrals and the spells they make: when somebody was referred, turned down or seen through, and came back.

A spell is one referral, or two: the second while the first runs or within five days of its end. A person's
spells at one provider lie more than five days apart, so that what belongs together is known from the start.
"""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from ithrive.records.synthesis import pathways
from ithrive.records.synthesis.arrays import NEVER, Flags, Ints, Rng, between, chance, pick, some_days
from ithrive.records.synthesis.country import NO_TEAM, TEAMS, VOLUNTARY, Country
from ithrive.records.synthesis.pathways import of_pathway
from ithrive.records.synthesis.people import People

GAP = 5  # days; MEASURES.md section 2.2: up to here two referrals are one spell
ROUNDS = 5  # spells of one person at most
COMES_BACK = 0.45
MOST_CONTACTS = 400
SECOND_TEAMS = ("A13", "A02", "C04")
SOURCES = ("A1", "B1", "B2", "C1", "C2", "E1", "F1", "F2", "H1", "M7", "P1", "Q1")
REJECT_REASONS = ("01", "02", "03")
CLOSE_REASONS = ("01", "02", "03", "04", "05", "07", "08", "09")
PRIORITIES = ("1", "2", "3", "4")
ROUTINE = PRIORITIES.index("3")
_CLOSE_WEIGHTS = (2, 50, 6, 7, 11, 7, 12, 5)
_SECONDS_A_DAY = 86_400


@dataclass(frozen=True)
class Referrals:
    """One row a referral. Days that never come are NEVER. `spell` counts spells of the batch."""

    person: Ints  # place in People
    spell: Ints
    second: Flags  # the second referral of its spell
    provider: Ints
    pathway: Ints
    other_team: Ints  # NO_TEAM, or a second team of the same trust
    reason: Ints
    priority: Ints
    source: Ints
    received: Ints
    received_second: Ints  # of the day; -1 where nobody recorded it
    rejected_on: Ints
    reject_reason: Ints
    booked: Ints  # contacts
    first_day: Ints  # of the first contact, as booked
    active_until: Ints
    discharged_on: Ints
    close_reason: Ints
    late: Flags  # its end is recorded too late to be sent

    @property
    def ended(self) -> Ints:
        return np.minimum(self.rejected_on, self.discharged_on)

    def __len__(self) -> int:
        return len(self.person)

    def only(self, wanted: Any) -> "Referrals":
        return Referrals(*(getattr(self, field.name)[wanted] for field in fields(self)))


def draw_referrals(rng: Rng, people: People, country: Country) -> Referrals:
    """Every referral of the batch, by person and in order of time."""
    closes = country.calendar.closes
    next_day, coming = people.first_referred, np.arange(len(people.number))
    parts, spells = [], 0
    for _ in range(ROUNDS):
        found = _spells(rng, people.site, coming, next_day[coming], country, spells)
        spells += len(coming)
        parts += found
        last = _last_day(found, len(people.number), country)[coming]
        stay = chance(rng, 0.2, len(coming))
        back = np.where(stay, 1 + between(rng, 0, 6, len(coming)), 6 + some_days(rng, 110, len(coming)))
        again = last + GAP + back
        wanted = (last < closes) & (again < closes) & chance(rng, COMES_BACK, len(coming))
        next_day = next_day.copy()
        next_day[coming] = again
        coming = coming[wanted]
    whole = Referrals(
        *(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Referrals))
    )
    return whole.only(np.lexsort((whole.received, whole.person)))


def _last_day(parts: list[Referrals], people: int, country: Country) -> Ints:
    """For each person the last day on which the spell goes on, in truth or as far as can be seen."""
    last = np.zeros(people, dtype=np.int64)
    for part in parts:
        np.maximum.at(last, part.person, np.maximum(part.ended, seen_end(part, country)))
    return last


def seen_end(referrals: Referrals, country: Country) -> Ints:
    """The day a referral ends for a reader of what was sent: the end itself, or, where no file could carry
    it, the first day of the month after it was last sent. NEVER while it seems open.
    """
    calendar = country.calendar
    _, last, lost = sending(referrals, country)
    to_the_end = last >= country.last_sent[referrals.provider, calendar.months - 1]
    vanished = np.where(to_the_end, NEVER, calendar.starts[np.minimum(last + 1, calendar.months)])
    within = referrals.ended < calendar.closes
    return np.where(within & ~lost, referrals.ended, vanished)


def sending(referrals: Referrals, country: Country) -> tuple[Ints, Ints, Flags]:
    """First and last month in which each was sent, and whether its end was not. Never sent: last < first."""
    calendar = country.calendar
    received = calendar.month_of(referrals.received)
    ended = np.minimum(calendar.month_of(referrals.ended), calendar.months - 1)
    first = country.next_sent[referrals.provider, received]
    last = country.last_sent[referrals.provider, ended]
    within = referrals.ended < calendar.closes
    lost = within & (referrals.late | ~country.sent[referrals.provider, ended])
    return first, last, lost


def _spells(
    rng: Rng, sites: Ints, who: Ints, day: Ints, country: Country, from_spell: int
) -> list[Referrals]:
    pathway = pick(rng, pathways.WEIGHTS, len(who))
    provider = 2 * sites[who] + pathways.VOLUNTARY[pathway]
    spell = np.arange(from_spell, from_spell + len(who))
    first = _draw(rng, who, spell, provider, pathway, day, second=False)
    _, _, lost = sending(first, country)
    closes = country.calendar.closes
    seen_through = (first.discharged_on < closes) & ~lost & (first.booked > 0)
    joined = np.flatnonzero(seen_through & chance(rng, 0.14, len(who)))
    return [first, _second(rng, first.only(joined), closes)]


def _second(rng: Rng, first: Referrals, closes: int) -> Referrals:
    """A second referral while the first runs, or at most five days after it; it ends after the first."""
    count = len(first)
    overlapping = chance(rng, 0.6, count) & (first.discharged_on > first.received + 1)
    during = between(rng, first.received + 1, first.discharged_on, count)
    after = first.discharged_on + between(rng, 0, GAP + 1, count)
    day = np.maximum(np.where(overlapping, during, after), first.received + 1)
    # The team is another one of the same provider.
    other = pick(rng, np.where(pathways.VOLUNTARY, 0.0, pathways.WEIGHTS).tolist(), count)
    same = pathways.VOLUNTARY[first.pathway]
    pathway = np.where(same, first.pathway, other)
    drawn = _draw(rng, first.person, first.spell, first.provider, pathway, day, second=True)
    ends = np.maximum(drawn.discharged_on, first.discharged_on + 1)
    values = {field.name: getattr(drawn, field.name) for field in fields(Referrals)}
    never = np.full(count, NEVER)
    whole = Referrals(**values | {"discharged_on": ends, "rejected_on": never})
    return whole.only(whole.received < closes)


def _draw(
    rng: Rng, person: Ints, spell: Ints, provider: Ints, pathway: Ints, day: Ints, *, second: bool
) -> Referrals:
    count = len(person)
    crisis = of_pathway(lambda each: each.crisis)[pathway] > 0
    urgent = chance(rng, of_pathway(lambda each: each.urgent)[pathway], count)
    by_urgency = np.where(crisis, pick(rng, (4, 46, 0, 50), count), pick(rng, (1, 90, 0, 9), count))
    turned_down = chance(rng, of_pathway(lambda each: each.rejected)[pathway], count) & (not second)
    booked = np.minimum(some_days(rng, of_pathway(lambda each: each.contacts)[pathway], count), MOST_CONTACTS)
    booked = np.where(turned_down, 0, np.maximum(booked, chance(rng, 0.86, count)))
    wait = some_days(rng, of_pathway(lambda each: each.wait)[pathway], count)
    first_day = day + wait
    span = booked * of_pathway(lambda each: each.gap)[pathway] * rng.uniform(0.6, 1.4, count)
    active_until = first_day + np.floor(span).astype(np.int64)
    none = day + 1 + some_days(rng, 100, count)
    discharged = np.where(booked == 0, none, active_until + some_days(rng, 12, count))
    unclosed = chance(rng, 0.04, count)
    decided = day + 1 + some_days(rng, 9, count) + 95 * chance(rng, 0.04, count)
    return Referrals(
        person=person,
        spell=spell,
        second=np.full(count, second),
        provider=provider,
        pathway=pathway,
        other_team=_other_teams(rng, provider, count),
        reason=pathways.REASON[pathway, between(rng, 0, pathways.REASON_COUNT[pathway], count)],
        priority=np.where(urgent, by_urgency, ROUTINE),
        source=np.where(
            crisis, SOURCES.index("H1"), pick(rng, (38, 9, 8, 6, 15, 2, 5, 5, 4, 5, 5, 2), count)
        ),
        received=day,
        received_second=_times(rng, crisis, count),
        rejected_on=np.where(turned_down, decided, NEVER),
        reject_reason=pick(rng, (20, 60, 20), count),
        booked=booked,
        first_day=first_day,
        active_until=active_until,
        discharged_on=np.where(turned_down | unclosed, NEVER, discharged),
        close_reason=pick(rng, _CLOSE_WEIGHTS, count),
        late=chance(rng, 0.02, count),
    )


def _other_teams(rng: Rng, provider: Ints, count: int) -> Ints:
    drawn = np.array([TEAMS.index(code) for code in SECOND_TEAMS])[pick(rng, (50, 20, 30), count)]
    asked = chance(rng, 0.05, count) & (provider % 2 != VOLUNTARY)
    return np.where(asked, drawn, NO_TEAM)


def _times(rng: Rng, crisis: Flags, count: int) -> Ints:
    """When on the day: crises at any hour, others in office hours; some at the placeholder 00:00."""
    second = np.where(
        crisis, between(rng, 0, _SECONDS_A_DAY // 60, count) * 60, between(rng, 540, 1020, count) * 60
    )
    kind = rng.random(count)
    return np.where(kind < 0.01, 0, np.where(kind < 0.03, -1, second))
