"""Covariates of a country's areas as they were in one geography, and which of them touch."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from ithrive.areas import AgeBand, Gazetteer
from ithrive.problems import BadInput, Problem
from ithrive.tables import csv_text

if TYPE_CHECKING:
    from ithrive.areas.gazetteer import Population

# Metres. Outlines are simplified when published, so that one border on the ground may come out as two.
TOUCHING = 50.0


def covariates_of(
    gazetteer: Gazetteer,
    *,
    geography: str,
    attributes: Sequence[str],
    treated: Collection[str],
    ages: AgeBand | None = None,
    mid_year: int | None = None,
) -> str:
    """A table of covariates as CSV text: code, name, treated, people of an age band, then the attributes.

    An attribute that is not available is an empty cell, never nought. Raises BadInput for codes, attributes
    and years that the gazetteer does not hold.
    """
    places = gazetteer.places_by_geography.get(geography)
    if places is None:
        known = ", ".join(gazetteer.places_by_geography)
        raise BadInput(Problem("Geography", f"There is no geography {geography}.", f"Choose from: {known}."))
    _refuse_unknown(gazetteer, attributes, set(treated) - places.keys(), geography)
    people = _people(gazetteer, geography, mid_year) if ages else {}
    figures = {
        (each.attribute, each.code): each.value for each in gazetteer.values if each.geography == geography
    }
    rows = [
        [
            code,
            place.name,
            int(code in treated),
            *([_count(people.get(code), ages)] if ages else []),
            *(figures.get((attribute, code)) for attribute in attributes),
        ]
        for code, place in sorted(places.items())
    ]
    counted = [f"people-{ages.youngest}-{ages.oldest}"] if ages else []
    return csv_text(["site", "name", "treated", *counted, *attributes], rows)


def touching(gazetteer: Gazetteer, geography: str, within: float = TOUCHING) -> tuple[tuple[str, str], ...]:
    """Pairs of areas that share a boundary: their outlines lie within so many metres of each other."""
    import shapely  # slow to import, and only boundaries need it

    found = [each for each in gazetteer.boundaries if each.geography == geography]
    if not found:
        what = f"There are no boundaries of {geography}."
        raise BadInput(Problem("Boundaries", what, "Load them, or name neighbours in a table."))
    outlines = [each.outline for each in found]
    near = shapely.STRtree(outlines).query(outlines, predicate="dwithin", distance=within)
    return tuple(sorted((found[one].code, found[other].code) for one, other in near.T if one < other))


def _refuse_unknown(
    gazetteer: Gazetteer, attributes: Sequence[str], codes: Collection[str], geography: str
) -> None:
    known = {each.key for each in gazetteer.attributes}
    problems = [
        Problem("Attribute", f"There is no attribute {each}.", f"Choose from: {', '.join(sorted(known))}.")
        for each in attributes
        if each not in known
    ]
    problems += [
        Problem("Treated", f"There is no area {code} in {geography}.", "Correct the code.")
        for code in sorted(codes)
    ]
    if problems:
        raise BadInput(problems)


def _people(gazetteer: Gazetteer, geography: str, mid_year: int | None) -> "dict[str, Population]":
    years = {
        year: found[geography] for year, found in gazetteer.populations_by_year.items() if geography in found
    }
    if not years or (mid_year and mid_year not in years):
        known = ", ".join(map(str, sorted(years))) or "none"
        what = f"There are no people of {geography} for mid-{mid_year or 'any year'}."
        raise BadInput(Problem("Population", what, f"Years there are: {known}."))
    return years[mid_year or min(years)]


def _count(population: "Population | None", ages: AgeBand) -> int | None:
    if population is None or len(population.persons) <= ages.oldest:
        return None
    return sum(population.persons[ages.youngest : ages.oldest + 1])
