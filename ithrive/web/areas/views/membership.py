"""The roles of one area: what they were, and how they change."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from ithrive.areas.membership import MemberRole
from ithrive.areas.timeline import in_words
from ithrive.web.areas import actions
from ithrive.web.areas.forms import EndForm, ErrorForm, RoleForm
from ithrive.web.areas.models import LocalArea, Membership
from ithrive.web.areas.own_pages import (
    address_of,
    area_at,
    area_form_page,
    author,
    changed,
    require_roles_to_set,
    sent,
)
from ithrive.web.areas.presenters.membership import membership_page
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.standing import as_value

BEGIN = "The role that the area holds on that day ends with it."
CORRECT = "What was recorded before stays readable in the history."


def membership(request: AreaRequest, country: str, kind: str, code: str) -> HttpResponse:
    """The area's roles in order of time."""
    area = area_at(request, country, kind, code)
    may_set = require_roles_to_set(request, area)
    roles = request.areas.memberships().filter(area=area).order_by("starts", "id")
    page = membership_page(area, list(roles), may_set)
    return render(
        request,
        "areas/membership.html",
        {"page": page, "area": area, "demonstration": area.country.fictional},
    )


def begin(request: AreaRequest, country: str, kind: str, code: str) -> HttpResponse:
    """Record a role."""
    area = area_at(request, country, kind, code)
    form = RoleForm(sent(request), roles=require_roles_to_set(request, area))
    return changed(
        request,
        form,
        lambda: actions.set_membership(area=area, by=author(request), **form.role_values()),
        said=f"The role of {area.name} is recorded.",
        then=address_of(area, "membership"),
    ) or _page(request, area, form, f"Record a role of {area.name}", BEGIN)


def correct(request: AreaRequest, country: str, kind: str, code: str, number: int) -> HttpResponse:
    """Put right what was recorded of a role."""
    area, row, offered = _role(request, country, kind, code, number)
    form = RoleForm(sent(request), roles=offered, initial=RoleForm.filled_with(as_value(row)))
    return changed(
        request,
        form,
        lambda: actions.correct_membership(row=row, by=author(request), **form.role_values()),
        said=f"The role of {area.name} is corrected.",
        then=address_of(area, "membership"),
    ) or _page(request, area, form, f"Correct a role of {area.name}", CORRECT)


def end(request: AreaRequest, country: str, kind: str, code: str, number: int) -> HttpResponse:
    """End a role without another to follow."""
    area, row, _ = _role(request, country, kind, code, number)
    form = EndForm(sent(request))
    return changed(
        request,
        form,
        lambda: actions.end_membership(row=row, ends=form.cleaned_data["ends"], by=author(request)),
        said=f"The role of {area.name} is ended.",
        then=address_of(area, "membership"),
    ) or _page(request, area, form, f"End a role of {area.name}", f"Recorded: {in_words(as_value(row))}.")


def in_error(request: AreaRequest, country: str, kind: str, code: str, number: int) -> HttpResponse:
    """Take back a role that was recorded in error."""
    area, row, _ = _role(request, country, kind, code, number)
    form = ErrorForm(sent(request))
    return changed(
        request,
        form,
        lambda: actions.remove_membership(row=row, reason=form.cleaned_data["reason"], by=author(request)),
        said=f"The role of {area.name} is taken back. The history keeps it.",
        then=address_of(area, "membership"),
    ) or _page(
        request, area, form, f"Take back a role of {area.name}", f"Recorded: {in_words(as_value(row))}."
    )


def _role(
    request: AreaRequest, country: str, kind: str, code: str, number: int
) -> tuple[LocalArea, Membership, list[MemberRole]]:
    """The area, one of its roles that the person may change, and the roles it may be changed into."""
    area = area_at(request, country, kind, code)
    may_set = require_roles_to_set(request, area)
    roles = request.areas.memberships().filter(area=area, role__in=may_set)
    row = get_object_or_404(roles, pk=number)
    hidden = row.role == MemberRole.COMPARISON
    return area, row, [role for role in may_set if (role is MemberRole.COMPARISON) == hidden]


def _page(
    request: AreaRequest, area: LocalArea, form: RoleForm | EndForm | ErrorForm, title: str, intro: str
) -> HttpResponse:
    return area_form_page(request, area, form, title, intro, back_to="membership")
