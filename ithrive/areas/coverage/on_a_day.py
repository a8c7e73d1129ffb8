"""Coverage on a day."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ithrive.areas.ages import AgeBand
from ithrive.areas.coverage.members import MemberPlace, codes_by_geography, members_on
from ithrive.areas.coverage.territory import Territory
from ithrive.areas.coverage.values import Coverage, CoverageLine, MemberShare
from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.lineage import geography_named
from ithrive.areas.membership import Membership
from ithrive.areas.places import Geography
from ithrive.areas.populations import latest_mid_year
from ithrive.problems import BadInput, Problem


def coverage(
    gazetteer: Gazetteer,
    memberships: Iterable[Membership],
    *,
    on: date,
    ages: AgeBand,
    geography: str | None = None,
    mid_year: int | None = None,
) -> Coverage:
    """Coverage on a day. Raises BadInput for codes, geographies, ages and years that are not held.

    Without a geography it is the one on the day of the kind in which most members are given, or,
    where that kind no longer exists, the one in which most are given. Without a mid-year, the latest.
    """
    members = members_on(gazetteer, memberships, on)
    shown = geography_named(gazetteer, geography) if geography else usual_geography(gazetteer, members, on)
    year = latest_mid_year(gazetteer) if mid_year is None else mid_year
    territory = Territory(gazetteer, shown.key, ages, year)
    if not territory.population.total:
        what = f"nobody aged {ages.label} lives there at mid-{year}, so there is no share."
        raise BadInput(Problem(shown.title, what, "Ask for other ages."))
    lines = tuple(_lines(territory, members))
    notes = tuple(dict.fromkeys(_notes(territory, members, lines, latest=mid_year is None)))
    return Coverage(gazetteer.country.name, on, ages, shown, year, members, lines, notes)


def usual_geography(gazetteer: Gazetteer, members: Sequence[MemberPlace], day: date) -> Geography:
    """The geography on which coverage is shown when nobody chose one."""
    if not members:
        on_the_day = (each for each in gazetteer.geographies if each.holds_on(day))
        return next(on_the_day, gazetteer.geographies[0])
    (usual, _), *_ = Counter(member.geography for member in members).most_common(1)
    return gazetteer.geography_on(usual.kind, day) or usual


def covered_people(population: int, share: float) -> int:
    """Whole people, so that lines add up to the total exactly in any program."""
    return round(population * share)


def _lines(territory: Territory, members: Sequence[MemberPlace]) -> Iterator[CoverageLine]:
    reached = territory.reached(codes_by_geography(members))
    by_place = {(member.geography.key, member.place.code): member for member in members}
    for place in territory.gazetteer.places_by_geography[territory.geography].values():
        people, line = territory.population.people[place.code], reached[place.code]
        yield CoverageLine(
            place.code,
            place.name,
            people,
            line.at_least,
            covered_people(people, line.at_least),
            covered_people(people, line.at_most),
            tuple(MemberShare(by_place[key], share) for key, share in line.parts.items()),
        )


def _notes(
    territory: Territory, members: Sequence[MemberPlace], lines: Sequence[CoverageLine], *, latest: bool
) -> Iterator[str]:
    if latest:
        yield f"Mid-{territory.mid_year} is the latest year for which population is held."
    yield from territory.population.notes
    kept = territory.without_swallowed(codes_by_geography(members))
    for source in kept:
        way = territory.way_from(source)
        if way.divided & kept[source]:
            yield from way.notes_for(territory.ages.label, territory.mid_year)
    swallowed = len(members) - sum(map(len, kept.values()))
    if swallowed:
        areas = "1 member area lies" if swallowed == 1 else f"{swallowed} member areas lie"
        yield f"{areas} wholly within other member areas, and the people there are counted once."
    undated = sum(member.membership.starts is None for member in members)
    if undated:
        yield _undated_note(undated)
    uncertain = [line for line in lines if line.at_most > line.covered]
    if uncertain:
        yield _overlap_note(uncertain)


def _undated_note(areas: int) -> str:
    """Without it, coverage on an early day would look known where it is only assumed."""
    counted = "it is" if areas == 1 else "each is"
    those = "1 member area" if areas == 1 else f"{areas} member areas"
    return f"The first day of {those} is not known: {counted} counted on every day until its role ends."


def _overlap_note(lines: Sequence[CoverageLine]) -> str:
    covered, most = sum(line.covered for line in lines), sum(line.at_most for line in lines)
    names = ", ".join(line.name for line in lines)
    return (
        f"In {names} it is not known how far member areas of different geographies overlap: "
        f"between {covered:,} and {most:,} people there live in one. The lower figure is counted."
    )
