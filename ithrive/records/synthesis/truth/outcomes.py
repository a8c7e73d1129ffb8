"""What questionnaires say of each referral: measured twice, reliably better or worse, by who was asked."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ithrive.records.synthesis.arrays import NEVER, Flags, Ints, any_of
from ithrive.records.synthesis.scores import MEASURED, TENTHS
from ithrive.records.synthesis.truth.referral_facts import ReferralFacts

RATERS = ("self", "parent", "clinician")


@dataclass(frozen=True)
class Outcomes:
    """`by_rater` holds for each rater whether a referral is paired, improved and deteriorated."""

    paired: Flags
    by_rater: Mapping[str, tuple[Flags, Flags, Flags]]


def outcomes_of(facts: ReferralFacts) -> Outcomes:
    """Pairs: the first score on or after the first contact, the last one later and on or after the second."""
    referral, tool, change = _pairs(facts)
    rater = np.array([each.rater for each in MEASURED])[tool]
    needed = np.array([each.needed for each in MEASURED])[tool] * TENTHS
    change = change * np.array([each.better for each in MEASURED])[tool]
    tells = needed > 0  # a threshold in T-scores decides nothing about points
    better, worse = tells & (change >= needed - 1e-6), tells & (change <= 1e-6 - needed)

    def any_referral(flags: Flags) -> Flags:
        return any_of(facts.count, referral, flags)

    found = {}
    for name in RATERS:
        by = rater == name
        deteriorated = any_referral(by & worse)
        found[name] = (any_referral(by & tells), any_referral(by & better) & ~deteriorated, deteriorated)
    return Outcomes(any_referral(np.ones(len(referral), dtype=bool)), found)


def _pairs(facts: ReferralFacts) -> tuple[Ints, Ints, Ints]:
    """Referral, tool and change (in tenths) of each pair."""
    scores = facts.story.scores
    tools = len(MEASURED)
    low, high = (np.array([getattr(each, name) for each in MEASURED]) * TENTHS for name in ("low", "high"))
    asked = np.flatnonzero((scores.concept < tools) & scores.answered)
    concept = scores.concept[asked]
    asked = asked[(scores.score[asked] >= low[concept]) & (scores.score[asked] <= high[concept])]
    asked = asked[scores.day[asked] >= facts.first_contact[scores.referral[asked]]]
    key = scores.referral[asked] * tools + scores.concept[asked]
    order = np.lexsort((scores.score[asked], scores.day[asked], key))
    asked, key = asked[order], key[order]
    begins = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else np.zeros(0, dtype=np.int64)
    ends = np.append(begins[1:], len(key)) - 1
    first, last = asked[begins], asked[ends]
    second = facts.second_contact[scores.referral[last]]
    pair = (second < NEVER) & (scores.day[last] >= second) & (scores.day[last] > scores.day[first])
    first, last = first[pair], last[pair]
    return scores.referral[first], scores.concept[first], scores.score[last] - scores.score[first]
