"""Pages on instruments: the list, one version, what changed between two, and sending a new one."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ithrive.framework.instrument import Instrument
from ithrive.framework.instruments import demonstration_instrument
from ithrive.problems import BadInput, NotAllowed, Problem
from ithrive.web.areas import uploads
from ithrive.web.areas.own_pages import author
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.assessments import instrument_files as files
from ithrive.web.assessments import instruments as found
from ithrive.web.assessments.actions.instruments import Imported, import_instrument
from ithrive.web.assessments.models import InstrumentVersion
from ithrive.web.assessments.presenters import instruments as pages
from ithrive.web.rights import Right

REFUSED = 409  # the version is here already, otherwise


@require_safe
def instrument_list(request: AreaRequest) -> HttpResponse:
    _require_reader(request)
    lines = [pages.version_line(each) for each in found.instrument_versions()]
    context = {
        "lines": lines,
        "may_import": request.areas.may(Right.MANAGE_INSTRUMENTS),
        "offer_demonstration": not any(line.demonstration for line in lines),
    }
    return render(request, "assessments/instruments/list.html", context)


@require_safe
def instrument(request: AreaRequest, code: str, version: str) -> HttpResponse:
    here, content = _version(request, code, version)
    page = pages.instrument_page(content, here, found.other_versions(here))
    return render(request, "assessments/instruments/instrument.html", {"page": page} | pages.frame(content))


@require_safe
def since(request: AreaRequest, code: str, version: str, other: str) -> HttpResponse:
    """What changed from the version `other` to this one."""
    here, new = _version(request, code, version)
    _, old = _version(request, code, other)
    page = pages.difference_page(here, old, new)
    return render(request, "assessments/instruments/since.html", {"page": page} | pages.frame(new))


@require_safe
def download(request: AreaRequest, code: str, version: str, ending: str) -> HttpResponse:
    _, content = _version(request, code, version)
    if ending not in files.WRITERS:
        raise Http404("There is no file of this kind.")
    return files.download(content, ending)


@require_safe
def example(request: AreaRequest) -> HttpResponse:
    """The demonstration instrument as a workbook, to type the real one over."""
    request.areas.require(Right.MANAGE_INSTRUMENTS)
    return files.download(demonstration_instrument(), "xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: AreaRequest) -> HttpResponse:
    """The page that takes the file, and names every mistake in it."""
    request.areas.require(Right.MANAGE_INSTRUMENTS)
    if request.method != "POST":
        return _asked(request, files.InstrumentForm())
    form = files.InstrumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _asked(request, form)
    try:
        token, _ = files.keep(form.cleaned_data["file"], sender=author(request).reference)
    except BadInput as refusal:
        return _asked(request, files.InstrumentForm(), refusal.problems)
    return redirect("assessments:instrument-check", token)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: AreaRequest, token: str) -> HttpResponse:
    """What was read in the file, and the button that takes it."""
    request.areas.require(Right.MANAGE_INSTRUMENTS)
    try:
        name, sent = files.fetch(token, sender=author(request).reference)
    except uploads.Expired as expired:
        messages.warning(request, str(expired))
        return redirect("assessments:instrument-import")
    if request.method != "POST":
        return _previewed(request, name, sent)
    try:
        imported = import_instrument(instrument=sent, source=name, by=author(request))
    except NotAllowed:
        return _previewed(request, name, sent)
    uploads.forget(token)
    return _taken(request, imported)


@require_POST
def add_demonstration(request: AreaRequest) -> HttpResponse:
    """Take the demonstration instrument that comes with the platform."""
    request.areas.require(Right.MANAGE_INSTRUMENTS)
    ours = demonstration_instrument()
    return _taken(request, import_instrument(instrument=ours, source="the platform", by=author(request)))


def _require_reader(request: AreaRequest) -> None:
    """Whoever has a role anywhere may read instruments. Nobody else: the published tool is licensed."""
    if not request.areas.having(Right.SEE_AREA).exists():
        request.areas.require(Right.SEE_AREA)


def _version(request: AreaRequest, code: str, version: str) -> tuple[InstrumentVersion, Instrument]:
    _require_reader(request)
    here = found.instrument_version(code, version)
    if here is None:
        raise Http404("There is no such version of this instrument.")
    return here, found.instrument_in(here)


def _asked(
    request: AreaRequest, form: files.InstrumentForm, problems: Sequence[Problem] = ()
) -> HttpResponse:
    context = {"form": form, "problems": pages.problems_shown(problems)}
    return render(request, "assessments/instruments/import.html", context)


def _previewed(request: AreaRequest, name: str, sent: Instrument) -> HttpResponse:
    known = found.instrument_version(sent.code, sent.version)
    latest = found.latest_version(sent.code)
    page = pages.preview_page(
        sent,
        name,
        known=found.instrument_in(known) if known else None,
        latest=found.instrument_in(latest) if latest else None,
    )
    status = REFUSED if page.refusal else 200
    context = {"page": page, "again": reverse("assessments:instrument-import")} | pages.frame(sent)
    return render(request, "assessments/instruments/check.html", context, status=status)


def _taken(request: AreaRequest, imported: Imported) -> HttpResponse:
    if imported.new:
        messages.success(request, "The instrument is imported. Rounds can now be scheduled with it.")
    else:
        messages.info(request, "This version is here already, just so. Nothing changed.")
    return redirect(pages.address_of(imported.version))
