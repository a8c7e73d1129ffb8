"""What is true of each spell: which referrals it is, when it ends, what happened in it, and its grouping."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ithrive.records.synthesis.arrays import NEVER, Flags, Ints, any_of, least, most
from ithrive.records.synthesis.contacts import INTERVENTION
from ithrive.records.synthesis.country import TEAMS
from ithrive.records.synthesis.referrals import CLOSE_REASONS
from ithrive.records.synthesis.scores import FIRST_EXPERIENCE, FIRST_GOAL, TENTHS
from ithrive.records.synthesis.story import Story
from ithrive.records.synthesis.truth.quarters import Window
from ithrive.records.synthesis.truth.referral_facts import ReferralFacts, nth_day
from ithrive.records.synthesis.views import ADVICE, HELP, MORE, RISK, UNKNOWN

BY_SITE, BY_RULES, BY_PROXY, BY_NOTHING = range(4)
# MEASURES.md section 4, of the teams that exist here: a proxy.
TEAM_STANDS_FOR = {
    "A02": RISK,
    "A05": HELP,
    "A11": RISK,
    "A13": HELP,
    "A14": MORE,
    "A18": ADVICE,
    "A19": RISK,
    "C04": HELP,
    "C05": RISK,
    "C06": HELP,
    "C10": MORE,
    "D06": HELP,
}
_STANDS_FOR = np.array([TEAM_STANDS_FOR.get(team, UNKNOWN) for team in TEAMS])


@dataclass(frozen=True)
class SpellFacts:
    referrals: ReferralFacts

    @property
    def story(self) -> Story:
        return self.referrals.story

    @cached_property
    def of(self) -> Ints:
        """The spell of each referral; -1 where the referral was never sent."""
        drawn = self.story.referrals.spell
        numbers = np.unique(drawn[self.story.visible])
        place = np.minimum(np.searchsorted(numbers, drawn), max(len(numbers) - 1, 0))
        return np.where(self.story.visible, place, -1)

    @cached_property
    def first(self) -> Ints:
        """The first referral of each spell."""
        there = np.flatnonzero(self.story.visible & ~self.story.referrals.second)
        return np.asarray(there[np.argsort(self.of[there])])

    @cached_property
    def last(self) -> Ints:
        """The last of its referrals to end: the second, where there is one."""
        last = self.first.copy()
        second = np.flatnonzero(self.story.visible & self.story.referrals.second)
        last[self.of[second]] = second
        return last

    @property
    def count(self) -> int:
        return len(self.first)

    @cached_property
    def site(self) -> Ints:
        return self.referrals.site[self.first]

    @cached_property
    def person(self) -> Ints:
        return self.story.referrals.person[self.first]

    @cached_property
    def starts(self) -> Ints:
        return self.story.referrals.received[self.first]

    @cached_property
    def ends(self) -> Ints:
        """NEVER while open, as far as can be seen."""
        return self.story.seen_end[self.last]

    @cached_property
    def closed_on(self) -> Ints:
        """The day of discharge; NEVER where it was turned down, or where nobody was told."""
        return self.referrals.discharged_on[self.last]

    def closed_as(self, *codes: str) -> Flags:
        places = [CLOSE_REASONS.index(code) for code in codes]
        closed = self.closed_on < NEVER
        return np.asarray(closed & np.isin(self.story.referrals.close_reason[self.last], places))

    @cached_property
    def counted(self) -> Flags:
        return self.referrals.counted[self.first]

    def any(self, flags: Flags) -> Flags:
        """Whether it holds for any referral of the spell."""
        return any_of(self.count, self.of[self.story.visible], flags[self.story.visible])

    @cached_property
    def accepted(self) -> Flags:
        return self.any(self.referrals.rejected_on == NEVER)

    @cached_property
    def hospital(self) -> Flags:
        return self.any(self.referrals.hospital)

    @cached_property
    def left_out(self) -> Flags:
        """What the four-week measures leave out; MEASURES.md section 2.2."""
        each = self.referrals
        urgent = each.with_priority("1", "2", "4")
        return self.any(
            each.hospital
            | (each.at_team("A18") & urgent)
            | (each.with_reason("12") & ~each.at_team("A18", "F01"))
            | (each.with_reason("01") & each.at_team("A14"))
            | each.at_team("A02", "A11", "A19", "C05", "E02")
        )

    # What happened in it

    @cached_property
    def contact_spell(self) -> Ints:
        return self.of[self.story.contacts.referral]

    @cached_property
    def contacts(self) -> Ints:
        """How many were attended, ever."""
        return np.bincount(self.contact_spell[self.story.contacts.attended], minlength=self.count)

    @cached_property
    def nth_contact(self) -> tuple[Ints, Ints, Ints]:
        first, second, third = (
            nth_day(self.story.contacts, self.contact_spell, self.count, turn) for turn in range(3)
        )
        return first, second, third

    def _first_day(self, referral: Ints, day: Ints, wanted: Flags | None = None) -> Ints:
        there = np.ones(len(day), dtype=bool) if wanted is None else wanted
        return least(self.count, self.of[referral[there]], day[there])

    @cached_property
    def contact_on(self) -> Ints:
        indirect = self.story.indirect
        return np.minimum(self.nth_contact[0], self._first_day(indirect.referral, indirect.day))

    @cached_property
    def outcome_on(self) -> Ints:
        scores = self.story.scores
        return self._first_day(scores.referral, scores.day, scores.answered)

    @cached_property
    def assessed_on(self) -> Ints:
        """The first coded assessment, answered or not: what the official rule takes for an outcome."""
        return self._first_day(self.story.scores.referral, self.story.scores.day)

    @cached_property
    def plan_on(self) -> Ints:
        """The first agreed plan or intervention."""
        plans, contacts, indirect = self.story.plans, self.story.contacts, self.story.indirect
        agreed = self._first_day(plans.referral, plans.agreed)
        direct = contacts.attended & (contacts.procedure >= 0) & INTERVENTION[contacts.procedure]
        other = (indirect.procedure >= 0) & INTERVENTION[indirect.procedure]
        acted = np.minimum(
            self._first_day(contacts.referral, contacts.day, direct),
            self._first_day(indirect.referral, indirect.day, other),
        )
        return np.minimum(agreed, acted)

    @cached_property
    def stopped_on(self) -> Ints:
        """The last of the three parts of meaningful help; NEVER while one is missing."""
        return np.maximum(np.maximum(self.contact_on, self.outcome_on), self.plan_on)

    @cached_property
    def stopped_officially_on(self) -> Ints:
        return np.maximum(np.maximum(self.contact_on, self.assessed_on), self.plan_on)

    @cached_property
    def plan_shared_on(self) -> Ints:
        plans = self.story.plans
        return self._first_day(plans.referral, plans.agreed, plans.shared)

    @cached_property
    def goal_on(self) -> Ints:
        scores = self.story.scores
        goal = (scores.concept >= FIRST_GOAL) & (scores.concept < FIRST_EXPERIENCE)
        return self._first_day(scores.referral, scores.day, goal & (scores.score <= 10 * TENTHS))

    @cached_property
    def onward_on(self) -> Ints:
        return self._first_day(self.story.onward.referral, self.story.onward.day)

    @cached_property
    def view_on(self) -> Ints:
        return self._first_day(self.story.views.referral, self.story.views.day)

    def last_activity(self, closes: int) -> Ints:
        """The last contact, kept or not, or other work before a day; the start where there was none."""
        contacts, indirect = self.story.contacts, self.story.indirect
        direct, other = contacts.day < closes, indirect.day < closes
        acted = most(self.count, self.contact_spell[direct], contacts.day[direct])
        worked = most(self.count, self.of[indirect.referral[other]], indirect.day[other])
        return np.maximum(np.maximum(acted, worked), self.starts)

    # Its grouping

    def grouping(self, window: Window) -> tuple[Ints, Ints]:
        """The grouping at the end of a quarter, and how it is known: the site's own record before ratings on
        Current View before what team and activity stand for; of each kind the newest.
        """
        recorded, views = self.story.recorded, self.story.views
        by_site = self._newest(recorded.referral, recorded.day, recorded.grouping, window.closes)
        by_rules = self._newest(views.referral, views.day, views.grouping, window.closes)
        by_proxy = self._proxy(window)
        grouping = np.where(by_site >= 0, by_site, np.where(by_rules >= 0, by_rules, by_proxy))
        proxy = np.where(by_proxy == UNKNOWN, BY_NOTHING, BY_PROXY)
        return grouping, np.where(by_site >= 0, BY_SITE, np.where(by_rules >= 0, BY_RULES, proxy))

    def _newest(self, referral: Ints, day: Ints, grouping: Ints, closes: int) -> Ints:
        order = np.argsort(day, kind="stable")
        order = order[day[order] < closes]
        newest = most(self.count, self.of[referral[order]], np.arange(len(order)))
        said = np.append(grouping[order], -1)  # nothing said is the last place
        return said[newest]

    def _proxy(self, window: Window) -> Ints:
        team = self.referrals.team[self.first]
        school = team == TEAMS.index("F01")
        of_school = np.where(self.nth_contact[1] < window.closes, HELP, ADVICE)
        found = np.where(school, of_school, _STANDS_FOR[team])
        finished = (self.closed_on < window.closes) & (self.contacts == 1)
        return np.where(self.hospital, MORE, np.where(finished, ADVICE, found))
