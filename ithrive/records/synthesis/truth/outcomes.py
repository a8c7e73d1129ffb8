"""What questionnaires say of each referral: measured twice, reliably better or worse, by who was asked."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ithrive.records.synthesis.arrays import NEVER, Flags, Ints, any_of
from ithrive.records.synthesis.scores import MEASURED, NEWEST, TENTHS, Tool
from ithrive.records.synthesis.truth.referral_facts import ReferralFacts

RATERS = ("self", "parent", "clinician")
# What the national code makes of some scales; MEASURES.md section 2.4.
OWN_HONOSCA = ("989711000000101",)
WRONG_WAY_ROUND = ("718147007", "986111000000107", "718455008")  # SDQ prosocial by self and parent, SCORE-15
RCADS_IN_T_SCORES = 17.73  # depression by self, the one that is drawn


@dataclass(frozen=True)
class Outcomes:
    """`by_rater` holds for each rater whether a referral is paired, improved and deteriorated."""

    paired: Flags
    by_rater: Mapping[str, tuple[Flags, Flags, Flags]]


def outcomes_of(facts: ReferralFacts, *, official: bool = False) -> Outcomes:
    """Pairs: the first score on or after the first contact, the last one later and on or after the second.

    Officially a pair may hold two versions of a scale and lie outside its range, two scales are read the
    wrong way round, a young person's own HoNOSCA is a parent's, and T-scores meet points.
    """
    referral, tool, change = _pairs(facts, official)
    rater, needed, better = (
        np.array(each) for each in zip(*(_read(t, official) for t in MEASURED), strict=True)
    )
    needed, change = needed[tool] * TENTHS, change * better[tool]
    tells = needed > 0  # a threshold in T-scores decides nothing about points
    better, worse = tells & (change >= needed - 1e-6), tells & (change <= 1e-6 - needed)

    def any_referral(flags: Flags) -> Flags:
        return any_of(facts.count, referral, flags)

    found = {}
    for name in RATERS:
        by = rater[tool] == name
        deteriorated = any_referral(by & worse)
        found[name] = (any_referral(by & tells), any_referral(by & better) & ~deteriorated, deteriorated)
    return Outcomes(any_referral(np.ones(len(referral), dtype=bool)), found)


def _read(tool: Tool, official: bool) -> tuple[str, float, int]:
    """Who scored, what change is reliable, and which way is better."""
    if not official:
        return tool.rater, tool.needed, tool.better
    rater = "parent" if tool.concept in OWN_HONOSCA else tool.rater
    better = -tool.better if tool.concept in WRONG_WAY_ROUND else tool.better
    return rater, tool.needed or RCADS_IN_T_SCORES, better


def _pairs(facts: ReferralFacts, official: bool) -> tuple[Ints, Ints, Ints]:
    """Referral, tool and change (in tenths) of each pair."""
    scores, tools = facts.story.scores, len(MEASURED)
    low, high = (np.array([getattr(each, name) for each in MEASURED]) * TENTHS for name in ("low", "high"))
    asked = np.flatnonzero((scores.concept < tools) & scores.answered)
    tool = scores.concept[asked]
    within = (scores.score[asked] >= low[tool]) & (scores.score[asked] <= high[tool])
    asked = asked[(within | official) & (scores.day[asked] >= facts.first_contact[scores.referral[asked]])]
    tool = NEWEST[scores.concept[asked]] if official else scores.concept[asked]
    key = scores.referral[asked] * tools + tool
    order = np.lexsort((scores.score[asked], scores.day[asked], key))
    asked, tool, key = asked[order], tool[order], key[order]
    begins = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else np.zeros(0, dtype=np.int64)
    ends = np.append(begins[1:], len(key)) - 1
    first, last, tool = asked[begins], asked[ends], tool[begins]
    second = facts.second_contact[scores.referral[last]]
    pair = (second < NEVER) & (scores.day[last] >= second) & (scores.day[last] > scores.day[first])
    first, last = first[pair], last[pair]
    return scores.referral[first], tool[pair], scores.score[last] - scores.score[first]
