"""Local areas and partners on a given day; populations; coverage; shapes for the map."""

from importlib import import_module
from typing import TYPE_CHECKING

from ithrive.areas.ages import CHILDREN, CHILDREN_AND_YOUNG_PEOPLE, AgeBand
from ithrive.areas.coverage import (
    Coverage,
    CoverageChange,
    coverage,
    coverage_change,
    sentence,
    working_rows,
)
from ithrive.areas.crossings import Crossing
from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.lineage import crossing
from ithrive.areas.membership import COUNTED, MemberRole, Membership
from ithrive.areas.places import Country, Geography, LocalArea, Place
from ithrive.areas.populations import PopulationEstimate, populations

if TYPE_CHECKING:
    from ithrive.areas.fictional import thornmere
    from ithrive.areas.loading import load
    from ithrive.areas.member_list import read_memberships

__all__ = [
    "CHILDREN",
    "CHILDREN_AND_YOUNG_PEOPLE",
    "COUNTED",
    "AgeBand",
    "Country",
    "Coverage",
    "CoverageChange",
    "Crossing",
    "Gazetteer",
    "Geography",
    "LocalArea",
    "MemberRole",
    "Membership",
    "Place",
    "PopulationEstimate",
    "coverage",
    "coverage_change",
    "crossing",
    "load",
    "populations",
    "read_memberships",
    "sentence",
    "thornmere",
    "working_rows",
]

# These read spreadsheets or draw shapes, and what they need takes a while to import.
_WHEN_ASKED = {
    "load": "ithrive.areas.loading",
    "read_memberships": "ithrive.areas.member_list",
    "thornmere": "ithrive.areas.fictional",
}


def __getattr__(name: str) -> object:
    if name in _WHEN_ASKED:
        return getattr(import_module(_WHEN_ASKED[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
