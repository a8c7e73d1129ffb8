"""People of any band of ages in the areas of any geography, with the working.

A geography's own figures are used where it has them for that middle of a year. Elsewhere the figures
of another geography are moved along the lineage: each area's people are divided, as whole people,
among the areas that its territory lies in. Nobody is lost and nobody is counted twice, so the total
of the country stays the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ithrive.areas.ages import AgeBand
from ithrive.areas.crossings import Crossing, Part
from ithrive.areas.gazetteer import Gazetteer, Population
from ithrive.areas.lineage import crossing, geography_named
from ithrive.problems import BadInput, Problem


@dataclass(frozen=True, slots=True)
class PopulationPart:
    """People of one area of the source geography who live in one area of the geography asked for."""

    from_geography: str
    from_code: str
    people_of_from: int
    share_of_from: float
    people: int


@dataclass(frozen=True)
class PopulationEstimate:
    """People in each area of a geography, and how that is known.

    `people` is whole persons by code; `working` gives by code the parts that they were added up from;
    `source` is the geography whose figures they are, and `path` the way from there.
    """

    geography: str
    ages: AgeBand
    mid_year: int
    people: Mapping[str, int]
    working: Mapping[str, tuple[PopulationPart, ...]]
    path: tuple[str, ...]
    notes: tuple[str, ...] = field(default=())

    @property
    def source(self) -> str:
        return self.path[0]

    @property
    def total(self) -> int:
        return sum(self.people.values())


def populations(
    gazetteer: Gazetteer, geography: str, ages: AgeBand, mid_year: int | None = None
) -> PopulationEstimate:
    """People of these ages in every area of a geography, in the middle of a year.

    Without a year it is the latest for which figures are held. Raises BadInput where no figures are
    held (for the year, for the ages, for one of the areas) or no lineage leads to the geography.
    """
    geography_named(gazetteer, geography)
    year = latest_mid_year(gazetteer) if mid_year is None else mid_year
    return gazetteer.remembered(
        ("people", geography, ages, year), lambda: _estimate(gazetteer, geography, ages, year)
    )


def latest_mid_year(gazetteer: Gazetteer) -> int:
    """The latest mid-year with figures. Raises BadInput where there are none at all."""
    if gazetteer.populations_by_year:
        return max(gazetteer.populations_by_year)
    mend = "Load population by single year of age."
    raise BadInput(Problem("Population", f"no figures are held for {gazetteer.country.name}.", mend))


def _estimate(gazetteer: Gazetteer, geography: str, ages: AgeBand, mid_year: int) -> PopulationEstimate:
    recorded = _recorded(gazetteer, mid_year)
    way = _from_nearest(gazetteer, geography, recorded)
    figures = _figures(gazetteer, way.from_geography, recorded[way.from_geography], ages)
    working: dict[str, list[PopulationPart]] = {code: [] for code in way.inward}
    for code, parts in way.onward.items():
        for part, people in zip(parts, divided(figures[code], parts), strict=True):
            entry = PopulationPart(way.from_geography, code, figures[code], part.share_of_from, people)
            working[part.to_code].append(entry)
    return PopulationEstimate(
        geography,
        ages,
        mid_year,
        {code: sum(part.people for part in parts) for code, parts in working.items()},
        {code: tuple(parts) for code, parts in working.items()},
        tuple(each.key for each in way.path),
        tuple(_notes(way, ages, mid_year)),
    )


def divided(people: int, parts: Sequence[Part]) -> list[int]:
    """Whole people by share. Those left over by rounding down go where most of a person was cut off."""
    exact = [people * part.share_of_from for part in parts]
    whole = [int(each) for each in exact]
    by_cut = sorted(range(len(parts)), key=lambda i: (whole[i] - exact[i], parts[i].to_code))
    for i in by_cut[: people - sum(whole)]:
        whole[i] += 1
    return whole


def _recorded(gazetteer: Gazetteer, mid_year: int) -> Mapping[str, Mapping[str, Population]]:
    if mid_year in gazetteer.populations_by_year:
        return gazetteer.populations_by_year[mid_year]
    latest_mid_year(gazetteer)
    held = ", ".join(map(str, sorted(gazetteer.populations_by_year)))
    raise BadInput(Problem("Population", f"no figures are held for mid-{mid_year}.", f"Use one of {held}."))


def _from_nearest(
    gazetteer: Gazetteer, geography: str, recorded: Mapping[str, Mapping[str, Population]]
) -> Crossing:
    """The way from the geography with figures whose people scatter least on it."""
    if geography in recorded:
        return crossing(gazetteer, geography, geography)
    ways: list[Crossing] = []
    refusals: list[BadInput] = []
    for source in recorded:
        try:
            ways.append(crossing(gazetteer, source, geography))
        except BadInput as refusal:
            refusals.append(refusal)
    if not ways:
        raise refusals[0]
    return min(ways, key=lambda way: (way.scatter, len(way.path)))


def _figures(
    gazetteer: Gazetteer, geography: str, recorded: Mapping[str, Population], ages: AgeBand
) -> dict[str, int]:
    problems = list(_why_no_figures(gazetteer, geography, recorded, ages))
    if problems:
        raise BadInput(problems)
    band = slice(ages.youngest, ages.oldest + 1)
    return {code: sum(population.persons[band]) for code, population in recorded.items()}


def _why_no_figures(
    gazetteer: Gazetteer, geography: str, recorded: Mapping[str, Population], ages: AgeBand
) -> Iterator[Problem]:
    oldest = max(len(population.persons) for population in recorded.values()) - 1
    if ages.oldest > oldest:
        what = f"ages {ages.label} cannot be counted: single ages 0 to {oldest} are held."
        yield Problem(f"Population of {geography}", what, f"Ask for ages up to {oldest}.")
        return
    for code, place in gazetteer.places_by_geography[geography].items():
        if code not in recorded or len(recorded[code].persons) <= ages.oldest:
            what = f"no figure is held for {place.name} ({code}), ages {ages.label}."
            yield Problem(
                f"Population of {geography}", what, "Add it to the population file and load it again."
            )


def _notes(way: Crossing, ages: AgeBand, mid_year: int) -> Iterator[str]:
    yield f"People are estimates for mid-{mid_year}, ages {ages.label}, of “{way.path[0].title}”."
    if len(way.path) > 1:
        yield f"They were moved to “{way.path[-1].title}” by lineage, as whole people."
    yield from way.notes_for(ages.label, mid_year)
