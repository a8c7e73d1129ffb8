"""True figures over spells: A3, A5, H3 to H5, M2, M3, D1, D2, W1 and W3 (MEASURES.md section 9)."""

import numpy as np

from ithrive.records.synthesis.arrays import NEVER, Flags, Ints, most
from ithrive.records.synthesis.truth.quarters import Window
from ithrive.records.synthesis.truth.spell_facts import BY_NOTHING, BY_PROXY, BY_RULES, BY_SITE, SpellFacts
from ithrive.records.synthesis.truth.tally import OFFICIALLY, Tally

WEEK = 7
# A person's referrals sorted by person and day in one number; days reach 99,999 in the year 2243.
_DAYS = 100_000


class OfSpells:
    """Adds one quarter of one batch to a tally."""

    def __init__(self, spells: SpellFacts, window: Window, tally: Tally) -> None:
        self.spells, self.window, self.tally = spells, window, tally
        self.grouping, self.method = spells.grouping(window)

    def add(self) -> None:
        self._closures()
        self._clock_stops()
        self._waiting()
        self._attendance()
        self._open()
        self._goals()
        self._returns()

    def _count(self, name: str, wanted: Flags) -> None:
        self.tally.count(
            name, self.window.place, self.spells.site, wanted & self.spells.counted, self.grouping
        )

    def _spread(self, name: str, number: Ints, wanted: Flags) -> None:
        self.tally.spread(name, self.window.place, self.spells.site, number, wanted, self.grouping)

    def _closures(self) -> None:
        spells = self.spells
        closed = self.window.holds(spells.closed_on)
        seen = closed & (spells.contacts >= 1)
        onward = spells.onward_on < self.window.closes
        self._count("A3.closed", seen)
        self._count("A3.signposted", seen & (spells.closed_as("08") | onward))
        self._count("A5.closed", seen)
        self._count("A5.one-contact", closed & (spells.contacts == 1) & spells.closed_as("02", "08"))
        self._count("A5.dropped-out", seen & spells.closed_as("05", "09"))
        twice = closed & (spells.contacts >= 2)
        self._count("M3.closed", twice)
        self._spread("M3.median-contacts", spells.contacts, twice & spells.counted)
        self._spread("M3.median-days", spells.closed_on - spells.starts, twice & spells.counted)

    def _clock_stops(self) -> None:
        spells, holds, ours = self.spells, self.window.holds, ~self.spells.left_out
        for rule, stopped_on in (("", spells.stopped_on), (OFFICIALLY, spells.stopped_officially_on)):
            started = ours & holds(stopped_on) & ((stopped_on >= spells.starts) | bool(rule))
            self._count(f"H3.started{rule}", started)
            self._count(f"H3.within-28-days{rule}", started & (stopped_on - spells.starts <= 28))
        self._count("H3.contact-made", ours & holds(spells.contact_on))
        self._count("H3.outcome-recorded", ours & holds(spells.outcome_on))
        self._count(f"H3.outcome-recorded{OFFICIALLY}", ours & holds(spells.assessed_on))
        self._count("H3.plan-recorded", ours & holds(spells.plan_on))

    @property
    def _is_open(self) -> Flags:
        return (self.spells.starts < self.window.closes) & (self.spells.ends >= self.window.closes)

    def _waiting(self) -> None:
        spells, closes = self.spells, self.window.closes
        waiting = self._is_open & (spells.nth_contact[0] >= closes)
        last_day = closes - 1
        active = waiting & (last_day - spells.last_activity(closes) < 365)
        for name, among in (("", waiting), ("-active", active)):
            self._count(f"H4.waiting{name}", among)
            for weeks in (18, 52):
                self._count(f"H4.over-{weeks}-weeks{name}", among & (last_day - spells.starts > weeks * WEEK))

    def _attendance(self) -> None:
        spells, contacts = self.spells, self.spells.story.contacts
        now = self.window.holds(contacts.day)
        kinds = {
            "H5.booked": contacts.attended | contacts.missed,
            "H5.missed": contacts.missed,
            "H5.cancelled": contacts.cancelled,
        }
        for name, wanted in kinds.items():
            number = np.bincount(spells.contact_spell[now & wanted], minlength=spells.count)
            self.tally.add(name, self.window.place, spells.site, number * spells.counted, self.grouping)

    def _open(self) -> None:
        spells, closes, contacts = self.spells, self.window.closes, self.spells.story.contacts
        begun = self._is_open & spells.accepted & (spells.nth_contact[0] < closes)
        came = contacts.attended & (contacts.day < closes)
        last = most(spells.count, spells.contact_spell[came], contacts.day[came])
        for name in ("M2.open", "W3.open"):
            self._count(name, begun)
        for days in (28, 84):
            self._count(f"M2.none-in-{days}-days", begun & (last < closes - days))
        self._count("W3.grouped", begun & (self.method != BY_NOTHING))
        for name, method in (("by-site", BY_SITE), ("by-rules", BY_RULES), ("by-proxy", BY_PROXY)):
            self._count(f"W3.{name}", begun & (self.method == method))
        self._count("W3.by-code", np.zeros(spells.count, dtype=bool))  # a code that ended with version 5
        self._count("W3.current-view", begun & (spells.view_on < closes))
        twice = self._is_open & (spells.nth_contact[1] < closes)
        self._count("D1.open", twice)
        self._count("D1.agreed", twice & (spells.plan_shared_on < closes))

    def _goals(self) -> None:
        third = self.spells.nth_contact[2]
        reached = self.window.holds(third)
        self._count("D2.reached", reached)
        self._count("D2.goals", reached & (self.spells.goal_on <= third))

    def _returns(self) -> None:
        spells, window = self.spells, self.window
        a_year_ago = (spells.closed_on >= window.year_ago_opens) & (spells.closed_on < window.year_ago_closes)
        discharged = a_year_ago & spells.closed_as("02", "04", "07", "08")
        self._count("W1.discharged", discharged)
        self._count("W1.returned", discharged & came_back(spells))


def came_back(spells: SpellFacts) -> Flags:
    """Referred anew and accepted, to anybody in the site, more than 5 and at most 365 days after the end."""
    referrals, facts = spells.story.referrals, spells.referrals
    accepted = spells.story.visible & (facts.rejected_on == NEVER)
    known = np.sort(referrals.person[accepted] * _DAYS + referrals.received[accepted])
    closed = np.minimum(spells.closed_on, _DAYS // 2)
    place = np.searchsorted(known, spells.person * _DAYS + closed + 6)
    after = known[np.minimum(place, max(len(known) - 1, 0))] if len(known) else closed
    within = (place < len(known)) & (after <= spells.person * _DAYS + closed + 365)
    return np.asarray(within & (spells.closed_on < NEVER))
