"""Effects by other estimators than two-way fixed effects, where the design asks for them."""

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.panel import Panel
from ithrive.evaluation.protocol import Protocol
from ithrive.evaluation.study.outcome_results import OtherEstimate
from ithrive.evaluation.study.scope import Scope


def other_estimates(
    protocol: Protocol, panel: Panel | NotComputable, scope: Scope
) -> tuple[OtherEstimate, ...]:
    """None yet: estimators for staggered starts are added here."""
    return ()
