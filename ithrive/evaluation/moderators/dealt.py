"""The moderator dealt to other pairs or sites: how often would chance tell effects apart as well?"""

from itertools import combinations, permutations
from math import comb, factorial

import numpy as np

from ithrive.evaluation.answers import Inference, NotComputable
from ithrive.evaluation.arrays import Floats
from ithrive.evaluation.draws import STANDARD, Draws
from ithrive.evaluation.moderators.values import Values
from ithrive.evaluation.replication import PairEffects, pair_effects
from ithrive.evaluation.staggered.by_lot import judged_by_lot

MOST = 50_000
NOT_BY_LOT = (
    "As if values of the moderator had fallen to sites by lot: they did not, so what goes with it may be the"
    " cause."
)
FEWEST = 4
ALONG = "The interval holds for effects that differ by the same for each unit of the moderator."


def dealt(
    found: Values, outcome: str, used: Floats, *, alpha: float, draws: Draws = STANDARD
) -> Inference | NotComputable:
    """p and interval of the slope of single effects on the moderator, over deals of its values.

    Single effects are those of pairs, or without pairs the changes of accelerators less the mean change of
    comparison sites over the same waves.
    """
    if found.panel.weighted:
        return NotComputable("Weights by site and wave do not say how much a single effect should weigh.")
    effects, values = _paired(found, outcome, used) if found.panel.pairs else _single(found, outcome, used)
    if len(effects) < FEWEST:
        return NotComputable(
            f"{len(effects)} single effects are too few to deal; at least {FEWEST} are needed."
        )
    order = np.lexsort((values, effects))
    effects, values = effects[order], values[order] - values.mean()
    if np.ptp(values) == 0:
        return NotComputable("The moderator is the same wherever there is a single effect.")
    deals, words, exact = _deals(values, draws)
    return judged_by_lot(
        deals @ effects, deals @ values, words=words, exact=exact, alpha=alpha, assumes=(NOT_BY_LOT, ALONG)
    )


def _paired(found: Values, outcome: str, used: Floats) -> tuple[Floats, Floats]:
    each = pair_effects(found.panel, outcome)
    if not isinstance(each, PairEffects):
        return _single(found, outcome, used)
    at = dict(zip(found.panel.pairs, used, strict=True))
    return each.effects, np.array([at[name] for name in each.names])


def _single(found: Values, outcome: str, used: Floats) -> tuple[Floats, Floats]:
    panel, effects, values = found.panel, [], []
    figures = panel.outcome(outcome)
    for at in np.flatnonzero(panel.accelerator):
        start = int(panel.starts[at])
        changes = [_change(figures[other], start) for other in np.flatnonzero(~panel.accelerator)]
        beside = [change for change in changes if not np.isnan(change)]
        own = _change(figures[at], start)
        if beside and not np.isnan(own):
            effects.append(own - float(np.mean(beside)))
            values.append(used[at])
    return np.array(effects), np.array(values)


def _change(row: Floats, start: int) -> float:
    before, after = (side[~np.isnan(side)] for side in (row[:start], row[start:]))
    return float(after.mean() - before.mean()) if len(before) and len(after) else np.nan


def _deals(values: Floats, draws: Draws) -> tuple[Floats, str, bool]:
    """Deals x effects, the real one first."""
    many, kinds = len(values), np.unique(values)
    if len(kinds) == 2 and comb(many, int((values == kinds[1]).sum())) <= MOST:
        chosen = list(combinations(range(many), int((values == kinds[1]).sum())))
        listed = np.full((len(chosen), many), kinds[0])
        listed[np.arange(len(chosen))[:, None], chosen] = kinds[1]
    elif factorial(many) <= MOST:
        listed = np.array(list(permutations(values)))
    else:
        drawn = np.random.default_rng(draws.seed).permuted(np.tile(values, (draws.many, 1)), axis=1)
        words = f"{draws.many:,} random deals of the moderator {draws.words}"
        return np.concatenate([values[None], drawn]), words, False
    real = int(np.flatnonzero((listed == values).all(axis=1))[0])
    listed[[0, real]] = listed[[real, 0]]
    return listed, f"all {len(listed):,} deals of the moderator", True
