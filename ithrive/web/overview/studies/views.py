"""Studies as others than their evaluators read them: the public, the programme, and the people of a site."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from ithrive.problems import NotAllowed
from ithrive.reports.study import Audience
from ithrive.web.areas.own_pages import area_at
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.responses import for_this_reader
from ithrive.web.components.parts import breadcrumbs
from ithrive.web.evaluation import queries
from ithrive.web.evaluation.models import Study, StudyRun, StudySite
from ithrive.web.implementation.paths import home_path
from ithrive.web.overview.studies import documents
from ithrive.web.overview.studies.own_site import own_page
from ithrive.web.overview.studies.readers import Reading, reading_of
from ithrive.web.rights import Right

HOME, ALL = ("Home", "/"), ("Studies", "/studies/")
KINDS = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
    "toml": "application/toml",
}


@require_safe
def studies(request: AreaRequest) -> HttpResponse:
    """Studies of which results are released; for evaluators all of them, for others the sites they are of."""
    words = {
        "released": queries.released_studies(),
        "mine": _own_sites(request),
        "every": queries.studies(request.areas) if request.areas.may(Right.SEE_STUDY) else (),
        "may_run": request.areas.may(Right.RUN_STUDY),
        "breadcrumbs": breadcrumbs(HOME),
    }
    return for_this_reader(request, render(request, "overview/studies/list.html", words))


@require_safe
def study(request: AreaRequest, slug: str) -> HttpResponse:
    """What a study found, for whoever may read it by now."""
    found, reading = _read(request, slug)
    content, why_not = SafeString(""), reading.why_not
    if reading.run:
        try:
            content = shown(documents.report(reading.run, Audience.PUBLIC, "body"))
        except NotAllowed as refusal:
            why_not = str(refusal)
    words = {
        "study": found,
        "reading": reading,
        "why_not": why_not,
        "report": content,
        "endings": documents.ENDINGS,
        "may_work": request.areas.may(Right.SEE_STUDY),
        "breadcrumbs": breadcrumbs(HOME, ALL),
        "demonstration": found.fictional,
    }
    return for_this_reader(request, render(request, "overview/studies/study.html", words))


@require_safe
def study_file(request: AreaRequest, slug: str, ending: str) -> HttpResponse:
    """The same report to take away."""
    found, reading = _read(request, slug)
    if reading.run is None or ending not in documents.ENDINGS:
        raise Http404("There is no such report.")
    if reason := documents.why_not_public(reading.run):
        raise Http404(reason)
    content = documents.report(reading.run, Audience.PUBLIC, ending)
    return to_keep(request, content, f"{found.slug}.{ending}")


@require_safe
def own(request: AreaRequest, slug: str, country: str, kind: str, code: str) -> HttpResponse:
    """A site's private report, for its own people."""
    site = _own_site(request, slug, country, kind, code)
    run = _run_with(site)
    reading = reading_of(request.areas, site.study)
    words = {
        "site": site,
        "study": site.study,
        "page": own_page(site),
        "report": shown(documents.own_report(run, site.site, "body")) if run else "",
        "endings": documents.ENDINGS if run else (),
        "findings": reading,
        "breadcrumbs": breadcrumbs(HOME, (site.area.name, home_path(site.area))),
        "demonstration": site.study.fictional,
    }
    return for_this_reader(request, render(request, "overview/studies/own.html", words))


@require_safe
def own_file(
    request: AreaRequest, slug: str, country: str, kind: str, code: str, ending: str
) -> HttpResponse:
    """The same to take away, once the study was worked out."""
    site = _own_site(request, slug, country, kind, code)
    run = _run_with(site)
    if run is None or ending not in documents.ENDINGS:
        raise Http404("There is no such report.")
    return to_keep(request, documents.own_report(run, site.site, ending), f"{slug}-{code}.{ending}")


def shown(made: bytes) -> SafeString:
    return mark_safe(made.decode())  # noqa: S308 - `as_html` escapes every text, pictures are our own XML


def to_keep(request: AreaRequest, content: bytes | str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=KINDS[name.rsplit(".", 1)[-1]])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return for_this_reader(request, response)


def _read(request: AreaRequest, slug: str) -> tuple[Study, Reading]:
    found = get_object_or_404(queries.every_study(), slug=slug)
    reading = reading_of(request.areas, found)
    if reading is None:
        raise Http404(f"There is no study {slug}.")
    return found, reading


def _own_sites(request: AreaRequest) -> list[StudySite]:
    """Their own areas' sites; evaluators, who may read every site, have them on the study's page."""
    if request.areas.may(Right.SEE_COMPARISON):
        return []
    return list(queries.own_sites(request.areas).filter(area__in=request.areas.having(Right.SEE_REFLECTION)))


def _own_site(request: AreaRequest, slug: str, country: str, kind: str, code: str) -> StudySite:
    """404 for an area that is no site and for a comparison site of others alike: nobody learns which."""
    area = area_at(request, country, kind, code)
    request.areas.require(Right.SEE_RETURNS, area)
    return get_object_or_404(queries.own_sites(request.areas), study__slug=slug, area=area)


def _run_with(site: StudySite) -> StudyRun | None:
    """The latest run, if this site was in it: a protocol may have changed since."""
    run = queries.told_run(site.study)
    return run if run and f'"site":"{site.site}"' in run.results else None
