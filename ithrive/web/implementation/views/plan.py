"""Choosing and closing an area's priorities, and its plan to take away. The page itself joins rounds in."""

from django.http import HttpResponse
from django.utils import timezone

from ithrive.tables import csv_text
from ithrive.tables.outgoing_workbook import xlsx_bytes
from ithrive.web.areas.own_pages import author, changed, sent
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.responses import file_to_keep
from ithrive.web.implementation import actions, queries
from ithrive.web.implementation.forms import PriorityForm, ReasonForm
from ithrive.web.implementation.own_page import area_seen, area_worked_on, asking
from ithrive.web.implementation.paths import page_path
from ithrive.web.implementation.presenters.plan import PLAN_COLUMNS, plan_rows
from ithrive.web.implementation.views.found import priority_at

HERE = "plan"


def export(request: AreaRequest, country: str, kind: str, code: str, ending: str) -> HttpResponse:
    """The plan as a table to take away, safe to open in a spreadsheet."""
    area = area_seen(request, country, kind, code)
    rows = plan_rows(list(queries.priorities_of(area)), timezone.localdate())
    content = xlsx_bytes("Plan", PLAN_COLUMNS, rows) if ending == "xlsx" else csv_text(PLAN_COLUMNS, rows)
    return file_to_keep(request, content, f"plan-{area.code}.{ending}")


def choose(request: AreaRequest, country: str, kind: str, code: str) -> HttpResponse:
    """Choose a priority of people's own."""
    area = area_worked_on(request, country, kind, code)
    form, back = PriorityForm(sent(request)), page_path(area, HERE)
    return changed(
        request,
        form,
        lambda: actions.choose_priority(area=area, by=author(request), **form.cleaned_data),
        said="The priority is in the plan. Add what is to be done.",
        then=back,
    ) or asking(request, area, form, "Choose a priority of your own", back)


def close(request: AreaRequest, country: str, kind: str, code: str, number: int) -> HttpResponse:
    area = area_worked_on(request, country, kind, code)
    row = priority_at(area, number)
    form, back = ReasonForm(sent(request)), page_path(area, HERE)
    return changed(
        request,
        form,
        lambda: actions.close_priority(row=row, reason=form.cleaned_data["reason"], by=author(request)),
        said="The priority is closed. It stays readable in the plan.",
        then=back,
    ) or asking(request, area, form, f"Close the priority “{row.title}”", back)
