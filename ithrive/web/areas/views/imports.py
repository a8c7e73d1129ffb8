"""Sending a list: it is checked, what it would change is shown, and only then is it taken."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from ithrive.problems import BadInput, Problem
from ithrive.tables import csv_text
from ithrive.web.areas import uploads
from ithrive.web.areas.actions import Changed
from ithrive.web.areas.forms import ListForm
from ithrive.web.areas.models import Country
from ithrive.web.areas.own_pages import author, country_at, sent
from ithrive.web.areas.presenters.imports import import_page, preview_page, said_when_taken
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.sent_lists import ListKind
from ithrive.web.areas.uploads import Upload

OVERTAKEN = 409  # somebody else's change came first


def send(request: AreaRequest, country: str, kind: ListKind) -> HttpResponse:
    """The page that takes the file, and names every mistake in it."""
    kind.require(request)
    place = country_at(request, country)
    form = ListForm(sent(request), request.FILES or None)
    if not form.is_valid():
        return _asked(request, place, kind, form)
    upload = _upload(request, country, kind, form)
    try:
        kind.plan(request, place, upload)
    except BadInput as refusal:
        return _asked(request, place, kind, ListForm(), refusal.problems)
    return redirect(f"areas:{kind.key}-preview", country, uploads.keep(upload))


def preview(request: AreaRequest, country: str, token: str, kind: ListKind) -> HttpResponse:
    """What the list would change, and the button that makes it so."""
    kind.require(request)
    place = country_at(request, country)
    try:
        upload = uploads.fetch(token, kind=kind.key, country=country, sender=author(request).reference)
    except uploads.Expired as expired:
        messages.warning(request, str(expired))
        return redirect(f"areas:{kind.key}-import", country)
    try:
        if request.method == "POST":
            return _taken(request, place, token, upload, kind)
        return _shown(request, place, upload, kind)
    except BadInput as refusal:
        return _asked(request, place, kind, ListForm(), refusal.problems, status=OVERTAKEN)


def template(request: AreaRequest, country: str, kind: ListKind) -> HttpResponse:
    """A file with the right headings and a line to write over."""
    kind.require(request)
    answer = HttpResponse(csv_text(kind.columns, [kind.example]), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{kind.key}-template.csv"'
    return answer


def _asked(
    request: AreaRequest,
    country: Country,
    kind: ListKind,
    form: ListForm,
    problems: Iterable[Problem] = (),
    *,
    status: int = 200,
) -> HttpResponse:
    page = import_page(kind, country, problems)
    return render(request, "areas/import.html", _context(page, country, form=form), status=status)


def _shown(
    request: AreaRequest, country: Country, upload: Upload, kind: ListKind, overtaken: str = ""
) -> HttpResponse:
    page = preview_page(kind, country, upload.name, kind.plan(request, country, upload), overtaken)
    status = OVERTAKEN if overtaken else 200
    return render(request, "areas/import_preview.html", _context(page, country), status=status)


def _taken(
    request: AreaRequest, country: Country, token: str, upload: Upload, kind: ListKind
) -> HttpResponse:
    """Take it as it was shown; if that is no longer what it would do, show it again."""
    try:
        plan = kind.take(request, country, upload, request.POST.get("shown", ""))
    except Changed as changed:
        return _shown(request, country, upload, kind, overtaken=str(changed))
    uploads.forget(token)
    messages.success(request, said_when_taken(plan))
    return redirect(f"areas:{kind.key}-import", country.slug)


def _upload(request: AreaRequest, country: str, kind: ListKind, form: ListForm) -> Upload:
    file = form.cleaned_data["file"]
    return Upload(kind.key, country, author(request).reference, uploads.plain_name(file.name), file.read())


def _context(page: object, country: Country, **more: object) -> dict[str, object]:
    return {"page": page, "demonstration": country.fictional, **more}
