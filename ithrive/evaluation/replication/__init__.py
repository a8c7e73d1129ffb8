"""Can it be replicated? What single pairs saw, put together, and what a new site may expect."""

from ithrive.evaluation.replication.moderated import Moderated, moderated
from ithrive.evaluation.replication.pairs import PairEffects, pair_effects
from ithrive.evaluation.replication.synthesis import Synthesis, synthesis
from ithrive.evaluation.replication.words import will_it_work_here

__all__ = [
    "Moderated",
    "PairEffects",
    "Synthesis",
    "moderated",
    "pair_effects",
    "synthesis",
    "will_it_work_here",
]
