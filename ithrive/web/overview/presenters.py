"""What the home page says of the programme."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from ithrive.areas import spread, spread_map
from ithrive.areas.ages import CHILDREN
from ithrive.areas.coverage import coverage, sentence
from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.membership import Membership
from ithrive.problems import BadInput
from ithrive.web.areas.drawings import Drawn
from ithrive.web.areas.presenters import words
from ithrive.web.areas.presenters.paint import palette_of, swatch
from ithrive.web.areas.presenters.paths import country_path, coverage_path, map_path
from ithrive.web.areas.presenters.spread_map import Question
from ithrive.web.components.parts import Params


def _card(heading: str, href: str, description: str) -> Params:
    return {
        "heading": heading,
        "headingLevel": 2,
        "headingSize": "s",
        "href": href,
        "clickable": True,
        "description": description,
    }


CARDS = (
    _card(
        "The THRIVE Framework",
        "/framework/",
        "The five needs-based groupings and the principles, each with its own address and sources.",
    ),
    _card(
        "Local areas",
        "/areas/",
        "What each area was on any day: names, mergers, children and young people, its role.",
    ),
    _card(
        "What we count",
        "/measures/",
        "Each measure that areas send every quarter, in plain words, and what to keep in mind.",
    ),
    _card(
        "Released figures",
        "/releases/",
        "Figures of the member areas, quarter by quarter, with small numbers hidden.",
    ),
    _card(
        "Open API",
        "/api/",
        "Everything public as CSV, JSON and GeoJSON, with stable links.",
    ),
    _card(
        "About this platform",
        "/about/",
        "Who it is for, what it shows, and whose it is.",
    ),
)


@dataclass(frozen=True, slots=True)
class Count:
    swatch: SafeString
    words: str
    number: int


@dataclass(frozen=True)
class HomePage:
    country: str
    fictional: bool
    sentence: str
    counts: tuple[Count, ...]
    map: SafeString
    country_path: str
    map_path: str
    coverage_path: str
    reality: str
    attribution: str


def home_page(
    gazetteer: Gazetteer, memberships: Sequence[Membership], question: Question, drawn: Drawn | None
) -> HomePage:
    """The programme in one country today; memberships are those that everybody may know of."""
    slug = gazetteer.country.slug
    layer = spread.role_layer(gazetteer, memberships, geography=question.geography.key, on=question.on)
    palette = palette_of(layer)
    return HomePage(
        country=gazetteer.country.name,
        fictional=gazetteer.country.fictional,
        sentence=_sentence(gazetteer, memberships, question),
        counts=tuple(
            Count(swatch(entry.css_class, palette), entry.words, len(layer.codes_in(entry)))
            for entry in layer.legend
        ),
        map=_map(gazetteer, layer, drawn) if drawn else SafeString(""),
        country_path=country_path(slug),
        map_path=map_path(slug),
        coverage_path=coverage_path(slug),
        reality=words.reality(gazetteer),
        attribution=words.attribution(gazetteer.sources),
    )


def _sentence(gazetteer: Gazetteer, memberships: Sequence[Membership], question: Question) -> str:
    try:
        found = coverage(gazetteer, memberships, on=question.on, ages=CHILDREN)
    except BadInput:  # areas were loaded, but no population yet
        return ""
    return f"{sentence(found)}."


def _map(gazetteer: Gazetteer, layer: spread.Layer, drawn: Drawn) -> SafeString:
    """A picture without links: the map's own page has them."""
    areas = [
        spread_map.MapArea(place.code, place.name, layer.shown[place.code].css_class, place.name)
        for place in gazetteer.places
        if place.code in layer.shown and place.code in drawn.outlines.paths
    ]
    svg = spread_map.draw(
        drawn.outlines,
        list({area.code: area for area in areas}.values()),
        title=f"Map of the local areas of {gazetteer.country.name} by their role",
        description="The spread map has the same with names, links, a list and a table.",
        palette=palette_of(layer),
    )
    return mark_safe(svg)  # noqa: S308 - `draw` escapes every name and label
