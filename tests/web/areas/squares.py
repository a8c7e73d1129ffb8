"""A fictional country of squares, as many as a test wants: small enough to check by eye.

    SQ15   every area one square, in a row:   S001 S002 S003 S004 ...
    SQ20   S001 and S002 merged into S900, the others as they were
    REG    one region around them all

Each square of 2015 has 100 people of every single year of age from 0 to 24, in the middle of 2020.
"""

from datetime import date

from shapely.geometry import box

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

MERGED = date(2020, 4, 1)
SIDE = 10_000.0  # metres
BASIS = "people aged 0 to 17, mid 2020"


def squares(count: int = 4, *, boundaries: bool = True, fictional: bool = True) -> Gazetteer:
    """The country with `count` areas in 2015 (3 or more)."""
    old = [f"S{number:03}" for number in range(1, count + 1)]
    new = ["S900", *old[2:]]
    return Gazetteer(
        country=Country("squares", "Squares", fictional=fictional),
        geographies=(
            Geography("SQ15", "square", "Squares, 2015", date(2015, 4, 1), MERGED),
            Geography("SQ20", "square", "Squares, 2020", MERGED),
            Geography("REG", "region", "Regions", date(2015, 4, 1)),
        ),
        places=(
            *(Place("SQ15", code, f"Square {code}", f"O{code}") for code in old),
            *(Place("SQ20", code, f"Square {code}") for code in new),
            Place("REG", "R1", "The Row"),
        ),
        links=(*_mergers(old), *(_within(code, len(new), code == "S900", count) for code in new)),
        populations=tuple(Population("SQ15", code, 2020, (100,) * 25) for code in old),
        attributes=(Attribute("height", "Height", "metres", "2019", "higher up"),),
        values=tuple(
            AttributeValue("height", "SQ15", code, None if code == "S003" else float(number))
            for number, code in enumerate(old)
        ),
        boundaries=tuple(_boundary("SQ15", code, number) for number, code in enumerate(old))
        if boundaries
        else (),
        sources=(
            Source(
                "Squares", "codes", "The Surveyor", "Open Government Licence v3.0", "2020", "s.csv", "ab", 9
            ),
        ),
    )


def _mergers(old: list[str]) -> list[Link]:
    merged = [Link("SQ15", code, "SQ20", "S900", 1.0, 0.5, BASIS) for code in old[:2]]
    return merged + [Link("SQ15", code, "SQ20", code, 1.0, 1.0, BASIS) for code in old[2:]]


def _within(code: str, areas: int, is_merged: bool, count: int) -> Link:
    return Link("SQ20", code, "REG", "R1", 1.0, (2 if is_merged else 1) / count, BASIS)


def _boundary(geography: str, code: str, number: int) -> Boundary:
    return Boundary(geography, code, box(number * SIDE, 0, (number + 1) * SIDE, SIDE))
