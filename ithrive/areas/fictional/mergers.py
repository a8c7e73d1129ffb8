"""What changed in 2020: some areas merged, two were split, the rest stayed as they were."""

import numpy as np
from numpy.typing import NDArray

from ithrive.areas.fictional.land import Labels
from ithrive.areas.fictional.people import Counts

MERGERS = (3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2)
SPLITS = 2


def mergers(
    touching: NDArray[np.float64], region: Labels, people: Counts, keep: set[int]
) -> tuple[tuple[int, ...], ...]:
    """Groups of areas that merged: small ones, with neighbours in their own region."""
    taken = set(keep)
    groups: list[tuple[int, ...]] = []
    for size in MERGERS:
        group = _next_group(size, touching, region, people, taken)
        taken.update(group)
        groups.append(group)
    return tuple(groups)


def _next_group(
    size: int, touching: NDArray[np.float64], region: Labels, people: Counts, taken: set[int]
) -> tuple[int, ...]:
    for smallest in np.argsort(people, kind="stable"):
        group = [int(smallest)]
        while int(smallest) not in taken and len(group) < size:
            near = touching[group].sum(axis=0) > 2
            free = [
                i for i in np.flatnonzero(near & (region == region[smallest])) if i not in taken | {*group}
            ]
            if not free:
                break
            group.append(int(min(free, key=lambda i: people[i])))
        if len(group) == size:
            return tuple(sorted(group))
    raise AssertionError("the island has no neighbours left to merge")  # pragma: no cover - seeds are tried


def largest(people: Counts, taken: set[int]) -> tuple[int, ...]:
    """The areas to split: the largest of those that nothing else happened to."""
    order = [int(i) for i in np.argsort(-people, kind="stable") if int(i) not in taken]
    return tuple(order[:SPLITS])
