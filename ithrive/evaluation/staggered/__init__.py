"""Sites that began at different waves; single sites beside a blend of others; what a drift would leave."""

from ithrive.evaluation.staggered.cells import NEVER, NOT_YET
from ithrive.evaluation.staggered.effects import Aggregate, GroupTime, Staggered, staggered
from ithrive.evaluation.staggered.honest import Bound, Honest, honest
from ithrive.evaluation.staggered.relative import Relative, WithinSteps
from ithrive.evaluation.staggered.synthetic_sites import SiteEffect, Synthetic, synthetic

__all__ = [
    "NEVER",
    "NOT_YET",
    "Aggregate",
    "Bound",
    "GroupTime",
    "Honest",
    "Relative",
    "SiteEffect",
    "Staggered",
    "Synthetic",
    "WithinSteps",
    "honest",
    "staggered",
    "synthetic",
]
