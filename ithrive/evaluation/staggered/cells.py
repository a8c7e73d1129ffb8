"""Group-time effects: sites that began at one wave, at one wave, against sites that had not begun.

Callaway & Sant'Anna 2021, without covariates. Every wave is compared with the last one before the start, so
waves before the start show whether the arms had moved alike. Sites with figures at both waves have a part.
"""

from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.arrays import Floats, Marks, Wholes
from ithrive.evaluation.panel import Panel

NEVER, NOT_YET = "never", "not yet"
NO_CELLS = NotComputable("No site that began has figures before and after, beside one that had not begun.")


@dataclass(frozen=True, eq=False)
class Cells:
    """`effects` is groups x waves, NaN where there is none; `groups` are positions of first treated waves.

    `scores` is groups x waves x sites: what each site adds to the error, its squares adding up to the
    variance. `treated` and `compared` are groups x waves: sites that had a part.
    """

    groups: Wholes
    effects: Floats
    scores: Floats
    treated: Wholes
    compared: Wholes

    @property
    def after(self) -> Marks:
        """Groups x waves: where the group had begun and there is an effect."""
        begun = np.arange(self.effects.shape[1]) >= self.groups[:, None]
        return np.asarray(begun & ~np.isnan(self.effects))


def group_time(figures: Floats, starts: Wholes, *, compared: str = NEVER) -> Cells:
    """`figures` is sites x waves, NaN where none; `starts` one a site, from 1; past the last is never."""
    waves = figures.shape[1]
    groups = np.unique(starts[starts < waves])
    effects, scores, counts = [], [], []
    for group in groups:
        change, there = _changes(figures, int(group))
        began = there & (starts == group)[:, None]
        others = there & _others(starts, int(group), waves, compared)
        tops = [_mean(change, who) for who in (began, others)]
        effects.append(tops[0][0] - tops[1][0])
        scores.append((tops[0][1] - tops[1][1]).T)
        counts.append([began.sum(axis=0), others.sum(axis=0)])
    found = np.array(effects)
    found[np.arange(len(groups)), groups - 1] = np.nan
    treated, compared_sites = np.array(counts).transpose(1, 0, 2)
    return Cells(groups, found, np.array(scores), treated, compared_sites)


def cells_of(panel: Panel, *, compared: str = NEVER) -> Cells | NotComputable:
    """The same of a panel's only outcome, where any site has an effect to show."""
    if not panel.accelerator.any():
        return NO_CELLS
    cells = group_time(panel.figures[0], panel.starts, compared=compared)
    return cells if cells.after.any() else NO_CELLS


def dealt_effects(figures: Floats, starts: Wholes, groups: Wholes, *, compared: str) -> Floats:
    """Deals x groups x waves: the effects if `starts` (deals x sites) had been dealt so."""
    waves = figures.shape[1]
    found = np.full((len(starts), len(groups), waves), np.nan)
    never = (starts == waves).astype(np.float64)
    for at, group in enumerate(groups):
        change, there = _changes(figures, int(group))
        stacked = np.concatenate([change, there], axis=1).astype(np.float64)
        began = _means((starts == group).astype(np.float64) @ stacked, waves)
        if compared == NEVER:
            found[:, at] = began - _means(never @ stacked, waves)
            continue
        for wave in range(waves):
            others = _not_yet(starts, int(group), wave).astype(np.float64)
            sums = others @ stacked[:, [wave, waves + wave]]
            found[:, at, wave] = began[:, wave] - _means(sums, 1)[:, 0]
    return found


def _changes(figures: Floats, group: int) -> tuple[Floats, Marks]:
    change = figures - figures[:, [group - 1]]
    there = ~np.isnan(change)
    return np.where(there, change, 0.0), there


def _others(starts: Wholes, group: int, waves: int, compared: str) -> Marks:
    """Sites x waves: who had not begun by a wave (or never does) and is not of the group."""
    if compared == NEVER:
        return np.repeat((starts == waves)[:, None], waves, axis=1)
    return np.stack([_not_yet(starts, group, wave) for wave in range(waves)], axis=1)


def _not_yet(starts: Wholes, group: int, wave: int) -> Marks:
    return np.asarray((starts > max(wave, group - 1)) & (starts != group))


def _mean(change: Floats, who: Marks) -> tuple[Floats, Floats]:
    """The mean at each wave, NaN where nobody is, and sites x waves: each site's distance over the number."""
    count = who.sum(axis=0)
    known = np.where(count > 0, count, np.nan)
    mean = np.where(who, change, 0.0).sum(axis=0) / known
    return mean, np.where(who, (change - mean) / known, 0.0)


def _means(sums: Floats, waves: int) -> Floats:
    count = sums[:, waves:]
    return np.asarray(sums[:, :waves] / np.where(count > 0, count, np.nan))
