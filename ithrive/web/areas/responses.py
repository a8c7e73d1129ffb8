"""Answers that depend on who reads them, and files to take away."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

from ithrive.web.areas.reach import AreaRequest

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "yaml": "application/yaml",
    "geojson": "application/geo+json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "parquet": "application/vnd.apache.parquet",
}


def for_this_reader(request: HttpRequest | AreaRequest, response: HttpResponse) -> HttpResponse:
    """Keep an answer apart from other people's: a cache may hold it only for those who are not signed in."""
    patch_vary_headers(response, ["Cookie"])
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    return response


def file_to_keep(request: AreaRequest, content: str | bytes, name: str) -> HttpResponse:
    """A download; its kind follows from the ending of its name."""
    ending = name.rsplit(".", 1)[-1]
    response = HttpResponse(content, content_type=KINDS[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return for_this_reader(request, response)
