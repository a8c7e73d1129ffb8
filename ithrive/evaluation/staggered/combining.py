"""Group-time effects put together: over all, by time since the start, by group, by wave.

Callaway & Sant'Anna 2021, section 3. A group weighs what its share of sites is. The scores say what each
site adds to the error, the part that comes from shares of sites being estimated too among them.
"""

from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.arrays import Floats, Marks, Wholes
from ithrive.evaluation.staggered.cells import Cells


@dataclass(frozen=True, eq=False)
class Combined:
    """`weights` is groups x waves. `own` are sites' scores given the shares, `scores` those with them."""

    value: float
    weights: Floats
    own: Floats
    scores: Floats


@dataclass(frozen=True, eq=False)
class Shares:
    """Which sites (groups x sites) are of which group."""

    member: Marks

    @property
    def of(self) -> Floats:
        return np.asarray(self.member.mean(axis=1))

    def weighted(self, parts: list[Combined], groups: Wholes) -> Combined:
        """Parts weighted by the shares of their groups."""
        share = self.of[groups]
        weights = share / share.sum()
        values = np.array([part.value for part in parts])
        value = float(weights @ values)
        uncertain = (self.member[groups] - share[:, None]) * ((values - value) / share.sum())[:, None]
        blended = _blend(parts, weights, value)
        scores = blended.scores + uncertain.sum(axis=0) / self.member.shape[1]
        return Combined(value, blended.weights, blended.own, scores)


def averaged(parts: list[Combined]) -> Combined:
    """The plain mean of parts."""
    even = np.full(len(parts), 1 / len(parts))
    return _blend(parts, even, float(even @ [part.value for part in parts]))


def _blend(parts: list[Combined], weights: Floats, value: float) -> Combined:
    def mixed(each: list[Floats]) -> Floats:
        return np.asarray(np.tensordot(weights, np.array(each), axes=1))

    return Combined(
        value,
        mixed([part.weights for part in parts]),
        mixed([part.own for part in parts]),
        mixed([part.scores for part in parts]),
    )


@dataclass(frozen=True, eq=False)
class Combinations:
    """The four ways to put effects together. Keys of the tables: waves since the start, group, wave."""

    simple: Combined
    by_time: dict[int, Combined]
    by_group: dict[int, Combined]
    by_wave: dict[int, Combined]
    time: Combined
    group: Combined
    wave: Combined


def combined(cells: Cells, starts: Wholes) -> Combinations:
    """All of them. There is at least one effect after a start."""
    shares = Shares(starts[None, :] == cells.groups[:, None])
    own = [[_cell(cells, group, wave) for wave in range(cells.effects.shape[1])] for group in _range(cells)]
    there, after = ~np.isnan(cells.effects), cells.after

    def over(which: Marks) -> Combined:
        groups, waves = np.nonzero(which)
        parts = [own[group][wave] for group, wave in zip(groups, waves, strict=True)]
        return shares.weighted(parts, groups.astype(np.int64))

    since = np.arange(cells.effects.shape[1]) - cells.groups[:, None]
    at = np.broadcast_to(np.arange(cells.effects.shape[1]), since.shape)
    by_time = {int(each): over(there & (since == each)) for each in np.unique(since[there])}
    begun = [group for group in _range(cells) if after[group].any()]
    by_group = {
        group: averaged([own[group][wave] for wave in np.flatnonzero(after[group])]) for group in begun
    }
    by_wave = {int(each): over(after & (at == each)) for each in np.unique(at[after])}
    return Combinations(
        simple=over(after),
        by_time=by_time,
        by_group={int(cells.groups[group]): each for group, each in by_group.items()},
        by_wave=by_wave,
        time=averaged([each for time, each in by_time.items() if time >= 0]),
        group=shares.weighted(list(by_group.values()), np.array(begun)),
        wave=averaged(list(by_wave.values())),
    )


def _range(cells: Cells) -> range:
    return range(len(cells.groups))


def _cell(cells: Cells, group: int, wave: int) -> Combined:
    weights = np.zeros(cells.effects.shape)
    weights[group, wave] = 1.0
    scores = cells.scores[group, wave]
    return Combined(float(cells.effects[group, wave]), weights, scores, scores)
