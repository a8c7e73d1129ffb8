"""The reform of 2020: some areas merged, two were split, the rest stayed as they were."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ithrive.areas.fictional import names
from ithrive.areas.fictional.borders import Division, borders, codes, grown
from ithrive.areas.fictional.land import Labels, Land
from ithrive.areas.fictional.mergers import Group, merging, splitting
from ithrive.areas.fictional.people import Counts

_NEW = 201  # codes of areas made by the reform begin here
Part = tuple[str, NDArray[np.bool_]]  # the name of an area, and whether each hamlet is in it


def reformed(land: Land, area: Labels, region: Labels, hamlets: Counts) -> Division:
    """The areas from 2020. What merged or was split has a new code and name; the rest keep theirs.

    `area` is the area of each hamlet before, `region` the region of each area, `hamlets` the people of each.
    """
    people = np.bincount(area, hamlets).astype(np.int64)
    cast = {names.AREAS.index(name) for name in names.CAST}
    groups = merging(borders(land.ways, area, len(people)), region, people, cast)
    merged = {each for group in groups for each in group}
    split = splitting(people, cast | merged)
    stayed = [each for each in range(len(people)) if each not in merged and each not in split]

    old = [(names.AREAS[each], area == each) for each in stayed]
    new = [*_merged(area, groups), *_halves(land, area, split)]
    numbers = [*[each + 1 for each in stayed], *range(_NEW, _NEW + len(new))]
    called, held = zip(*old, *new, strict=True)
    return Division("TM20", np.argmax(held, axis=0), codes("TM", numbers), called)


def _merged(area: Labels, groups: Iterable[Group]) -> Iterator[Part]:
    great = iter(names.MERGED)
    for group in groups:
        name = " and ".join(names.AREAS[each] for each in group) if len(group) == 2 else next(great)
        yield name, np.isin(area, group)


def _halves(land: Land, area: Labels, split: Sequence[int]) -> Iterator[Part]:
    """The eastern and the western half of each area; both hang together."""
    for each in split:
        hamlets = np.flatnonzero(area == each)
        inside = csr_array(land.ways[hamlets][:, hamlets])
        across = land.places[hamlets, 0]
        half = grown(inside, np.array([across.argmax(), across.argmin()]))
        for number, side in enumerate(("East", "West")):
            held = np.zeros(len(area), dtype=bool)
            held[hamlets[half == number]] = True
            yield f"{names.AREAS[each]} {side}", held
