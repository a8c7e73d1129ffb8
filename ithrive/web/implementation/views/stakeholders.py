"""The stakeholder map of an area: who can move the change, and how close the work with them is."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.own_pages import author, changed, sent
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.implementation import actions, queries
from ithrive.web.implementation.actions.stakeholders import said as stakeholder_in_words
from ithrive.web.implementation.change_forms import ChangeStakeholderForm
from ithrive.web.implementation.forms import ReasonForm, StakeholderForm
from ithrive.web.implementation.models import Stakeholder
from ithrive.web.implementation.own_page import area_seen, area_worked_on, asking, page
from ithrive.web.implementation.paths import page_path
from ithrive.web.implementation.presenters.stakeholders import stakeholders_page

HERE = "stakeholders"


def stakeholders(request: AreaRequest, country: str, kind: str, code: str) -> HttpResponse:
    """The table, and the same as a grid of nine squares."""
    area = area_seen(request, country, kind, code)
    shown = stakeholders_page(list(queries.stakeholders_of(area)))
    return page(request, "implementation/stakeholders.html", area, HERE, page=shown)


def add(request: AreaRequest, country: str, kind: str, code: str) -> HttpResponse:
    area = area_worked_on(request, country, kind, code)
    form, back = StakeholderForm(sent(request)), page_path(area, HERE)
    return changed(
        request,
        form,
        lambda: actions.add_stakeholder(
            area=area, stakeholder=form.stakeholder(), note=form.cleaned_data["note"], by=author(request)
        ),
        said="It is on the map.",
        then=back,
    ) or asking(request, area, form, "Put an organisation on the map", back)


def change(request: AreaRequest, country: str, kind: str, code: str, number: int) -> HttpResponse:
    area, row = _stakeholder(request, country, kind, code, number)
    form = ChangeStakeholderForm(sent(request), initial=ChangeStakeholderForm.filled_with(row))
    back = page_path(area, HERE)
    return changed(
        request,
        form,
        lambda: actions.change_stakeholder(
            row=row,
            stakeholder=form.stakeholder(),
            note=form.cleaned_data["note"],
            by=author(request),
            seen=form.cleaned_data["seen"],
        ),
        said="The map shows it as it is today.",
        then=back,
    ) or asking(request, area, form.look_again(), f"How things stand with {row.name}", back)


def remove(request: AreaRequest, country: str, kind: str, code: str, number: int) -> HttpResponse:
    area, row = _stakeholder(request, country, kind, code, number)
    form, back, recorded = ReasonForm(sent(request)), page_path(area, HERE), stakeholder_in_words(row)
    return changed(
        request,
        form,
        lambda: actions.remove_stakeholder(row=row, reason=form.cleaned_data["reason"], by=author(request)),
        said="It is off the map. The history keeps it.",
        then=back,
    ) or asking(request, area, form, "Take an organisation off the map", back, intro=f"Recorded: {recorded}")


def _stakeholder(
    request: AreaRequest, country: str, kind: str, code: str, number: int
) -> tuple[LocalArea, Stakeholder]:
    area = area_worked_on(request, country, kind, code)
    return area, get_object_or_404(queries.stakeholders_of(area).select_related("area"), pk=number)
