"""Outlines made ready to draw, once for each geography and layout, when a country is loaded."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from math import ceil, sqrt
from typing import Any

from ithrive.areas.ages import CHILDREN
from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.hexagons import hexagons, layout
from ithrive.areas.populations import populations
from ithrive.areas.shapes import Outlines, land
from ithrive.problems import BadInput

Positions = dict[str, tuple[float, float]]

LAND, HEXAGONS = "land", "hexagons"


@dataclass(frozen=True, slots=True)
class Drawn:
    """Outlines to draw on, and how many children one hexagon stands for (None on land).

    `unplaced` areas are drawn although nothing is known of where they lie.
    """

    outlines: Outlines
    per_hexagon: float | None = None
    unplaced: int = 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """One geography in one layout, ready to be kept."""

    geography: str
    layout: str
    drawn: Drawn


def prepare(gazetteer: Gazetteer) -> list[Prepared]:
    """The land (where boundaries were imported) and the hexagons of every geography."""
    peopled = [key for key, found in gazetteer.places_by_geography.items() if found]
    return [*_on_land(gazetteer), *(_in_hexagons(gazetteer, key) for key in peopled)]


def as_kept(outlines: Outlines) -> dict[str, Any]:
    """Outlines as plain JSON values; `as_drawn` is the way back."""
    return asdict(outlines)


def as_drawn(kept: Mapping[str, Any]) -> Outlines:
    """Outlines as they were before `as_kept`."""
    left, top, width, height = kept["view_box"]
    anchors = {code: (x, y) for code, (x, y) in kept["anchors"].items()}
    return Outlines((left, top, width, height), kept["paths"], anchors, kept["inner"])


def _on_land(gazetteer: Gazetteer) -> Iterator[Prepared]:
    for geography in gazetteer.geography_by_key:
        boundaries = [each for each in gazetteer.boundaries if each.geography == geography]
        if boundaries:
            yield Prepared(geography, LAND, Drawn(land(boundaries)))


def _in_hexagons(gazetteer: Gazetteer, geography: str) -> Prepared:
    known = positions(gazetteer, geography)
    unplaced = [code for code in sorted(gazetteer.places_by_geography[geography]) if code not in known]
    somewhere = known | _rows(unplaced, below=known)
    laid_out = layout(somewhere, _children(gazetteer, geography))
    return Prepared(geography, HEXAGONS, Drawn(hexagons(laid_out), laid_out.per_hexagon, len(unplaced)))


def _children(gazetteer: Gazetteer, geography: str) -> dict[str, float]:
    """Children in each area; where none are known, every area counts the same."""
    codes = gazetteer.places_by_geography[geography]
    try:
        known = populations(gazetteer, geography, CHILDREN).people
    except BadInput:
        known = {}
    middle = sum(known.values()) / len(known) if known else 1.0
    return {code: known.get(code) or middle for code in codes}


def positions(gazetteer: Gazetteer, geography: str) -> Positions:
    """Where areas of a geography lie, in metres: those of which something is known on the ground.

    From their own boundaries, or from those of the areas they share people with.
    """
    return _centres_of_linked(gazetteer, geography) | _centres(gazetteer, geography)


def _centres(gazetteer: Gazetteer, geography: str) -> Positions:
    points = (
        (each.code, each.outline.representative_point())
        for each in gazetteer.boundaries
        if each.geography == geography
    )
    return {code: (point.x, point.y) for code, point in points}


def _centres_of_linked(gazetteer: Gazetteer, geography: str) -> Positions:
    """The middle of the bounded areas that an area shares people with, weighed by the share."""
    centres = {each: _centres(gazetteer, each) for each in gazetteer.geography_by_key}
    parts: dict[str, list[tuple[float, tuple[float, float]]]] = {}
    for link in gazetteer.links:
        for here, there, share in (
            ((link.from_geography, link.from_code), (link.to_geography, link.to_code), link.share_of_from),
            ((link.to_geography, link.to_code), (link.from_geography, link.from_code), link.share_of_to),
        ):
            centre = centres[there[0]].get(there[1])
            if here[0] == geography and centre and share > 0:
                parts.setdefault(here[1], []).append((share, centre))
    return {code: _middle(weighed) for code, weighed in parts.items()}


def _middle(weighed: list[tuple[float, tuple[float, float]]]) -> tuple[float, float]:
    total = sum(share for share, _ in weighed)
    return (
        sum(share * x for share, (x, _) in weighed) / total,
        sum(share * y for share, (_, y) in weighed) / total,
    )


def _rows(codes: list[str], *, below: Positions) -> Positions:
    """Places in rows under everything that has one: every area is on the page, and nothing is claimed."""
    step = 20_000.0  # metres: about the distance between two neighbouring local areas
    left = min((x for x, _ in below.values()), default=0.0)
    top = min((y for _, y in below.values()), default=0.0) - 2 * step
    width = ceil(sqrt(len(codes))) or 1
    return {
        code: (left + step * (number % width), top - step * (number // width))
        for number, code in enumerate(codes)
    }
