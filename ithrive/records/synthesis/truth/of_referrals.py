"""True figures over referrals: A2, A4, H2, H6, H7, M1, R1, R2 and the waits of W2."""

from collections.abc import Mapping

import numpy as np

from ithrive.records.synthesis.arrays import NEVER, Flags, Ints
from ithrive.records.synthesis.referrals import REJECT_REASONS
from ithrive.records.synthesis.truth.fairness import sides
from ithrive.records.synthesis.truth.outcomes import RATERS, Outcomes
from ithrive.records.synthesis.truth.quarters import Window
from ithrive.records.synthesis.truth.spell_facts import SpellFacts
from ithrive.records.synthesis.truth.tally import OFFICIALLY, Tally

LEFT_OUT_OF_OUTCOMES = ("E01", "E02", "A14")
FOUR_HOURS, A_DAY = 4 * 3600, 24 * 3600


class OfReferrals:
    """Adds one quarter of one batch to a tally."""

    def __init__(
        self, spells: SpellFacts, outcomes: Mapping[str, Outcomes], window: Window, tally: Tally
    ) -> None:
        self.facts, self.outcomes, self.window, self.tally = spells.referrals, outcomes, window, tally
        self.story = spells.story
        grouping, _ = spells.grouping(window)
        self.grouping = grouping[np.maximum(spells.of, 0)]
        self.received = self.story.referrals.received

    def add(self) -> None:
        self._responses()
        self._not_accepted()
        self._waits()
        self._outcomes()
        self._eating_disorders()
        self._crises()

    def _count(self, name: str, wanted: Flags) -> None:
        flags = wanted & self.facts.counted
        self.tally.count(name, self.window.place, self.facts.site, flags, self.grouping)

    def _spread(self, name: str, number: Ints, wanted: Flags) -> None:
        flags = wanted & self.facts.counted
        self.tally.spread(name, self.window.place, self.facts.site, number, flags, self.grouping)

    def _responses(self) -> None:
        first = self.facts.first_response
        responded = self.window.holds(first) & (first >= self.received)
        self._count("A2.responded", responded)
        for name in ("median", "p90"):
            self._spread(f"A2.{name}-days", first - self.received, responded)

    def _not_accepted(self) -> None:
        reason, rejected = self.story.referrals.reject_reason, self.facts.rejected_on
        before = (self.received >= self.window.before_opens) & (self.received < self.window.opens)
        duplicate = (rejected < NEVER) & (reason == REJECT_REASONS.index("01"))
        cohort = before & ~duplicate
        refused = cohort & (rejected - self.received <= 90)
        self._count("A4.received", cohort)
        self._count("A4.not-accepted", refused)
        self._count("A4.inappropriate", refused & (reason == REJECT_REASONS.index("02")))
        self._count("A4.incomplete", refused & (reason == REJECT_REASONS.index("03")))

    def _waits(self) -> None:
        first = self.facts.first_contact
        now = self.window.holds(first)
        self._waits_of("", now & (first >= self.received))
        self._waits_of(OFFICIALLY, now)

    def _waits_of(self, rule: str, seen: Flags) -> None:
        waited = self.facts.first_contact - self.received
        self._count(f"H2.seen{rule}", seen)
        for name in ("median", "p90"):
            self._spread(f"H2.{name}-days{rule}", waited, seen)
        for group, (inside, outside) in sides(self.story).items():
            for side, people in (("in", inside), ("out", outside)):
                of_them = seen & people[self.story.referrals.person]
                self._count(f"W2.{group}-{side}-seen{rule}", of_them)
                self._spread(f"W2.{group}-{side}-median-days{rule}", waited, of_them)

    def _outcomes(self) -> None:
        facts = self.facts
        closed = self.window.holds(facts.discharged_on) & (facts.second_contact < NEVER)
        closed &= ~facts.hospital & ~facts.at_team(*LEFT_OUT_OF_OUTCOMES)
        self._count("H6.closed", closed)
        for rule, outcomes in self.outcomes.items():
            self._count(f"H6.paired{rule}", closed & outcomes.paired)
            for rater in RATERS:
                paired, improved, deteriorated = outcomes.by_rater[rater]
                self._count(f"H7.paired-{rater}{rule}", closed & paired)
                self._count(f"H7.improved-{rater}{rule}", closed & improved)
                self._count(f"H7.deteriorated-{rater}{rule}", closed & deteriorated)
                self._count(f"H7.unchanged-{rater}{rule}", closed & paired & ~improved & ~deteriorated)

    def _eating_disorders(self) -> None:
        facts = self.facts
        began = self.window.year_holds(facts.treated_on) & facts.with_reason("12")
        waited = facts.treated_on - self.received
        for name, priorities, days in (("urgent", ("1", "2", "4"), 7), ("routine", ("3",), 28)):
            for rule, of_rule in (("", began & ~facts.hospital), (OFFICIALLY, began)):
                started = of_rule & facts.with_priority(*priorities)
                self._count(f"M1.{name}{rule}", started)
                self._count(f"M1.{name}-on-time{rule}", started & (waited <= days))

    def _crises(self) -> None:
        new = self.window.holds(self.received) & self.facts.crisis
        self._count("R1.emergency", new & self.facts.with_priority("1"))
        for name, priority, limit in (("very-urgent", "4", FOUR_HOURS), ("urgent", "2", A_DAY)):
            of_priority = new & self.facts.with_priority(priority)
            for measure in ("R1", "R2"):
                self._count(f"{measure}.{name}", of_priority)
            for rule in ("", OFFICIALLY):
                seen, seconds = self.facts.responses(of_month=bool(rule))
                self._count(f"R2.{name}-seen{rule}", of_priority & seen)
                self._count(f"R2.{name}-on-time{rule}", of_priority & seen & (seconds <= limit))
