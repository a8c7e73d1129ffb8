"""The spread map: the drawing, what its colours mean, and the same facts as a list and a table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.safestring import SafeString, mark_safe

from ithrive.areas import spread_map
from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.places import Geography
from ithrive.areas.spread import Layer
from ithrive.areas.spread_map import MapArea
from ithrive.areas.timeline import plain_day
from ithrive.web.areas.drawings import HEXAGONS, LAND, Drawn
from ithrive.web.areas.presenters import words
from ithrive.web.areas.presenters.paint import palette_of, swatch
from ithrive.web.areas.presenters.paths import area_path, country_path, coverage_path
from ithrive.web.components import parts
from ithrive.web.components.parts import Params

LAYOUTS = ((LAND, "Land"), (HEXAGONS, "Hexagons of equal numbers of children"))
DOWNLOADS = (
    ("csv", "Table (CSV)"),
    ("geojson", "Outlines (GeoJSON)"),
    ("svg", "Picture (SVG)"),
    ("png", "Picture (PNG)"),
)
CONFIDENTIAL = (
    "Confidential to evaluators: this map shows comparison sites. So do its downloads. "
    "Do not pass them on to the programme or to local areas."
)


@dataclass(frozen=True, slots=True)
class Question:
    """What a map is asked to show. `show` is a layer's key, `layout` is land or hexagons."""

    geography: Geography
    show: str
    layout: str
    on: date

    @property
    def address(self) -> dict[str, str]:
        return {
            "boundaries": self.geography.key,
            "show": self.show,
            "layout": self.layout,
            "on": self.on.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class LegendGroup:
    """A line of the legend, with the areas that stand under it as (name, path)."""

    swatch: SafeString
    words: str
    count: str
    areas: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class MapPage:
    title: str
    sentence: str
    svg: SafeString
    why_no_map: str
    legend: tuple[LegendGroup, ...]
    table: Params
    downloads: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    confidential: str
    reality: str
    attribution: str
    list_path: str
    coverage_path: str


def map_page(gazetteer: Gazetteer, question: Question, layer: Layer, drawn: Drawn | None) -> MapPage:
    slug = gazetteer.country.slug
    return MapPage(
        title=f"Spread map of {gazetteer.country.name}",
        sentence=sentence(layer, question),
        svg=drawing(gazetteer, question, layer, drawn) if drawn else SafeString(""),
        why_no_map="" if drawn else _why_no_map(question),
        legend=tuple(_legend(gazetteer, question, layer)),
        table=_table(gazetteer, question, layer),
        downloads=tuple(_downloads(slug, question, with_map=drawn is not None)),
        notes=tuple(_notes(question, layer, drawn)),
        confidential=CONFIDENTIAL if layer.confidential else "",
        reality=words.reality(gazetteer),
        attribution=words.attribution(gazetteer.sources),
        list_path=f"{country_path(slug)}?kind={question.geography.kind}&on={question.on.isoformat()}",
        coverage_path=coverage_path(slug, on=question.on.isoformat()),
    )


def drawing(gazetteer: Gazetteer, question: Question, layer: Layer, drawn: Drawn) -> SafeString:
    """The map inside the page, every area a link."""
    svg = spread_map.draw(
        drawn.outlines,
        map_areas(gazetteer, question.geography, layer),
        title=f"{layer.title}: map of {gazetteer.country.name}",
        description=sentence(layer, question),
        palette=palette_of(layer),
    )
    return mark_safe(svg)  # noqa: S308 - `draw` escapes every name and label


def picture(gazetteer: Gazetteer, question: Question, layer: Layer, drawn: Drawn) -> str:
    """The map to take away: SVG with its title, its sentence and its legend."""
    confidential = "Confidential to evaluators. " if layer.confidential else ""
    fictional = " (fictional)" if gazetteer.country.fictional else ""
    return spread_map.draw(
        drawn.outlines,
        map_areas(gazetteer, question.geography, layer),
        title=f"{confidential}{gazetteer.country.name}{fictional}: {layer.title}",
        description=f"{counted(layer, question)} {words.attribution(gazetteer.sources)}".strip(),
        standalone=True,
        palette=palette_of(layer),
    )


def map_areas(gazetteer: Gazetteer, geography: Geography, layer: Layer) -> list[MapArea]:
    """The areas in order of name, which is the order of the keyboard."""
    slug = gazetteer.country.slug
    places = sorted(gazetteer.places_by_geography[geography.key].values(), key=lambda each: each.name)
    return [
        MapArea(
            place.code,
            place.name,
            layer.shown[place.code].css_class,
            f"{place.name}: {layer.shown[place.code].words}",
            area_path(slug, geography.kind, place.code),
        )
        for place in places
    ]


def sentence(layer: Layer, question: Question) -> str:
    """What the map says, for those who do not see it."""
    return f"{layer.title}. {counted(layer, question)}"


def counted(layer: Layer, question: Question) -> str:
    """How many areas stand under each line of the legend."""
    counts = "; ".join(f"{entry.words}: {len(layer.codes_in(entry))}" for entry in layer.legend)
    areas = words.counted(len(layer.shown), "area", "areas")
    return f"Of {areas} ({question.geography.title}): {counts}."


def _why_no_map(question: Question) -> str:
    return (
        f"No boundaries were loaded for “{question.geography.title}”, so no map can be drawn of it. "
        "The list and the table say the same."
    )


def _legend(gazetteer: Gazetteer, question: Question, layer: Layer) -> Iterator[LegendGroup]:
    palette = palette_of(layer)
    slug, geography = gazetteer.country.slug, question.geography
    places = gazetteer.places_by_geography[geography.key]
    for entry in layer.legend:
        codes = sorted(layer.codes_in(entry), key=lambda code: places[code].name)
        areas = tuple((places[code].name, area_path(slug, geography.kind, code)) for code in codes)
        count = words.counted(len(codes), "area", "areas")
        yield LegendGroup(swatch(entry.css_class, palette), entry.words, count, areas)


def _table(gazetteer: Gazetteer, question: Question, layer: Layer) -> Params:
    rows = [
        ((area.name, area.href), area.code, layer.shown[area.code].words)
        for area in map_areas(gazetteer, question.geography, layer)
    ]
    table = parts.table(layer.title, ("Area", "Code", layer.heading), rows, name="areas")
    return table | {"compact": True}


def _downloads(slug: str, question: Question, *, with_map: bool) -> Iterator[tuple[str, str]]:
    for ending, text in DOWNLOADS:
        if with_map or ending == "csv":
            yield text, download_path(slug, ending, question.address)


def download_path(slug: str, ending: str, address: Mapping[str, str]) -> str:
    return f"{country_path(slug)}map/map.{ending}?{urlencode(address)}"


def file_name(gazetteer: Gazetteer, question: Question, layer: Layer, ending: str) -> str:
    """A name that says what is in the file, of which day, and whether it is confidential."""
    said = [
        gazetteer.country.slug,
        question.show,
        question.geography.key.lower(),
        *([question.layout] if ending in {"svg", "png"} else []),
        question.on.isoformat(),
        *(["confidential"] if layer.confidential else []),
    ]
    return f"{'-'.join(said)}.{ending}"


def _notes(question: Question, layer: Layer, drawn: Drawn | None) -> Iterator[str]:
    yield from layer.notes
    geography = question.geography
    if layer.of_a_day and not geography.holds_on(question.on):
        held = words.lived(geography.starts, geography.ends)
        yield (
            f"These areas held {held}. What is shown is of {plain_day(question.on)}, "
            "laid on them through mergers and splits."
        )
    if drawn and drawn.per_hexagon:
        yield f"Each hexagon stands for about {words.people(drawn.per_hexagon)} children aged 0 to 17."
    if drawn and drawn.unplaced:
        areas = words.counted(drawn.unplaced, "area", "areas")
        yield f"No boundary is known of {areas}: where the hexagons stand says nothing of where they lie."


def rows(gazetteer: Gazetteer, question: Question, layer: Layer) -> Sequence[dict[str, object]]:
    """A row for each area, as the downloads carry them."""
    confidential = {"confidential_to": "evaluators"} if layer.confidential else {}
    return [
        {
            "country": gazetteer.country.name,
            "fictional": "yes" if gazetteer.country.fictional else "no",
            "geography": question.geography.key,
            "code": area.code,
            "name": area.name,
            "on": question.on.isoformat(),
            "layer": layer.title,
            "shown": layer.shown[area.code].words,
            "amount": layer.shown[area.code].amount,
            "amount_is": layer.amount_heading,
            **confidential,
        }
        for area in map_areas(gazetteer, question.geography, layer)
    ]
