"""One reason for many figures: what explains forty of them need not be written forty times."""

from collections.abc import Iterable
from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from ithrive.measures import FigureKey
from ithrive.returns import Finding, ReturnedFigure, ReturnFigures, Severity
from ithrive.web.areas.own_pages import author, form_page, sent
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.returns.access import version_to_fill
from ithrive.web.returns.actions import CellDraft, save_cells
from ithrive.web.returns.forms.reasons import ReasonsForm
from ithrive.web.returns.paths import return_path
from ithrive.web.returns.versions import figures_in, findings_of, mark_of

INTRO = "These figures are asked about and have no reason yet. Correct what is wrong rather than unusual."


@require_http_methods(["GET", "HEAD", "POST"])
def reasons(request: AreaRequest, number: int) -> HttpResponse:
    """The figures that are asked about, to be chosen together for one reason."""
    found, version = version_to_fill(request, number)
    back, figures = return_path(found), figures_in(version)
    asked = _asked(findings_of(version), figures)
    if not asked:
        messages.info(request, "No figure is waiting for a reason.")
        return redirect(back)
    offered = [(value, f"{about[0].place}: {_what(about)}") for value, about in asked.items()]
    form = ReasonsForm(sent(request), offered=offered)
    if form.is_valid():
        keys = [asked[value][0].key for value in form.cleaned_data["figures"]]
        drafts = [_explained(key, figures, form.cleaned_data["reason"]) for key in keys if key]
        saved = save_cells(version=version, cells=drafts, by=author(request))
        messages.success(request, f"The reason stands beside {_figures(len(saved.figures))}.")
        return redirect(back)
    return form_page(
        request,
        form,
        page_title="One reason for many figures",
        intro=INTRO,
        back=back,
        cancel=back,
        demonstration=found.area.country.fictional,
    )


def _asked(findings: Iterable[Finding], figures: ReturnFigures) -> dict[str, list[Finding]]:
    """What is asked of each figure that has no reason yet.

    By the figure with the mark of what stands there: chosen on an old page, it is no longer offered.
    """
    asked: dict[str, list[Finding]] = {}
    for each in findings:
        if each.severity is Severity.QUERY and each.key is not None and not each.answer:
            asked.setdefault(f"{each.key.text} {mark_of(figures.figures.get(each.key))}", []).append(each)
    return asked


def _what(findings: Iterable[Finding]) -> str:
    return " ".join(each.what for each in findings)


def _explained(key: FigureKey, figures: ReturnFigures, reason: str) -> CellDraft:
    stands = figures.figures.get(key)
    explained = replace(stands or ReturnedFigure(figures.cell(key)), reason=reason.strip())
    return CellDraft(key, explained, mark_of(stands))


def _figures(number: int) -> str:
    return "1 figure" if number == 1 else f"{number} figures"
