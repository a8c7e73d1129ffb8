"""How many children and young people live in each area, in the year nearest to one of which it is known."""

from collections.abc import Mapping
from dataclasses import dataclass

from ithrive.areas.ages import CHILDREN
from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.populations import populations
from ithrive.problems import BadInput


@dataclass(frozen=True, slots=True)
class PeopleThere:
    """People by the code of an area, in the middle of `year`."""

    year: int
    by_code: Mapping[str, int]


def people_nearest(gazetteer: Gazetteer, geography: str, year: int) -> PeopleThere | None:
    """Of the year nearest to the one asked for, the earlier of two as near; None where none is known.

    A year counts as known where its figures reach this geography, be it along the lineage.
    """
    return gazetteer.remembered(
        ("people nearest", geography, year), lambda: (_nearest(gazetteer, geography, year),)
    )[0]


def _nearest(gazetteer: Gazetteer, geography: str, year: int) -> PeopleThere | None:
    for known in sorted(gazetteer.populations_by_year, key=lambda each: (abs(each - year), each)):
        try:
            people = populations(gazetteer, geography, CHILDREN, known).people
        except BadInput:
            continue
        if people:
            return PeopleThere(known, people)
    return None
