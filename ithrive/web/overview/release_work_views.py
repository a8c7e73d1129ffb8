"""Preparing, letting go and looking behind releases: for those who may prepare them, and nobody else."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ithrive.periods import Quarter
from ithrive.problems import BadInput, NotAllowed
from ithrive.web.accounts.models import Person
from ithrive.web.areas.own_pages import author, changed, form_page, sent
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.responses import for_this_reader
from ithrive.web.components.parts import breadcrumbs
from ithrive.web.overview.release_figures import quarters_at_hand
from ithrive.web.overview.release_forms import CountryForm, PrepareForm, StopForm, SureForm
from ithrive.web.overview.release_report import attack_report, ledger_page
from ithrive.web.overview.release_views import ALL, HOME, release_at
from ithrive.web.overview.releases import begin, work_on
from ithrive.web.publications import actions, queries
from ithrive.web.publications.life import State
from ithrive.web.publications.models import Release
from ithrive.web.rights import Right

PREPARING = (
    "The release takes the figures that are signed off now, of every area that was a member. Nothing is "
    "public until somebody else releases it."
)
LETTING_GO = (
    "Once released, these figures cannot be called back. They are compared with every earlier release first."
)


@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: AreaRequest) -> HttpResponse:
    """Choose what a release holds, and begin it."""
    request.areas.require(Right.PREPARE_RELEASE)
    chosen = CountryForm(request.GET if "country" in request.GET else None)
    countries = list(chosen.fields["country"].queryset)  # type: ignore[attr-defined] # of ModelChoiceField
    if not countries:
        return _nothing(request)
    country = chosen.cleaned_data["country"] if chosen.is_valid() else countries[0]
    quarters = quarters_at_hand(country)
    form = PrepareForm(sent(request), quarters=quarters, initial={"rule": "programme"})
    begun: list[Release] = []

    def act() -> None:
        said = form.cleaned_data
        wanted = [Quarter.parse(each) for each in said["quarters"]]
        begun.append(
            begin(
                country=country,
                title=said["title"],
                quarters=wanted,
                chosen=said["measures"],
                rule=said["rule"],
                by=author(request),
            )
        )

    if changed(request, form, act, said="The release is begun.", then=ALL[1]):
        return _worked(request, begun[0])
    words = {"page_title": "Prepare a release", "intro": PREPARING, "button": "Prepare", "cancel": ALL[1]}
    others = [each for each in countries if each != country]
    return for_this_reader(
        request,
        render(
            request,
            "overview/release_prepare.html",
            {"form": form, "country": country, "others": others, "demonstration": country.fictional, **words},
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def go_on(request: AreaRequest, reference: str) -> HttpResponse:
    """How far a release is; sending the button works out some more of it."""
    request.areas.require(Right.PREPARE_RELEASE)
    found = release_at(request, reference)
    if request.method == "POST" and found.state == State.PREPARING:
        return _worked(request, found)
    if found.state != State.PREPARING:
        return redirect("releases:release", reference)
    words = {
        "release": found,
        "done": found.tables.count(),
        "of": len(found.measures),
        "breadcrumbs": breadcrumbs(HOME, ALL),
        "demonstration": found.country.fictional,
    }
    return for_this_reader(request, render(request, "overview/release_working.html", words))


def _worked(request: AreaRequest, found: Release) -> HttpResponse:
    """One stretch of work; what is wrong with a figure is said, and the release waits."""
    try:
        done = work_on(found, by=author(request))
    except BadInput as refusal:
        for problem in refusal.problems:
            messages.error(request, str(problem))
        done = False
    except NotAllowed as refusal:  # another tab was quicker
        messages.error(request, str(refusal))
        done = False
    return redirect("releases:release" if done else "releases:go-on", found.reference)


@require_http_methods(["GET", "HEAD", "POST"])
def let_go(request: AreaRequest, reference: str) -> HttpResponse:
    """Release what somebody else prepared."""
    request.areas.require(Right.RELEASE)
    found = release_at(request, reference)
    back = reverse("releases:release", args=[reference])
    form = SureForm(sent(request))

    def act() -> None:
        actions.release_figures(release=found, by=cast("Person", request.user))

    done = changed(request, form, act, said="The figures are released.", then=back)
    title = f"Release: {found.title}"
    return done or form_page(
        request,
        form,
        page_title=title,
        intro=LETTING_GO,
        button="Release these figures",
        back=back,
        cancel=back,
        demonstration=found.country.fictional,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: AreaRequest, reference: str) -> HttpResponse:
    """Stop a release that nobody outside has seen."""
    request.areas.require(Right.PREPARE_RELEASE)
    found = release_at(request, reference)
    form, back = StopForm(sent(request)), reverse("releases:release", args=[reference])

    def act() -> None:
        actions.withdraw_prepared(release=found, reason=form.cleaned_data["reason"], by=author(request))

    done = changed(request, form, act, said="The release is withdrawn.", then=ALL[1])
    title = f"Withdraw: {found.title}"
    return done or form_page(
        request, form, page_title=title, button="Withdraw", back=back, cancel=back,
        demonstration=found.country.fictional,
    )  # fmt: skip


@require_safe
def report(request: AreaRequest, reference: str) -> HttpResponse:
    """What the attacker found, figure by figure. Confidential."""
    request.areas.require(Right.PREPARE_RELEASE)
    found = release_at(request, reference)
    words = {
        "release": found,
        "page": attack_report(found),
        "breadcrumbs": breadcrumbs(HOME, ALL, (found.title, f"/releases/{reference}/")),
        "demonstration": found.country.fictional,
    }
    return for_this_reader(request, render(request, "overview/release_report.html", words))


@require_safe
def ledger(request: AreaRequest) -> HttpResponse:
    """What was published when, from which vintage, under which rule, by whom. Confidential."""
    request.areas.require(Right.PREPARE_RELEASE)
    words = {"ledger": ledger_page(queries.every_release()), "breadcrumbs": breadcrumbs(HOME, ALL)}
    return for_this_reader(request, render(request, "overview/release_ledger.html", words))


def _nothing(request: AreaRequest) -> HttpResponse:
    messages.error(request, "No country’s areas have been loaded, so there are no figures to release.")
    return redirect("releases:releases")
