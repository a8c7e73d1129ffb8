"""How far an area of one vintage reaches into the areas of another."""

from collections.abc import Sequence

from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.lineage import Part, crossing
from ithrive.problems import BadInput

AreaKey = tuple[str, str]  # kind, code

# Shares are rounded in the official files: this much of an area is all of it.
WHOLE = 0.995
# Less than this of an area is a scrap along its border, not a part of it.
SCRAP = 0.01


def parts_in(gazetteer: Gazetteer, kind: str, code: str, geography: str) -> Sequence[Part]:
    """The parts of a local area in the areas of a geography; empty where nothing joins it to them."""
    seat = seat_of(gazetteer, kind, code, near=geography)
    if seat is None:
        return ()
    try:
        return crossing(gazetteer, seat, geography).onward.get(code, ())
    except BadInput:
        return ()


def seat_of(gazetteer: Gazetteer, kind: str, code: str, *, near: str) -> str | None:
    """A geography that has the area: the one asked about if it does, otherwise the latest."""
    seats = [
        each
        for each in gazetteer.geographies
        if kind in ("", each.kind) and code in gazetteer.places_by_geography[each.key]
    ]
    if any(each.key == near for each in seats):
        return near
    return max(seats, key=lambda each: each.starts).key if seats else None
