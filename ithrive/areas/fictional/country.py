"""Thornmere, put together from its hamlets."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import shapely

from ithrive.areas.fictional import people
from ithrive.areas.fictional.borders import Division
from ithrive.areas.fictional.island import Island, settle
from ithrive.areas.gazetteer import (
    Attribute,
    AttributeValue,
    Boundary,
    Gazetteer,
    Link,
    Population,
    Source,
)
from ithrive.areas.places import Country, Geography, Place

_FOUNDED, _REFORMED = date(2015, 4, 1), date(2020, 4, 1)
GEOGRAPHIES = (
    Geography("TM15", "local-area", "Local areas, 2015 to 2020", _FOUNDED, _REFORMED),
    Geography("TM20", "local-area", "Local areas, from 2020", _REFORMED),
    Geography("TMR", "region", "Regions", _FOUNDED),
    Geography("TMC", "council", "Councils", _FOUNDED),
)
# Shares of one geography in another, as official files give them: between neighbours in time or level.
_LINKED = (("TM15", "TM20"), ("TM15", "TMR"), ("TM20", "TMR"), ("TM15", "TMC"), ("TM20", "TMC"))
_COUNTED = {"TM15": (2017, 2019), "TM20": (2020, 2023)}
_BASIS = "people aged 0 to 17, mid 2020 (fictional)"
_ATTRIBUTES = (
    Attribute("deprivation", "Deprivation score", "score", "2019 (fictional)", "more deprived"),
    Attribute("rural", "People in rural places", "%", "2019 (fictional)", "more rural"),
    Attribute(
        "mental-health-spend", "Spend on mental health", "£ per head", "2019 (fictional)", "more spent"
    ),
)


def thornmere(seed: int = 2015) -> Gazetteer:
    """The fictional country: 118 local areas from 2015, 106 from 2020, seven regions and twenty councils.

    The same seed gives the same country. Alderbrook and Brackenford are the same in both geographies.
    """
    island = settle(np.random.default_rng(seed))
    return Gazetteer(
        country=Country("thornmere", "Thornmere", fictional=True),
        geographies=GEOGRAPHIES,
        places=tuple(_places(island.divisions)),
        links=tuple(link for pair in _LINKED for link in _links(island, *pair)),
        populations=tuple(_populations(island)),
        attributes=_ATTRIBUTES,
        values=tuple(_values(island)),
        boundaries=tuple(_boundaries(island)),
        sources=(_source(seed),),
    )


def _places(divisions: Iterable[Division]) -> Iterable[Place]:
    for division in divisions:
        for code, name in zip(division.codes, division.names, strict=True):
            # A hyphen and three figures: no ODS code looks like this.
            short = f"TM-{code[-3:]}" if division.geography in _COUNTED else None
            yield Place(division.geography, code, name, short)


def _links(island: Island, start: str, end: str) -> Iterable[Link]:
    one, other = island.division[start], island.division[end]
    shared = np.zeros((len(one.codes), len(other.codes)))
    np.add.at(shared, (one.area, other.area), island.weight)
    of_one = shared / shared.sum(axis=1, keepdims=True)
    of_other = shared / shared.sum(axis=0, keepdims=True)
    for i, j in np.argwhere(shared > 0):
        yield Link(
            start, one.codes[i], end, other.codes[j], float(of_one[i, j]), float(of_other[i, j]), _BASIS
        )


def _populations(island: Island) -> Iterable[Population]:
    for geography, years in _COUNTED.items():
        division = island.division[geography]
        for year in years:
            counts = np.zeros((len(division.codes), people.AGES), dtype=np.int64)
            np.add.at(counts, division.area, island.children[people.MID_YEARS.index(year)])
            for code, persons in zip(division.codes, counts.tolist(), strict=True):
                yield Population(geography, code, year, tuple(persons))


def _values(island: Island) -> Iterable[AttributeValue]:
    for key, hamlets in island.measured.items():
        for geography in _COUNTED:
            division = island.division[geography]
            weight = np.bincount(division.area, island.weight)
            mean = np.bincount(division.area, hamlets * island.weight) / weight
            for code, value in zip(division.codes, mean.tolist(), strict=True):
                yield AttributeValue(key, geography, code, round(value, 2))


def _boundaries(island: Island) -> Iterable[Boundary]:
    for division in island.divisions:
        for i, code in enumerate(division.codes):
            yield Boundary(
                division.geography, code, shapely.coverage_union_all(island.land.cells[division.area == i])
            )


def _source(seed: int) -> Source:
    return Source(
        title="Thornmere, a fictional country",
        kind="demonstration",
        publisher="Made by this platform",
        licence="MIT",
        vintage=f"seed {seed}",
        file="",
        sha256="",
        rows=0,
    )
