"""What `ithrive effect` works out beside the effect: for staggered starts, moderators, counts and drifts."""

from collections.abc import Mapping
from dataclasses import dataclass

from ithrive.cli.progress import Progress
from ithrive.evaluation import Effect, NotComputable, Panel, effect
from ithrive.evaluation.counts import CountEffect, count_effect
from ithrive.evaluation.moderators import Moderation, moderation
from ithrive.evaluation.shared import Shared
from ithrive.evaluation.staggered import Honest, Staggered, Synthetic, honest, staggered, synthetic

WORKING = "Working out effects"


@dataclass(frozen=True, slots=True)
class Beside:
    """None where it was not asked for or does not apply; `staggered` and `synthetic`: starts that differ."""

    honest: Honest | NotComputable | None = None
    staggered: Staggered | NotComputable | None = None
    synthetic: Synthetic | NotComputable | None = None
    moderation: Moderation | NotComputable | None = None
    counts: CountEffect | NotComputable | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """`moderator` is a column, `known` its value for each site; `compared` is for starts that differ."""

    alpha: float
    compared: str
    moderator: str | None = None
    split: str = "median"
    known: Mapping[str, float] | None = None


def each_outcome(panel: Panel, asked: Asked, progress: Progress) -> list[tuple[Effect, Beside]]:
    """The effect on every outcome of a panel, with what goes beside it."""
    shared, found = Shared(), []
    for done, outcome in enumerate(panel.outcomes):
        progress(WORKING, done, len(panel.outcomes))
        each = effect(panel, outcome, alpha=asked.alpha, shared=shared)
        found.append((each, beside(panel, outcome, asked)))
    progress(WORKING, len(panel.outcomes), len(panel.outcomes))
    return found


def beside(panel: Panel, outcome: str, asked: Asked) -> Beside:
    """Everything that applies to one outcome of a panel."""
    apart = panel.common_start is None
    return Beside(
        honest=honest(panel, outcome, alpha=asked.alpha),
        staggered=staggered(panel, outcome, compared=asked.compared, alpha=asked.alpha) if apart else None,
        synthetic=synthetic(panel, outcome, alpha=asked.alpha) if apart else None,
        moderation=_moderated(panel, outcome, asked),
    )


def _moderated(panel: Panel, outcome: str, asked: Asked) -> Moderation | NotComputable | None:
    if asked.known is None or asked.moderator is None:
        return None
    return moderation(
        panel, outcome, asked.known, moderator=asked.moderator, split=asked.split, alpha=asked.alpha
    )


def counted(panel: Panel, outcome: str, alpha: float) -> CountEffect | NotComputable:
    """The effect on a count; the panel's last outcome is the offset."""
    return count_effect(panel, outcome, panel.figures[-1], alpha=alpha)
