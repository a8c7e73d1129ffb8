"""The judgements under trial, each by the function that `ithrive effect` uses."""

from dataclasses import replace

import numpy as np

from ithrive.evaluation import Inference, Interval, NotComputable, Panel
from ithrive.evaluation.bootstrap import bootstrapped
from ithrive.evaluation.design import Design
from ithrive.evaluation.estimates import estimates
from ithrive.evaluation.randomisation import Lots, pair_lots, randomised, split_lots
from ithrive.evaluation.shared import Shared
from ithrive.evaluation.staggered import Honest, honest

ALPHA = 0.05


STRAIGHT = "Bounds on drift, straight"


def judgements(panel: Panel, *, splits: bool) -> dict[str, Inference]:
    """By name: CR2, wild bootstrap, pair swaps, and all splits where asked for (they take a while)."""
    shared = Shared()
    alone = panel.only(panel.outcomes)
    clustered = shared.exposed(alone)
    assert not isinstance(clustered, NotComputable)  # every made-up study has figures on both sides
    remainder = clustered.design.remainder(alone.figures[0])
    found = estimates(clustered, remainder, alpha=ALPHA)[0]
    assert isinstance(found.cr1, Inference)
    assert found.cr1.standard_error is not None
    by_name: dict[str, Inference | NotComputable] = {
        "CR0, normal": found.cr0,
        "CR1, t(G-1)": found.cr1,
        "CR2, Satterthwaite": found.cr2,
    }
    by_name["Webb wild bootstrap"] = bootstrapped(
        clustered.design, remainder, found.value, found.cr1.standard_error, alpha=ALPHA
    )
    lots = {"Pair swaps, exact": pair_lots(alone, clustered.design, remainder)}
    if splits:
        lots["All splits, exact"] = split_lots(alone, clustered.design, remainder)
    by_name |= {name: randomised(each, alpha=ALPHA) for name, each in lots.items() if isinstance(each, Lots)}
    return {name: each for name, each in by_name.items() if isinstance(each, Inference)}


def drift(panel: Panel) -> dict[str, Inference]:
    """By name: the effect were the arms' difference to have gone straight on as before the start."""
    found = honest(panel, panel.outcomes[0], alpha=ALPHA)
    return {STRAIGHT: found.bounds[0].judged} if isinstance(found, Honest) else {}


def swaps_of(panel: Panel, waves: int) -> dict[str, Lots | NotComputable]:
    """What a look after some waves judges: each outcome's pairs, from the figures there were by then."""
    shared = Shared()
    found: dict[str, Lots | NotComputable] = {}
    for outcome in panel.outcomes:
        alone = _first(panel.only([outcome]), waves)
        clustered = shared.exposed(alone)
        assert not isinstance(clustered, NotComputable)
        design: Design = clustered.design
        found[outcome] = pair_lots(alone, design, design.remainder(alone.figures[0]))
    return found


def _first(panel: Panel, waves: int) -> Panel:
    return replace(
        panel,
        waves=panel.waves[:waves],
        figures=panel.figures[:, :, :waves],
        starts=np.minimum(panel.starts, waves),
        weights=panel.weights[:, :waves],
    )


def holds(found: Inference, truth: float) -> bool:
    """Whether the interval holds the truth."""
    return isinstance(found.interval, Interval) and found.interval.low <= truth <= found.interval.high
