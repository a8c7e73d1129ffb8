"""An area's people, and the end of a role."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from ithrive.problems import NotAllowed
from ithrive.web.accounts import actions, presenters
from ithrive.web.accounts.forms import EndRoleForm, refused
from ithrive.web.accounts.people import invitations, role_held, today, who_works_in
from ithrive.web.accounts.rules import APPOINTED_BY_LEADS
from ithrive.web.accounts.views.people import who
from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.reach import AreaRequest, Reach
from ithrive.web.rights import AREA_ROLES, Right, Role


def area_of(request: AreaRequest, country: str, kind: str, code: str) -> LocalArea:
    areas = request.areas.public().select_related("country")
    return get_object_or_404(areas, country__slug=country, kind=kind, code=code)


def appointable(reach: Reach, area: LocalArea) -> frozenset[Role]:
    """The roles to which the person may appoint others in this area."""
    if reach.may(Right.ADMINISTER):
        return AREA_ROLES
    return APPOINTED_BY_LEADS if reach.may(Right.INVITE_TO_AREA, area) else frozenset()


def require_to_appoint(reach: Reach, role: Role, area: LocalArea | None) -> None:
    """Pass for those who may appoint to this role here; administrators prove their second factor."""
    for_leads = area is not None and role in APPOINTED_BY_LEADS
    # An administrator who leads this area too may do here, without the second factor, what a lead may.
    as_lead = for_leads and (reach.may(Right.INVITE_TO_AREA, area) or not reach.may(Right.ADMINISTER))
    reach.require(Right.INVITE_TO_AREA if as_lead else Right.ADMINISTER, area)


def area_people(request: AreaRequest, country: str, kind: str, code: str) -> HttpResponse:
    area = area_of(request, country, kind, code)
    request.areas.require(Right.SEE_PEOPLE, area)
    roles = appointable(request.areas, area)
    page = {
        "area": area,
        "breadcrumbs": presenters.area_breadcrumbs(area),
        "people": presenters.workers_table(who_works_in(area, today()), today(), roles),
        "may_invite": bool(roles),
    }
    if roles:
        page["invitations"] = presenters.invitations_table(invitations(area), timezone.now())
    return render(request, "accounts/area_people.html", page)


def end_role(request: AreaRequest, number: int) -> HttpResponse:
    held = role_held(number)
    require_to_appoint(request.areas, Role(held.role), held.area)
    form = EndRoleForm(request.POST or None, initial={"on": today()})
    back = presenters.role_page(held, administrator=request.areas.may(Right.ADMINISTER))
    if form.is_valid():
        try:
            actions.end_role(held=held, on=form.cleaned_data["on"], by=who(request))
        except NotAllowed as reason:
            refused(form, reason)
        else:
            messages.success(request, f"{held.person.name}’s role {held.in_words()} ends.")
            return redirect(back)
    title = f"End {held.person.name}’s role {held.in_words()}"
    page = {"page_title": title, "form": form, "button": "End the role", "cancel": back}
    return render(request, "components/form_page.html", page)
