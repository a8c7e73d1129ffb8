"""The countries, and the list of areas on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ithrive.areas import spread
from ithrive.areas.ages import CHILDREN
from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.membership import Membership
from ithrive.areas.places import Geography, Place
from ithrive.areas.populations import populations
from ithrive.areas.timeline import plain_day
from ithrive.problems import BadInput
from ithrive.web.areas.presenters import words
from ithrive.web.areas.presenters.paths import area_path, country_path
from ithrive.web.components import parts
from ithrive.web.components.parts import Params

PER_PAGE = 110  # every area of the demonstration, and of England today, on one page


@dataclass(frozen=True)
class CountryCard:
    name: str
    path: str
    fictional: bool
    reality: str
    facts: Params
    sources: tuple[str, ...]
    attribution: str


def country_card(gazetteer: Gazetteer) -> CountryCard:
    country = gazetteer.country
    return CountryCard(
        name=country.name,
        path=country_path(country.slug),
        fictional=country.fictional,
        reality=words.reality(gazetteer),
        facts=parts.table(
            f"Geographies of {country.name}",
            ("Geography", "Held", "Areas"),
            [_geography_row(gazetteer, each) for each in gazetteer.geographies],
            numeric=(2,),
            name=f"geographies-{country.slug}",
        ),
        sources=tuple(words.source_line(each) for each in gazetteer.sources),
        attribution=words.attribution(gazetteer.sources),
    )


def _geography_row(gazetteer: Gazetteer, geography: Geography) -> tuple[object, ...]:
    count = len(gazetteer.places_by_geography[geography.key])
    path = f"{country_path(gazetteer.country.slug)}map/?boundaries={geography.key}"
    return (geography.title, path), words.lived(geography.starts, geography.ends), f"{count:,}"


def usual_geography(gazetteer: Gazetteer, day: date) -> Geography:
    """The geography of a day in the kind that comes first; the nearest in time where none held then."""
    for kind in gazetteer.kinds:
        held = gazetteer.geography_on(kind, day)
        if held:
            return held
    return min(gazetteer.geographies, key=lambda each: abs((each.starts - day).days))


@dataclass(frozen=True)
class AreaList:
    title: str
    sentence: str
    table: Params
    pagination: Params | None
    notes: tuple[str, ...]


def area_list(
    gazetteer: Gazetteer,
    memberships: Iterable[Membership],
    *,
    kind: str,
    on: date,
    search: str,
    page: int,
    query: Mapping[str, str],
) -> AreaList:
    """The areas of a kind as they were on a day, those whose name or code holds the words searched for."""
    title = words.kind_title(gazetteer, kind)
    geography = gazetteer.geography_on(kind, on)
    if geography is None:
        return AreaList(title, _none_held(gazetteer, kind, on), {}, None, ())
    found = [each for each in gazetteer.places_on(kind, on) if _matches(each, search)]
    found.sort(key=lambda each: each.name)
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(max(page, 1), pages)
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    children, notes = _children(gazetteer, geography.key)
    roles = spread.role_layer(gazetteer, memberships, geography=geography.key, on=on)
    return AreaList(
        title=title,
        sentence=_list_sentence(len(found), geography, on, search),
        table=_list_table(gazetteer, geography, shown, roles, children),
        pagination=parts.pagination(page, pages, query) if pages > 1 else None,
        notes=(*notes, *roles.notes),
    )


def _none_held(gazetteer: Gazetteer, kind: str, on: date) -> str:
    held = [each for each in gazetteer.geographies if each.kind == kind]
    between = f"{plain_day(held[0].starts)} and {plain_day(held[-1].ends)}" if held[-1].ends else ""
    when = f"between {between}" if between else f"since {plain_day(held[0].starts)}"
    return f"There were none on {plain_day(on)}. Areas of this kind are known {when}."


def _matches(place: Place, search: str) -> bool:
    wanted = search.strip().casefold()
    texts = (place.name, place.code, place.ods_code or "")
    return not wanted or any(wanted in text.casefold() for text in texts)


def _children(gazetteer: Gazetteer, geography: str) -> tuple[Mapping[str, float], tuple[str, ...]]:
    try:
        estimate = populations(gazetteer, geography, CHILDREN)
    except BadInput as refusal:
        return {}, tuple(str(problem) for problem in refusal.problems[:1])
    return estimate.people, (f"Children are counted at mid-{estimate.mid_year}.",)


def _list_sentence(count: int, geography: Geography, on: date, search: str) -> str:
    found = words.counted(count, "area", "areas")
    named = f" with “{search.strip()}” in the name or code" if search.strip() else ""
    return f"{found}{named} on {plain_day(on)}: {geography.title}."


def _list_table(
    gazetteer: Gazetteer,
    geography: Geography,
    places: Iterable[Place],
    roles: spread.Layer,
    children: Mapping[str, float],
) -> Params:
    slug = gazetteer.country.slug
    rows = []
    for place in places:
        area = gazetteer.local_areas[geography.kind, place.code]
        rows.append(
            (
                (place.name, area_path(slug, geography.kind, place.code)),
                place.code,
                words.lived(area.starts, area.ends),
                roles.shown[place.code].words,
                words.people(children.get(place.code)),
            )
        )
    headings = ("Name", "Code", "Existed", "Role in the Community of Practice", "Children aged 0 to 17")
    return parts.table(geography.title, headings, rows, numeric=(4,)) | {"compact": True}
