"""Sending the file of a return: taken whole, or not at all with every error by cell."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ithrive.problems import BadInput, NotAllowed
from ithrive.returns import Finding, Reading, check, workbook_out
from ithrive.web.accounts.models import Person
from ithrive.web.areas import uploads
from ithrive.web.areas.own_pages import author, form_page, sent
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.responses import file_to_keep, for_this_reader
from ithrive.web.returns.access import return_for
from ithrive.web.returns.actions import Original, take_reading
from ithrive.web.returns.actions.taking import place_of
from ithrive.web.returns.forms.steps import ENDINGS, SendForm
from ithrive.web.returns.models import QuarterlyReturn
from ithrive.web.returns.paths import return_path
from ithrive.web.returns.presenters.page import findings_table, found_in_words
from ithrive.web.returns.reading import read_original
from ithrive.web.returns.versions import cells_before, findings_of, form_of, identity_of, versions_of
from ithrive.web.rights import Right

KIND = "return"


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: AreaRequest, number: int) -> HttpResponse:
    """Send a workbook, a CSV file or a return file."""
    found = return_for(request, number)
    request.areas.require(Right.SEND_RETURN, found.area)
    here = place_of(versions_of(found))
    form = SendForm(sent(request), request.FILES or None, initial={"seen": here})
    if form.is_valid():
        file = form.cleaned_data["file"]
        original = Original(uploads.plain_name(file.name or ""), file.read())
        try:
            return _taken(request, found, original, form.cleaned_data["seen"])
        except BadInput as refusal:
            for problem in refusal.problems:
                form.add_error("file", str(problem))
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
            # The reader was told how it stands: what they send next is about that.
            form.data = {**dict(request.POST.items()), "seen": here}
    back = return_path(found)
    return form_page(
        request, form, page_title=f"Send the figures of {found.area.name} for {found.quarter.label}",
        button="Check and take the figures", back=back, cancel=back,
        intro="The file is checked first. It is taken as a whole or not at all; what has to be mended is "
        "named cell by cell.", demonstration=found.area.country.fictional,
    )  # fmt: skip


def _taken(request: AreaRequest, found: QuarterlyReturn, original: Original, seen: str) -> HttpResponse:
    reading = read_original(found, original)
    if reading.findings:
        sender = _sender(request)
        token = uploads.keep(uploads.Upload(KIND, str(found.pk), sender, original.name, original.content))
        return redirect(return_path(found, "refused", token))
    came_by = ENDINGS[original.name.rsplit(".", 1)[-1].lower()]
    version = take_reading(
        found=found, reading=reading, original=original, came_by=came_by, seen=seen, by=author(request)
    )
    version.of = found
    messages.success(request, f"The figures are taken. {found_in_words(findings_of(version))}")
    return redirect(return_path(found))


@require_safe
def refused(request: AreaRequest, number: int, token: str) -> HttpResponse:
    """Why a file was not taken: every error by cell, and how to mend it."""
    found, original, _, findings = _kept(request, number, token)
    words = {
        "of": found,
        "name": original.name,
        "found": found_in_words(findings),
        "findings": findings_table(None, form_of(found), findings),
        "token": token,
        "back": return_path(found),
        "demonstration": found.area.country.fictional,
    }
    return for_this_reader(request, render(request, "returns/refused.html", words))


@require_safe
def refused_copy(request: AreaRequest, number: int, token: str) -> HttpResponse:
    """The same workbook with what was found as comments in its cells."""
    found, _, reading, findings = _kept(request, number, token)
    last, methods = cells_before(found)
    content = workbook_out(
        form_of(found), identity_of(found), last=last, last_methods=methods,
        figures=reading.figures, findings=findings, typed=reading.typed,
    )  # fmt: skip
    return file_to_keep(request, content, f"{found.area.code}-{found.quarter_starts:%Y-%m}-marked-up.xlsx")


def _kept(
    request: AreaRequest, number: int, token: str
) -> tuple[QuarterlyReturn, Original, Reading, tuple[Finding, ...]]:
    found = return_for(request, number)
    request.areas.require(Right.SEND_RETURN, found.area)
    kept = uploads.fetch(token, kind=KIND, country=str(found.pk), sender=_sender(request))
    original = Original(kept.name, kept.content)
    reading = read_original(found, original)
    return found, original, reading, all_findings(found, reading)


def all_findings(found: QuarterlyReturn, reading: Reading) -> tuple[Finding, ...]:
    """What could not be read, then what the checks say of the rest; of one cell only the first is said."""
    before, methods = cells_before(found)
    form = form_of(found)
    checked = check(form, reading.figures, before, last_methods=methods, places=reading.places)
    unread = {each.key for each in reading.findings if each.key}
    # A part of what could not be read has nothing to be held against yet.
    parts = {line.key for line in form.lines if line.part_of in unread}
    known = (each for each in checked if not (each.rule == "denominator" and each.key in parts))
    return (*reading.findings, *(each for each in known if each.key not in unread))


def _sender(request: AreaRequest) -> str:
    assert isinstance(request.user, Person)  # a right was required
    return request.user.reference
