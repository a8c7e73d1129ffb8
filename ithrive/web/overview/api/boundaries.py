"""The outlines of areas, to draw elsewhere."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Router

from ithrive.areas.geojson import feature_collection
from ithrive.web.areas.gazetteers import boundaries_of
from ithrive.web.overview.api import public
from ithrive.web.overview.api.words import REFUSALS, Word

router = Router(tags=["boundaries"])

GEOJSON = {
    "responses": {
        200: {
            "description": "A GeoJSON FeatureCollection, one feature for each area.",
            "content": {"application/geo+json": {"schema": {"type": "object"}}},
        }
    }
}


@router.get(
    "/{country}/boundaries/{geography}",
    response={200: None, **REFUSALS},
    summary="The outlines of a geography's areas, as GeoJSON",
    openapi_extra=GEOJSON,
)
def boundaries(request: HttpRequest, country: Path[Word], geography: Path[Word]) -> HttpResponse:
    """Longitude and latitude (WGS 84). An invented country lies in the empty South Atlantic."""
    revision, gazetteer = public.country(country)
    if geography not in gazetteer.geography_by_key:
        raise Http404(f"{gazetteer.country.name} has no geography {geography}.")
    outlines = boundaries_of(revision, geography)
    if not outlines:
        raise Http404(f"No boundaries of {geography} were loaded.")
    collection = feature_collection(gazetteer, geography, outlines)
    return HttpResponse(json.dumps(collection, separators=(",", ":")), content_type="application/geo+json")
