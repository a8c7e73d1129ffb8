"""What is true of each referral, as the story knows it and a reader could: nothing here reads a table."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ithrive.records.synthesis import pathways
from ithrive.records.synthesis.arrays import NEVER, Flags, Ints, age_on, least
from ithrive.records.synthesis.contacts import MECHANISMS, RETIRED, RETIRED_AFTER, TREATMENT, Contacts
from ithrive.records.synthesis.country import TEAMS
from ithrive.records.synthesis.pathways import REASONS
from ithrive.records.synthesis.referrals import PRIORITIES
from ithrive.records.synthesis.story import Story

CRISIS_TEAMS = ("A02", "A18", "A19")  # MEASURES.md section 2.5
CRISIS_CONTACT_TEAMS = ("A02", "A19")  # of those that see young people in crisis, the ones that exist here
FOLLOWED = 7  # days after a crisis referral (R2)
BY_VOICE = ("01", "02", "11", "04")  # 04 since April 2025; see TALK_TYPE_FROM
TALK_TYPE_FROM = 1501


@dataclass(frozen=True)
class ReferralFacts:
    story: Story

    @property
    def count(self) -> int:
        return len(self.story.referrals)

    @cached_property
    def site(self) -> Ints:
        return np.asarray(self.story.referrals.provider // 2)

    @cached_property
    def team(self) -> Ints:
        return pathways.TEAM[self.story.referrals.pathway]

    def at_team(self, *codes: str) -> Flags:
        return np.isin(self.team, [TEAMS.index(code) for code in codes])

    def with_reason(self, code: str) -> Flags:
        return np.asarray(self.story.referrals.reason == REASONS.index(code))

    def with_priority(self, *codes: str) -> Flags:
        return np.isin(self.story.referrals.priority, [PRIORITIES.index(code) for code in codes])

    @cached_property
    def counted(self) -> Flags:
        """Sent at all, and of somebody aged 0 to 17 when it was received."""
        born = self.story.people.born[self.story.referrals.person]
        age = age_on(born, self.story.referrals.received)
        return np.asarray(self.story.visible & (age >= 0) & (age <= 17))

    def _told(self, day: Ints) -> Ints:
        """A day of ending, NEVER where no file told of it."""
        _, _, lost = self.story.months_sent
        return np.where(lost | (day >= self.story.country.calendar.closes), NEVER, day)

    @cached_property
    def rejected_on(self) -> Ints:
        return self._told(self.story.referrals.rejected_on)

    @cached_property
    def discharged_on(self) -> Ints:
        return self._told(self.story.referrals.discharged_on)

    @cached_property
    def hospital(self) -> Flags:
        return np.bincount(self.story.stays.referral, minlength=self.count) > 0

    def first(self, wanted: Flags) -> Ints:
        """The first day of a wanted contact of each referral."""
        contacts = self.story.contacts
        return least(self.count, contacts.referral[wanted], contacts.day[wanted])

    @cached_property
    def first_contact(self) -> Ints:
        return self.first(self.story.contacts.attended)

    @cached_property
    def second_contact(self) -> Ints:
        return nth_day(self.story.contacts, self.story.contacts.referral, self.count, 1)

    @cached_property
    def first_response(self) -> Ints:
        """The first contact or work at a single point of access, or the day it was turned down (A2)."""
        contacts, indirect = self.story.contacts, self.story.indirect
        access = TEAMS.index("A18")
        direct = self.first(contacts.attended & self.done_by(contacts.referral, contacts.team, access))
        by_others = self.done_by(indirect.referral, indirect.team, access)
        other = least(self.count, indirect.referral[by_others], indirect.day[by_others])
        return np.minimum(np.minimum(direct, other), self.rejected_on)

    def done_by(self, referral: Ints, team: Ints, *wanted: int) -> Flags:
        """Whether a row was done by one of these teams: the one it names, else the referral's own."""
        return np.isin(np.where(team < 0, self.team[referral], team), wanted)

    @cached_property
    def treated_on(self) -> Ints:
        """The first treatment of an eating disorder on or after the referral: listed then, and by voice."""
        contacts, calendar = self.story.contacts, self.story.country.calendar
        done = np.maximum(contacts.procedure, 0)
        month = calendar.first + calendar.month_of(contacts.day)
        listed = (contacts.procedure >= 0) & TREATMENT[done] & ~(RETIRED[done] & (month > RETIRED_AFTER))
        spoken = np.isin(contacts.mechanism, [MECHANISMS.index(code) for code in BY_VOICE[:3]])
        spoken |= (contacts.mechanism == MECHANISMS.index(BY_VOICE[3])) & (month >= TALK_TYPE_FROM)
        in_time = contacts.day >= self.story.referrals.received[contacts.referral]
        return self.first(contacts.attended & listed & spoken & in_time)

    @cached_property
    def crisis(self) -> Flags:
        teams = [TEAMS.index(code) for code in CRISIS_TEAMS]
        by_team = np.isin(self.team, teams) | np.isin(self.story.referrals.other_team, teams)
        return by_team & self.with_priority("1", "2", "4")

    def responses(self, *, of_month: bool) -> tuple[Flags, Ints]:
        """Seen face to face within seven days, or in the month of the referral as the official rule has it;
        and the seconds to it, NEVER where no times are known.
        """
        contacts, referrals = self.story.contacts, self.story.referrals
        of = contacts.referral
        days = contacts.day - referrals.received[of]
        timed = (contacts.second >= 0) & (referrals.received_second[of] >= 0)
        seconds = days * 86_400 + contacts.second - referrals.received_second[of]
        seen = contacts.attended & (contacts.mechanism == MECHANISMS.index("01"))
        month_of = self.story.country.calendar.month_of
        in_time = month_of(contacts.day) == month_of(referrals.received[of]) if of_month else days <= FOLLOWED
        seen &= (days >= 0) & in_time & ~(timed & (seconds < 0))
        found = np.bincount(of[seen], minlength=self.count) > 0
        return found, least(self.count, of[seen & timed], seconds[seen & timed])


def nth_day(contacts: Contacts, group: Ints, groups: int, turn: int) -> Ints:
    """The day of the attended contact of each group with so many before it; NEVER where there are fewer."""
    came = np.flatnonzero(contacts.attended & (group >= 0))
    order = came[np.lexsort((contacts.day[came], group[came]))]
    counts = np.bincount(group[order], minlength=groups)
    starts = np.cumsum(counts) - counts
    there = counts > turn
    found = np.full(groups, NEVER)
    found[there] = contacts.day[order[starts[there] + turn]]
    return found
