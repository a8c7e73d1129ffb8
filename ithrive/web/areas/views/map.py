"""The spread map, and its downloads."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import vl_convert
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.geojson import feature_collection
from ithrive.areas.spread import Layer
from ithrive.tables import csv_text
from ithrive.web.areas import gazetteers, layers
from ithrive.web.areas.drawings import HEXAGONS, LAND, Drawn
from ithrive.web.areas.filters import MapFilter
from ithrive.web.areas.presenters import spread_map
from ithrive.web.areas.presenters.area_list import usual_geography
from ithrive.web.areas.presenters.paths import way_here
from ithrive.web.areas.presenters.spread_map import Question
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.responses import file_to_keep, for_this_reader


@dataclass(frozen=True)
class Asked:
    """What an address asked of the map, answered."""

    form: MapFilter
    revision: gazetteers.Revision
    gazetteer: Gazetteer
    question: Question
    layer: Layer
    drawn: Drawn | None


@require_safe
def page(request: AreaRequest, country: str) -> HttpResponse:
    asked = _asked(request, country)
    shown = spread_map.map_page(asked.gazetteer, asked.question, asked.layer, asked.drawn)
    here = asked.gazetteer.country
    context = {"form": asked.form, "page": shown, "country": here, "breadcrumbs": way_here(here)}
    return for_this_reader(request, render(request, "areas/map.html", context))


@require_safe
def download(request: AreaRequest, country: str, ending: str) -> HttpResponse:
    making = DOWNLOADS.get(ending)
    asked = _asked(request, country)
    if making is None or (ending != "csv" and asked.drawn is None):
        raise Http404("There is no such download of this map.")
    name = spread_map.file_name(asked.gazetteer, asked.question, asked.layer, ending)
    return file_to_keep(request, making(asked), name)


def _asked(request: AreaRequest, country: str) -> Asked:
    revision = gazetteers.revision_of(country)
    gazetteer = gazetteers.gazetteer_of(revision)
    form = _filter(request, revision, gazetteer)
    question = Question(
        gazetteer.geography_by_key[form.answer("boundaries")],
        form.answer("show"),
        form.answer("layout"),
        form.answer("on"),
    )
    refusal = layers.why_not(question.show, request.areas)
    if refusal:
        form.add_error("show", refusal)
        question = Question(question.geography, layers.ROLE, question.layout, question.on)
    layer = layers.layer_of(
        request.areas, gazetteer, show=question.show, geography=question.geography.key, on=question.on
    )
    return Asked(form, revision, gazetteer, question, layer, _drawn(revision, question))


def _filter(request: AreaRequest, revision: gazetteers.Revision, gazetteer: Gazetteer) -> MapFilter:
    today = timezone.localdate()
    return MapFilter(
        request.GET,
        usual={
            "boundaries": usual_geography(gazetteer, today).key,
            "show": layers.ROLE,
            "layout": LAND,
            "on": today,
        },
        choices={
            "boundaries": [(each.key, each.title) for each in gazetteer.geographies],
            "show": layers.choices(gazetteer),
            "layout": spread_map.LAYOUTS,
        },
    )


def _drawn(revision: gazetteers.Revision, question: Question) -> Drawn | None:
    """The outlines asked for; hexagons serve where no boundaries were loaded."""
    key = question.geography.key
    return gazetteers.drawing_of(revision, key, question.layout) or gazetteers.drawing_of(
        revision, key, HEXAGONS
    )


def _csv(asked: Asked) -> str:
    rows = spread_map.rows(asked.gazetteer, asked.question, asked.layer)
    return csv_text(list(rows[0]) if rows else ["code"], [list(row.values()) for row in rows])


def _geojson(asked: Asked) -> str:
    key = asked.question.geography.key
    collection = feature_collection(asked.gazetteer, key, gazetteers.boundaries_of(asked.revision, key))
    said = {row["code"]: row for row in spread_map.rows(asked.gazetteer, asked.question, asked.layer)}
    for feature in collection["features"]:
        feature["properties"] = said[feature["id"]]
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":"))


def _svg(asked: Asked) -> str:
    assert asked.drawn is not None  # `download` refused it otherwise
    return spread_map.picture(asked.gazetteer, asked.question, asked.layer, asked.drawn)


def _png(asked: Asked) -> bytes:
    return bytes(vl_convert.svg_to_png(_svg(asked), scale=2))


DOWNLOADS: dict[str, Callable[[Asked], str | bytes]] = {
    "csv": _csv,
    "geojson": _geojson,
    "svg": _svg,
    "png": _png,
}
