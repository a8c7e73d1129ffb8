"""One return: where it stands, its files, its versions, its history."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ithrive.returns import workbook_out
from ithrive.returns.differences import differences as differences_between
from ithrive.returns.life import State
from ithrive.returns.workbook import csv_out
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.responses import file_to_keep, for_this_reader
from ithrive.web.components.parts import breadcrumbs
from ithrive.web.history.presenters import changes_table
from ithrive.web.history.reading import lines_on, names_of
from ithrive.web.returns.access import return_for
from ithrive.web.returns.actions.taking import original_of
from ithrive.web.returns.beside import beside_differences
from ithrive.web.returns.models import QuarterlyReturn, SentFile, Version
from ithrive.web.returns.paths import area_returns_path, return_path
from ithrive.web.returns.presenters.differences import differences_page
from ithrive.web.returns.presenters.page import return_page
from ithrive.web.returns.versions import (
    cells_before,
    children_of,
    figures_in,
    files_of,
    findings_of,
    form_of,
    identity_of,
    in_force,
    queries_of,
    under_way,
    versions_of,
)
from ithrive.web.returns.views.steps import offered
from ithrive.web.rights import Right


@require_safe
def return_(request: AreaRequest, number: int) -> HttpResponse:
    """Where a return stands, what is to be done about it, and the next step."""
    found = return_for(request, number)
    versions = versions_of(found)
    current = under_way(versions) or in_force(versions)
    may_send = request.areas.may(Right.SEND_RETURN, found.area)
    page = return_page(
        found,
        form_of(found),
        versions,
        findings=findings_of(current) if current else (),
        queries=queries_of(current) if current else (),
        files=list(files_of(found)) if may_read_files(request, found) else (),
        today=timezone.localdate(),
        may_send=may_send,
    )
    steps, waits = offered(request, found, versions)
    editable = current is None or current.state in {State.DRAFT, State.QUERIED}
    words = {
        "page": page,
        "of": found,
        "steps": steps,
        "waits": waits,
        "version": current,
        "may_send": may_send and editable,
    }
    return _page(request, found, "returns/return.html", **words)


@require_safe
def download(request: AreaRequest, number: int, ending: str) -> HttpResponse:
    """The workbook or the CSV file to fill in, with what is there already and last quarter's beside."""
    found = return_for(request, number)
    form, version = form_of(found), _current(found)
    identity = identity_of(found, version.number if version else 1)
    figures = figures_in(version) if version else None
    last, methods = cells_before(found)
    name = f"{found.area.code}-{found.quarter_starts:%Y-%m}-return"
    if ending not in {"csv", "xlsx"}:
        raise Http404
    made = (csv_out if ending == "csv" else workbook_out)(
        form, identity, last=last, last_methods=methods, figures=figures
    )
    return file_to_keep(request, made, f"{name}.{ending}")


@require_safe
def marked_up(request: AreaRequest, number: int) -> HttpResponse:
    """The workbook as it stands, with what the checks found as comments in its cells."""
    found = return_for(request, number)
    version = _current(found)
    if version is None:
        raise Http404("Nothing was filled in yet.")
    last, methods = cells_before(found)
    content = workbook_out(
        form_of(found), identity_of(found, version.number), last=last, last_methods=methods,
        figures=figures_in(version), findings=findings_of(version),
    )  # fmt: skip
    return file_to_keep(request, content, f"{found.area.code}-{found.quarter_starts:%Y-%m}-marked-up.xlsx")


@require_safe
def differences(request: AreaRequest, number: int, version: int) -> HttpResponse:
    """What a version changes, and what that does to the figures that are shown."""
    found = return_for(request, number)
    by_number = {each.number: each for each in versions_of(found)}
    if version not in by_number or version - 1 not in by_number:
        raise Http404
    before, after = by_number[version - 1], by_number[version]
    report = differences_between(
        figures_in(before), figures_in(after), form_of(found), population=children_of(found)
    )
    words = {
        "page": differences_page(report),
        "before": before,
        "after": after,
        "of": found,
        "beside": beside_differences(after),
    }
    return _page(request, found, "returns/differences.html", **words)


@require_safe
def original(request: AreaRequest, number: int, file: int) -> HttpResponse:
    """A file as it was sent, to be saved and never shown in the browser."""
    found = return_for(request, number)
    if not may_read_files(request, found):
        request.areas.require(Right.SEND_RETURN, found.area)
    sent = get_object_or_404(files_of(found), pk=file)
    answer = HttpResponse(original_of(sent), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="return-{number}-{sent.pk}.{_ending(sent)}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return for_this_reader(request, answer)


@require_safe
def history(request: AreaRequest, number: int) -> HttpResponse:
    """Every step of a return."""
    found = return_for(request, number)
    inside = request.areas.may(Right.SEE_REFLECTION, found.area)
    evaluates = request.areas.may(Right.SEE_COMPARISON, found.area)
    lines = lines_on(f"return {found.pk}", to_evaluators=evaluates or inside)
    table = changes_table(lines, names_of([each.by for each in lines]))
    return _page(request, found, "returns/history.html", lines=table, of=found)


def may_read_files(request: AreaRequest, found: QuarterlyReturn) -> bool:
    """A file may hold more than the figures: for those who send, and for those who question them."""
    return any(request.areas.may(right, found.area) for right in (Right.SEND_RETURN, Right.QUERY_RETURN))


def _current(found: QuarterlyReturn) -> Version | None:
    versions = versions_of(found)
    return under_way(versions) or in_force(versions)


def _ending(sent: SentFile) -> str:
    ending = sent.name.rsplit(".", 1)[-1].lower()
    return ending if ending in {"xlsx", "csv", "json"} else "bin"


def _page(request: AreaRequest, found: QuarterlyReturn, template: str, **words: object) -> HttpResponse:
    around = {
        "back": return_path(found) if template != "returns/return.html" else "",
        "demonstration": found.area.country.fictional,
    }
    if template == "returns/return.html":
        around["breadcrumbs"] = breadcrumbs(
            ("Home", "/"), (f"Returns of {found.area.name}", area_returns_path(found.area))
        )
    return for_this_reader(request, render(request, template, {**around, **words}))
