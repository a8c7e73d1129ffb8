"""Recording what happened on a step of the Approach, and taking back what was recorded in error."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from ithrive.framework.approach import Step, approach
from ithrive.implementation import Shows
from ithrive.web.areas.own_pages import author, changed, sent
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.implementation import actions, queries
from ithrive.web.implementation.actions.evidence import said
from ithrive.web.implementation.forms import EvidenceForm, ReasonForm
from ithrive.web.implementation.own_page import area_worked_on, asking
from ithrive.web.implementation.paths import work_path


def record(request: AreaRequest, country: str, kind: str, code: str, step: str) -> HttpResponse:
    """Say what happened on a step, on which day, and what shows it."""
    area = area_worked_on(request, country, kind, code)
    chosen = _step(step)
    form = EvidenceForm(sent(request), initial=_begun_with(request))
    back = f"{work_path(area)}#{chosen.code}"
    return changed(
        request,
        form,
        lambda: actions.record_evidence(area=area, step=chosen.code, by=author(request), **form.fact()),
        said=f"{chosen.name}: what happened is recorded.",
        then=back,
    ) or asking(request, area, form, f"{chosen.name}: what happened?", back, intro=_outputs(chosen))


def in_error(request: AreaRequest, country: str, kind: str, code: str, number: int) -> HttpResponse:
    """Take back what was recorded in error."""
    area = area_worked_on(request, country, kind, code)
    row = get_object_or_404(queries.evidence_of(area).select_related("area"), pk=number)
    form = ReasonForm(sent(request))
    back = f"{work_path(area)}#{row.step}"
    words = said(row)
    return changed(
        request,
        form,
        lambda: actions.withdraw_evidence(row=row, reason=form.cleaned_data["reason"], by=author(request)),
        said="It is taken back and counts no more. The history keeps it.",
        then=back,
    ) or asking(request, area, form, "Take back what was recorded", back, intro=f"Recorded: {words}")


def _step(code: str) -> Step:
    found = approach().step(code)
    if found is None:
        raise Http404(f"The Approach to Implementation has no step “{code}”.")
    return found


def _begun_with(request: AreaRequest) -> dict[str, object]:
    """Today, and what the button said."""
    asked = request.GET.get("shows", "")
    return {"on": timezone.localdate(), "shows": asked if asked in set(Shows) else None}


def _outputs(step: Step) -> str:
    outputs = "; ".join(output[0].lower() + output[1:] for output in step.outputs)
    return f"{step.purpose} It is reached when this is there: {outputs}."
