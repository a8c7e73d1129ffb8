"""What the pages of one area share: finding it, who acts, and saying why an action was refused."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from ithrive.areas.membership import MemberRole
from ithrive.areas.timeline import PUBLIC_ROLES
from ithrive.problems import NotAllowed
from ithrive.web.areas.models import Country, LocalArea
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.history.record import Author
from ithrive.web.rights import Right


def area_at(request: AreaRequest, country: str, kind: str, code: str) -> LocalArea:
    """The area of this address. That it exists is public; its own pages ask for a right besides."""
    areas = request.areas.public().select_related("country")
    return get_object_or_404(areas, country__slug=country, kind=kind, code=code)


def country_at(request: AreaRequest, country: str) -> Country:
    area = request.areas.public().select_related("country").filter(country__slug=country).first()
    return area.country if area else get_object_or_404(Country, slug=country)


def address_of(area: LocalArea, page: str = "area") -> str:
    return reverse(f"areas:{page}", args=[area.country.slug, area.kind, area.code])


def lists_of(request: AreaRequest, country: str) -> list[tuple[str, str]]:
    """The lists of a country that this person may download or send: words and address of each link."""
    may_log = request.areas.having(Right.LOG_SUPPORT).exists()
    offered = (
        ("Download every role you may see (CSV)", "memberships-export", True),
        ("Import a membership list", "memberships-import", bool(roles_to_set(request))),
        ("Import a support list", "support-import", may_log),
    )
    return [(words, reverse(f"areas:{name}", args=[country])) for words, name, may in offered if may]


def author(request: AreaRequest) -> Author:
    """Who acts. Call it once a right was required: then somebody is signed in."""
    return cast("Author", request.user)


def roles_to_set(request: AreaRequest, area: LocalArea | None = None) -> frozenset[MemberRole]:
    """The roles that the person may record. Who may see comparison sites may say them; nobody else."""
    public = PUBLIC_ROLES if request.areas.may(Right.EDIT_MEMBERSHIP, area) else frozenset[MemberRole]()
    hidden = {MemberRole.COMPARISON} if request.areas.may(Right.SEE_COMPARISON, area) else set[MemberRole]()
    return public | hidden


def require_roles_to_set(request: AreaRequest, area: LocalArea | None = None) -> frozenset[MemberRole]:
    roles = roles_to_set(request, area)
    if not roles:
        request.areas.require(Right.EDIT_MEMBERSHIP, area)
    return roles


def sent(request: AreaRequest) -> QueryDict | None:
    """What a form was sent with, even if that is nothing; None where it is only being looked at."""
    return request.POST if request.method == "POST" else None


def form_page(request: AreaRequest, form: forms.Form, **words: Any) -> HttpResponse:
    return render(request, "components/form_page.html", {"form": form, **words})


def area_form_page(
    request: AreaRequest, area: LocalArea, form: forms.Form, title: str, intro: str, *, back_to: str
) -> HttpResponse:
    """A form about one area, which leads back to one of the area's own pages."""
    back = address_of(area, back_to)
    return form_page(
        request,
        form,
        page_title=title,
        intro=intro,
        back=back,
        cancel=back,
        demonstration=area.country.fictional,
    )


def changed(
    request: AreaRequest, form: forms.Form, act: Callable[[], object], *, said: str, then: str
) -> HttpResponse | None:
    """Act on a form that was filled in, and go on. None where there is nothing to act on yet: the form
    was not sent, has mistakes, or the rules refuse, with the reason on the form."""
    if not form.is_valid():
        return None
    try:
        act()
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, said)
    return redirect(then)
