"""Comparison sites: the candidates most like the accelerator sites before anything began."""

from ithrive.evaluation.matching.alternatives import Alternative, alternatives, reasonable
from ithrive.evaluation.matching.balance import (
    BALANCED,
    CovariateBalance,
    Sample,
    balance,
    largest_difference,
)
from ithrive.evaluation.matching.candidates import Candidates, Exclusion
from ithrive.evaluation.matching.distances import METHODS, Method, distances
from ithrive.evaluation.matching.guards import guarded, members, neighbours, shared_providers
from ithrive.evaluation.matching.matches import Match, MatchedSet, Unmatched, Way, match
from ithrive.evaluation.matching.propensity import linear_score, separated

__all__ = [
    "BALANCED",
    "METHODS",
    "Alternative",
    "Candidates",
    "CovariateBalance",
    "Exclusion",
    "Match",
    "MatchedSet",
    "Method",
    "Sample",
    "Unmatched",
    "Way",
    "alternatives",
    "balance",
    "distances",
    "guarded",
    "largest_difference",
    "linear_score",
    "match",
    "members",
    "neighbours",
    "reasonable",
    "separated",
    "shared_providers",
]
