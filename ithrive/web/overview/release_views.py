"""Releases as anybody may read them, and their files."""

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ithrive.measures import measures
from ithrive.tables import csv_text
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.responses import file_to_keep, for_this_reader
from ithrive.web.components.parts import breadcrumbs
from ithrive.web.overview import release_files
from ithrive.web.overview.release_effects import changes_between, published_again, sent_again
from ithrive.web.overview.release_pages import key, release_page, table_page
from ithrive.web.overview.release_rows import COLUMNS
from ithrive.web.publications import queries
from ithrive.web.publications.life import State
from ithrive.web.publications.models import Release
from ithrive.web.rights import Right

HOME, ALL = ("Home", "/"), ("Releases", "/releases/")


@require_safe
def releases(request: AreaRequest) -> HttpResponse:
    """What was released; and for those who prepare, what is on its way."""
    may_prepare = request.areas.may(Right.PREPARE_RELEASE)
    under_way = queries.every_release().exclude(state=State.RELEASED) if may_prepare else ()
    words = {
        "released": queries.released(),
        "under_way": under_way,
        "may_prepare": may_prepare,
        "breadcrumbs": breadcrumbs(HOME),
    }
    return for_this_reader(request, render(request, "overview/releases.html", words))


@require_safe
def release(request: AreaRequest, reference: str) -> HttpResponse:
    """One release: what it holds, how it was made safe, what became of it."""
    found = release_at(request, reference)
    again = sent_again(found) if found.is_public else []
    words = {
        "release": found,
        "page": release_page(found, list(queries.public_tables(found).defer("rows", "entry", "reasons"))),
        "sent_again": again,
        "later": published_again(found),
        "may_prepare": request.areas.may(Right.PREPARE_RELEASE),
        "licence": settings.DATA_LICENCE,
        "breadcrumbs": breadcrumbs(HOME, ALL),
        "demonstration": found.country.fictional,
    }
    return for_this_reader(request, render(request, "overview/release.html", words))


@require_safe
def table(request: AreaRequest, reference: str, measure: str) -> HttpResponse:
    """One measure of a release: one figure by area and grouping, all figures of all areas together."""
    found = release_at(request, reference)
    rows = release_files.rows_of(found, measure)
    if measure not in found.measures or not rows:
        raise Http404(f"This release has no measure {measure}.")
    asked = request.GET.get("quarter", "")
    quarter = asked if asked in found.quarters else found.quarters[-1]
    later = [(each, changes_between(found, each, measure)) for each in published_again(found)]
    words = {
        "release": found,
        "page": table_page(measures()[measure], rows, quarter, request.GET.get("figure", "")),
        "quarter": quarter,
        "key": key(),
        "later": [(each, changes) for each, changes in later if changes],
        "breadcrumbs": breadcrumbs(HOME, ALL, (found.title, f"/releases/{reference}/")),
        "demonstration": found.country.fictional,
    }
    return for_this_reader(request, render(request, "overview/release_table.html", words))


@require_safe
def download(request: AreaRequest, reference: str, ending: str) -> HttpResponse:
    """All figures of a release as csv, json or parquet."""
    found = release_at(request, reference)
    name, rows = f"{reference}.{ending}", release_files.rows_of(found)
    if ending == "csv":
        taken = file_to_keep(request, release_files.as_csv(rows), name)
        # A CSV file has no room for its licence and rule: the address that tells them goes beside it. Not
        # that of the API, which knows nothing of a release that is still to be let go.
        taken["Link"] = f'<{reverse("releases:about", args=[reference])}>; rel="describedby"'
        return taken
    if ending == "parquet":
        return file_to_keep(request, release_files.as_parquet(found, rows), name)
    if ending == "json":
        about = release_files.metadata(found, list(queries.public_tables(found)))
        content = {
            "about": about,
            "columns": list(COLUMNS),
            "rows": [row.to_list() for row in rows],
        }
        return for_this_reader(request, _as_file(JsonResponse(content), name))
    raise Http404("A release can be had as csv, json or parquet.")


@require_safe
def about(request: AreaRequest, reference: str) -> HttpResponse:
    """What a release is, for machines."""
    found = release_at(request, reference)
    content = release_files.metadata(found, list(queries.public_tables(found)))
    return for_this_reader(request, _as_file(JsonResponse(content), f"{reference}-metadata.json"))


@require_safe
def code_lists(request: AreaRequest) -> HttpResponse:
    """What the codes in every release mean."""
    rows = release_files.code_lists()
    text = csv_text(("list", "code", "means"), [tuple(each.values()) for each in rows])
    return file_to_keep(request, text, "code-lists.csv")


def release_at(request: AreaRequest, reference: str) -> Release:
    """A release that this reader may know of: others are as if they did not exist."""
    found = get_object_or_404(queries.every_release(), reference=reference)
    if not found.is_public and not request.areas.may(Right.PREPARE_RELEASE):
        raise Http404(f"There is no release {reference}.")
    return found


def _as_file(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
