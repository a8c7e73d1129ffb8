"""True figures over stays, sections, answers, sessions, drop-ins and digital starts: M4, R4, D3, T2, T3."""

import numpy as np

from ithrive.records.synthesis.arrays import Flags, Ints, age_on, birthday
from ithrive.records.synthesis.scores import (
    BEST_OF_EXPERIENCE,
    BEST_OF_SESSION,
    FIRST_EXPERIENCE,
    FIRST_SESSION,
    TENTHS,
)
from ithrive.records.synthesis.services import COUNTED_DROP_INS, COUNTED_SESSIONS, Services
from ithrive.records.synthesis.stays import ADULT_WARD, SECTION_136
from ithrive.records.synthesis.truth.quarters import Window
from ithrive.records.synthesis.truth.referral_facts import ReferralFacts
from ithrive.records.synthesis.truth.tally import Tally


def add_stays(facts: ReferralFacts, window: Window, tally: Tally) -> None:
    stays, story = facts.story.stays, facts.story
    site, born = facts.site[stays.referral], story.people.born[story.referrals.person[stays.referral]]
    child = age_on(born, np.minimum(stays.ends, window.closes)) <= 17
    left = window.holds(stays.ends) & child
    tally.count("M4.discharges", window.place, site, left)
    tally.count("M4.long-stays", window.place, site, left & (stays.ends - stays.starts >= 60))
    adult = birthday(born, 18)
    until = np.minimum(np.minimum(stays.ends, window.closes), adult)
    days = np.maximum(until - np.maximum(stays.starts, window.opens), 0)
    tally.add("M4.bed-days", window.place, site, days)
    of_year = np.maximum(until - np.maximum(stays.starts, window.year_opens), 0)
    tally.add("R4.adult-ward-bed-days", window.place, site, of_year * (stays.ward == ADULT_WARD))


def add_act_periods(facts: ReferralFacts, window: Window, tally: Tally) -> None:
    periods, story = facts.story.act_periods, facts.story
    site, person = facts.site[periods.referral], story.referrals.person[periods.referral]
    began = window.year_holds(periods.starts) & (age_on(story.people.born[person], periods.starts) <= 17)
    tally.count("R4.section-136", window.place, site, began & (periods.status == SECTION_136))
    tally.count("R4.detentions", window.place, site, began & (periods.status != SECTION_136))


def add_answers(facts: ReferralFacts, window: Window, tally: Tally) -> None:
    """An answer that leaves out an item is none; the most positive gives the best to every item."""
    scores, size = facts.story.scores, facts.count
    every, positive = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    for first, items, forms, best in (
        (FIRST_EXPERIENCE, 4, 3, BEST_OF_EXPERIENCE),
        (FIRST_SESSION, 2, 1, BEST_OF_SESSION),
    ):
        of_it = (scores.concept >= first) & (scores.concept < first + items * forms)
        of_it &= window.holds(scores.day) & facts.counted[scores.referral]
        answered = np.bincount(scores.referral[of_it], minlength=size) == items
        best_of_it = of_it & (scores.score == best * TENTHS)
        every += answered
        positive += answered & (np.bincount(scores.referral[best_of_it], minlength=size) == items)
    tally.add("D3.responses", window.place, facts.site, every)
    tally.add("D3.positive", window.place, facts.site, positive)


def add_digital_starts(facts: ReferralFacts, window: Window, tally: Tally) -> None:
    digital = facts.story.digital
    began = window.holds(digital.day) & facts.counted[digital.referral]
    tally.count("T3.digital-starts", window.place, facts.site[digital.referral], began)


def add_services(services: Services, window: Window, tally: Tally) -> None:
    sessions, drop_ins = services.sessions, services.drop_ins
    held = window.holds(sessions.day) & (sessions.team < COUNTED_SESSIONS)
    tally.count("T2.sessions", window.place, sessions.provider // 2, held)
    tally.add("T2.participants", window.place, sessions.provider // 2, sessions.participants * held)
    came = (
        window.holds(drop_ins.day)
        & (drop_ins.service < COUNTED_DROP_INS)
        & ~_older(drop_ins.born, drop_ins.day)
    )
    tally.count("T3.drop-ins", window.place, drop_ins.provider // 2, came)


def _older(born: Ints, day: Ints) -> Flags:
    """Known to be 18 or older; who was not asked may be young."""
    return np.asarray((born < day) & (age_on(np.minimum(born, day), day) > 17))
