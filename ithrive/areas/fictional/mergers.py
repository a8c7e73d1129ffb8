"""Which areas merge and which are split when the country reforms in 2020."""

import numpy as np
from numpy.typing import NDArray

from ithrive.areas.fictional.land import Labels
from ithrive.areas.fictional.people import Counts

MERGERS = (3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2)
SPLITS = 2
Touching = NDArray[np.float64]  # along how many ways each area touches each other one
Group = tuple[int, ...]

_BORDER = 3  # ways; two areas that touch along fewer only meet at a corner


def merging(touching: Touching, region: Labels, people: Counts, keep: set[int]) -> tuple[Group, ...]:
    """Groups of areas to merge: small ones, each with neighbours in its own region. None of `keep`."""
    groups: list[Group] = []
    for size in MERGERS:
        free = set(range(len(people))) - keep.union(*groups)
        groups.append(_next_group(size, free, touching, region, people))
    return tuple(groups)


def _next_group(size: int, free: set[int], touching: Touching, region: Labels, people: Counts) -> Group:
    """The group of the smallest area that finds enough neighbours."""
    starts = sorted(free, key=lambda area: (people[area], area))
    groups = (
        _joined(start, size, {area for area in free if region[area] == region[start]}, touching, people)
        for start in starts
    )
    return next(group for group in groups if len(group) == size)


def _joined(start: int, size: int, free: set[int], touching: Touching, people: Counts) -> Group:
    """An area with its smallest neighbours, up to `size` in all."""
    group = [start]
    while len(group) < size:
        near = [area for area in free.difference(group) if touching[group, area].sum() >= _BORDER]
        if not near:
            break
        group.append(min(near, key=lambda area: (people[area], area)))
    return tuple(sorted(group))


def splitting(people: Counts, keep: set[int]) -> Group:
    """The areas to split: the largest, without those of `keep`."""
    order = [int(area) for area in np.argsort(-people, kind="stable") if int(area) not in keep]
    return tuple(order[:SPLITS])
