"""Administration of people, and the page each person has of themselves."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ithrive.problems import NotAllowed
from ithrive.web.accounts import actions, presenters
from ithrive.web.accounts.forms import ConfirmForm, GiveRoleForm, NameForm, refused
from ithrive.web.accounts.models import Person
from ithrive.web.accounts.people import invitations, people_found, person_of, roles_of, today
from ithrive.web.accounts.refusals import SignInNeeded
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.components.parts import pagination
from ithrive.web.rights import Right

PER_PAGE = 50


def who(request: HttpRequest) -> Person:
    """The person signed in."""
    if not isinstance(request.user, Person):
        raise SignInNeeded
    return request.user


def index(request: AreaRequest) -> HttpResponse:
    request.areas.require(Right.ADMINISTER)
    words = request.GET.get("q", "").replace("\x00", "")
    page = Paginator(people_found(words, today()), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "accounts/people.html",
        {
            "words": words,
            "count": page.paginator.count,
            "table": presenters.people_table(page),
            "pages": page.paginator.num_pages,
            "pagination": pagination(page.number, page.paginator.num_pages, {"q": words}),
            "waiting": invitations().count(),
        },
    )


def person(request: AreaRequest, reference: str) -> HttpResponse:
    request.areas.require(Right.ADMINISTER)
    shown = person_of(reference)
    return render(
        request,
        "accounts/person.html",
        {
            "person": shown,
            "summary": presenters.person_summary(shown),
            "roles": presenters.roles_table(roles_of(shown), today(), may_end=True),
        },
    )


def me(request: AreaRequest) -> HttpResponse:
    myself = who(request)
    roles = presenters.roles_table(roles_of(myself), today(), may_end=False)
    page = {
        "person": myself,
        "roles": roles,
        "may_administer": request.areas.may(Right.ADMINISTER),
        "may_read_history": request.areas.having(Right.READ_HISTORY).exists(),
    }
    return render(request, "accounts/me.html", page)


def my_name(request: AreaRequest) -> HttpResponse:
    myself = who(request)
    form = NameForm(request.POST or None, initial={"name": myself.name})
    if form.is_valid():
        actions.rename(person=myself, name=form.cleaned_data["name"], by=myself)
        messages.success(request, "Your name was changed.")
        return redirect("accounts:me")
    page = {"page_title": "Change your name", "form": form, "back": "/people/me/"}
    return render(request, "components/form_page.html", page)


def give_role(request: AreaRequest, reference: str) -> HttpResponse:
    request.areas.require(Right.ADMINISTER)
    shown = person_of(reference)
    form = GiveRoleForm(request.POST or None, initial={"starts": today()})
    if form.is_valid():
        try:
            actions.give_role(person=shown, **form.cleaned_data, by=who(request))
        except NotAllowed as reason:
            refused(form, reason)
        else:
            messages.success(request, f"{shown.name} was given the role.")
            return redirect("accounts:person", shown.reference)
    page = {"page_title": f"Give {shown.name} a role", "form": form, "button": "Give the role"}
    return render(request, "accounts/give_role.html", page | {"person": shown})


def close_account(request: AreaRequest, reference: str) -> HttpResponse:
    request.areas.require(Right.ADMINISTER)
    shown = person_of(reference)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.close_account(person=shown, by=who(request))
        except NotAllowed as reason:
            refused(form, reason)
        else:
            messages.success(request, f"{shown.name}’s account is closed.")
            return redirect("accounts:person", shown.reference)
    return render(request, "accounts/close_account.html", {"form": form, "person": shown})


def reopen_account(request: AreaRequest, reference: str) -> HttpResponse:
    request.areas.require(Right.ADMINISTER)
    shown = person_of(reference)
    if request.method == "POST":
        actions.reopen_account(person=shown, by=who(request))
        messages.success(request, f"{shown.name} can sign in again.")
        return redirect("accounts:person", shown.reference)
    return render(request, "accounts/reopen_account.html", {"form": ConfirmForm(), "person": shown})
