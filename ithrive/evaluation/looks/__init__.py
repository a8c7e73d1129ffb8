"""Looking at a study while it runs without spoiling what it can show at its end."""

from ithrive.evaluation.looks.boundaries import boundaries
from ithrive.evaluation.looks.contrasts import why_not_show_contrasts
from ithrive.evaluation.looks.ledger import (
    LookTaken,
    from_lines,
    sealed,
    to_lines,
    why_not_look,
)
from ithrive.evaluation.looks.sequential import LookResult, Looks, sequential
from ithrive.evaluation.looks.spending import spent

__all__ = [
    "LookResult",
    "LookTaken",
    "Looks",
    "boundaries",
    "from_lines",
    "sealed",
    "sequential",
    "spent",
    "to_lines",
    "why_not_look",
    "why_not_show_contrasts",
]
