"""The actions of a plan: add, change, done, dropped, taken up again."""

from django.http import HttpResponse
from django.utils import timezone

from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.own_pages import author, changed, sent
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.implementation import actions
from ithrive.web.implementation.change_forms import ChangeActionForm
from ithrive.web.implementation.forms import ActionForm, DoneForm, NothingForm, ReasonForm
from ithrive.web.implementation.models import Action
from ithrive.web.implementation.own_page import area_worked_on, asking
from ithrive.web.implementation.paths import page_path
from ithrive.web.implementation.views.found import action_at, priority_at

PLANNING = "redesign-and-planning"


def add(request: AreaRequest, country: str, kind: str, code: str, number: int) -> HttpResponse:
    """Plan something to do for a priority."""
    area = area_worked_on(request, country, kind, code)
    priority = priority_at(area, number)
    form, back = ActionForm(sent(request), initial={"step": PLANNING}), page_path(area, "plan")
    return changed(
        request,
        form,
        lambda: actions.plan_action(priority=priority, by=author(request), **form.cleaned_data),
        said="The action is in the plan.",
        then=back,
    ) or asking(request, area, form, f"Add an action for “{priority.title}”", back)


def change(request: AreaRequest, country: str, kind: str, code: str, number: int) -> HttpResponse:
    area, row, back = _action(request, country, kind, code, number)
    form = ChangeActionForm(sent(request), initial=ChangeActionForm.filled_with(row))
    return changed(
        request,
        form,
        lambda: actions.change_action(row=row, by=author(request), **form.cleaned_data),
        said="The action is changed. What stood before stays in the history.",
        then=back,
    ) or asking(request, area, form.look_again(), f"Change “{row.title}”", back)


def done(request: AreaRequest, country: str, kind: str, code: str, number: int) -> HttpResponse:
    area, row, back = _action(request, country, kind, code, number)
    form = DoneForm(sent(request), initial={"on": timezone.localdate()})
    return changed(
        request,
        form,
        lambda: actions.finish_action(row=row, by=author(request), **form.cleaned_data),
        said="Done, and recorded with what shows it.",
        then=back,
    ) or asking(request, area, form, f"Done: {row.title}", back)


def drop(request: AreaRequest, country: str, kind: str, code: str, number: int) -> HttpResponse:
    area, row, back = _action(request, country, kind, code, number)
    form = ReasonForm(sent(request))
    return changed(
        request,
        form,
        lambda: actions.drop_action(row=row, reason=form.cleaned_data["reason"], by=author(request)),
        said="The action is dropped. It stays readable in the plan, with the reason.",
        then=back,
    ) or asking(request, area, form, f"Drop “{row.title}”", back)


def reopen(request: AreaRequest, country: str, kind: str, code: str, number: int) -> HttpResponse:
    area, row, back = _action(request, country, kind, code, number)
    form = NothingForm(sent(request))
    return changed(
        request,
        form,
        lambda: actions.reopen_action(row=row, by=author(request)),
        said="The action is open again.",
        then=back,
    ) or asking(request, area, form, f"Take up “{row.title}” again?", back, button="Take it up again")


def _action(
    request: AreaRequest, country: str, kind: str, code: str, number: int
) -> tuple[LocalArea, Action, str]:
    area = area_worked_on(request, country, kind, code)
    return area, action_at(area, number), page_path(area, "plan")
