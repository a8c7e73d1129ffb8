"""True figures over people: A1, H1, R3 and the access of W2. A person counts once in their site."""

import numpy as np

from ithrive.records.synthesis.arrays import NEVER, Flags, Ints, age_on, any_of
from ithrive.records.synthesis.contacts import SPOKEN
from ithrive.records.synthesis.country import TEAMS
from ithrive.records.synthesis.plans import SAFETY
from ithrive.records.synthesis.truth.fairness import sides
from ithrive.records.synthesis.truth.quarters import Window
from ithrive.records.synthesis.truth.referral_facts import CRISIS_CONTACT_TEAMS
from ithrive.records.synthesis.truth.spell_facts import SpellFacts
from ithrive.records.synthesis.truth.tally import Tally
from ithrive.records.synthesis.views import ADVICE, RISK, UNKNOWN


class OfPeople:
    """Adds one quarter of one batch to a tally."""

    def __init__(self, spells: SpellFacts, window: Window, tally: Tally) -> None:
        self.spells, self.window, self.tally = spells, window, tally
        self.story, self.facts = spells.story, spells.referrals
        self.of_spell, _ = spells.grouping(window)
        self.site = self.story.people.site

    def add(self) -> None:
        grouping = self._grouping()
        with_access = self._with_access()
        self._count("H1.people", with_access, grouping)
        for group, (inside, outside) in sides(self.story).items():
            self._count(f"W2.{group}-in-people", with_access & inside)
            self._count(f"W2.{group}-out-people", with_access & outside)
        supported, advised = self._supported()
        self._count("A1.supported", supported)
        self._count("A1.advised", supported & (advised | (grouping == ADVICE)))
        at_risk = self._at_risk()
        self._count("R3.people", at_risk)
        self._count("R3.with-plan", at_risk & self._with_safety_plan())

    def _count(self, name: str, wanted: Flags, grouping: Ints | None = None) -> None:
        self.tally.count(name, self.window.place, self.site, wanted, grouping)

    def _any(self, referral: Ints, wanted: Flags) -> Flags:
        """People of whom something wanted happened, in a referral that is counted."""
        ours = wanted & self.facts.counted[referral]
        return any_of(len(self.site), self.story.referrals.person[referral], ours)

    def _with_access(self) -> Flags:
        """A qualifying contact or other work in twelve months, as a child living in England (MHS95)."""
        contacts, indirect, people = self.story.contacts, self.story.indirect, self.story.people
        spoken = contacts.attended & SPOKEN[contacts.mechanism]
        met = self._any(contacts.referral, spoken & self._as_child(contacts.referral, contacts.day))
        worked = self._any(indirect.referral, self._as_child(indirect.referral, indirect.day))
        abroad = people.home == len(self.story.country.homes)
        return np.asarray((met | worked) & ~abroad)

    def _as_child(self, referral: Ints, day: Ints) -> Flags:
        born = self.story.people.born[self.story.referrals.person[referral]]
        return np.asarray(self.window.year_holds(day) & (age_on(born, day) <= 17))

    def _supported(self) -> tuple[Flags, Flags]:
        """Supported in the quarter; and of them, at a single point of access."""
        contacts, indirect, access = self.story.contacts, self.story.indirect, TEAMS.index("A18")
        met = contacts.attended & self.window.holds(contacts.day)
        worked = self.window.holds(indirect.day)
        met_there = met & self.facts.done_by(contacts.referral, contacts.team, access)
        worked_there = worked & self.facts.done_by(indirect.referral, indirect.team, access)
        return (
            self._any(contacts.referral, met) | self._any(indirect.referral, worked),
            self._any(contacts.referral, met_there) | self._any(indirect.referral, worked_there),
        )

    def _at_risk(self) -> Flags:
        """Getting Risk Support at the end of the quarter, or seen by a crisis team in it."""
        spells, contacts = self.spells, self.story.contacts
        is_open = (spells.starts < self.window.closes) & (spells.ends >= self.window.closes)
        in_risk_support = is_open & spells.counted & (self.of_spell == RISK)
        teams = [TEAMS.index(code) for code in CRISIS_CONTACT_TEAMS]
        met = contacts.attended & self.window.holds(contacts.day)
        in_crisis = met & self.facts.done_by(contacts.referral, contacts.team, *teams)
        return any_of(len(self.site), spells.person, in_risk_support) | self._any(
            contacts.referral, in_crisis
        )

    def _with_safety_plan(self) -> Flags:
        plans = self.story.plans
        fresh = self.window.year_holds(plans.created)
        fresh |= (plans.renewed < NEVER) & self.window.year_holds(plans.renewed)
        safe = np.isin(plans.kind, SAFETY) & fresh
        return any_of(len(self.site), self.story.referrals.person[plans.referral], safe)

    def _grouping(self) -> Ints:
        """That of the newest spell of the twelve months whose grouping is known."""
        spells = self.spells
        there = (spells.starts < self.window.closes) & (spells.ends >= self.window.year_opens)
        there &= self.of_spell != UNKNOWN
        order = np.flatnonzero(there)[np.argsort(spells.starts[there], kind="stable")]
        found = np.full(len(self.site), UNKNOWN)
        found[spells.person[order]] = self.of_spell[order]  # the newest is written last
        return found
