"""What is due, the rounds of an area, one round with its raters and its history."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from ithrive.assessments.life import State, why_not_change_raters
from ithrive.assessments.moderation import why_not_rate, why_not_see_ratings
from ithrive.problems import NotAllowed
from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.own_pages import area_at, author, changed, country_at, form_page, sent
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.assessments import access, actions, queries
from ithrive.web.assessments.evidence import withdrawn_from
from ithrive.web.assessments.forms.rounds import RaterForm, ScheduleForm, StudyForm
from ithrive.web.assessments.models import Purpose, RaterOnRound, Round
from ithrive.web.assessments.presenters import rounds as words
from ithrive.web.assessments.presenters.home import offers
from ithrive.web.assessments.presenters.withdrawals import withdrawal_notices
from ithrive.web.assessments.views.steps import offered
from ithrive.web.history.presenters import changes_table
from ithrive.web.history.reading import lines_on, names_of
from ithrive.web.history.record import Author
from ithrive.web.rights import Right

UNFINISHED = "Waiting for agreed scores or a signature"
NO_INSTRUMENT = "No instrument was imported yet. Import one first."


def home(request: AreaRequest) -> HttpResponse:
    """What waits for this person; what is due, or not signed off yet, in the areas they may see."""
    if not request.areas.having(Right.SEE_ROUNDS).exists():
        request.areas.require(Right.SEE_ROUNDS)
    today = timezone.localdate()
    tasks = list(queries.my_tasks(request.areas, request.user))  # type: ignore[arg-type] # who sees rounds is a person
    due = list(queries.due(request.areas, today))
    unfinished = list(queries.unfinished(request.areas))
    studies = request.areas.may(Right.SCHEDULE_ROUND) and request.areas.may(Right.SEE_COMPARISON)
    given = {
        "tasks": words.tasks_table(tasks, today) if tasks else None,
        "due": words.rounds_table("What is due", due, today, areas=True) if due else None,
        "unfinished": words.rounds_table(UNFINISHED, unfinished, today, areas=True) if unfinished else None,
        "areas": _own_areas(request),
        "offers": offers(
            queries.instruments(),
            import_into=queries.countries_of(request.areas.having(Right.SIGN_OFF)),
            schedule_in=queries.countries_of(request.areas.having(Right.SCHEDULE_ROUND)) if studies else (),
        ),
    }
    return render(request, "assessments/home.html", given)


def schedule(request: AreaRequest, country: str, kind: str, code: str) -> HttpResponse:
    """Six-monthly rounds for one area."""
    area = area_at(request, country, kind, code)
    request.areas.require(Right.SCHEDULE_ROUND, area)
    instruments = queries.instruments()
    if not instruments:
        raise NotAllowed(NO_INSTRUMENT)
    own = request.areas.may(Right.SEE_REFLECTION, area)
    form = ScheduleForm(
        sent(request),
        purposes=list(Purpose) if own else [Purpose.EVALUATED],
        instruments=instruments,
        studies=request.areas.may(Right.SEE_COMPARISON, area),
    )
    back = words.rounds_address(area)
    return changed(
        request, form, lambda: _schedule(form, [area], author(request)),
        said="The rounds are scheduled.", then=back,
    ) or form_page(
        request, form, page_title=f"Schedule rounds for {area.name}", button="Schedule",
        back=back, cancel=back,
        intro="A round falls due every six months. It is held on time within its window; later is late, and "
        "stays known as late.",
        demonstration=area.country.fictional,
    )  # fmt: skip


def schedule_study(request: AreaRequest, country: str) -> HttpResponse:
    """The same rounds for every area of a study."""
    request.areas.require(Right.SEE_COMPARISON)
    request.areas.require(Right.SCHEDULE_ROUND)
    instruments = queries.instruments()
    if not instruments:
        raise NotAllowed(NO_INSTRUMENT)
    of = country_at(request, country)
    form = StudyForm(sent(request), purposes=[Purpose.EVALUATED], instruments=instruments, studies=True)
    return changed(
        request, form, lambda: _schedule(form, _areas_of(request, country, form), author(request)),
        said="The rounds are scheduled.", then="assessments:home",
    ) or form_page(
        request, form, page_title=f"Schedule a study's rounds in {of.name}", button="Schedule",
        intro="All areas get the same windows, or none does and the reason is shown.",
        back="/assessments/", cancel="/assessments/", demonstration=of.fictional,
    )  # fmt: skip


def round(request: AreaRequest, number: int) -> HttpResponse:
    """One round: where it stands, who rates it, and the next step."""
    found = access.round_for(request, number)
    raters = queries.raters_of(found)
    may_change = access.may(request.areas, Right.SCHEDULE_ROUND, found)
    open_to_raters = why_not_change_raters(State(found.state)) is None
    buttons, waits = offered(request, found)
    may_interview = access.may(request.areas, Right.INTERVIEW, found)
    may_look = _may_look(request, found, raters)
    page = words.round_page(
        found,
        raters,
        timezone.localdate(),
        newer=queries.newer_version(found),
        may_change_raters=may_change and open_to_raters,
        blind=why_not_see_ratings(State(found.state), queries.counted(raters)) or "",
        buttons=buttons,
        waits=waits,
        # For those who see evidence, and nobody else.
        notices=withdrawal_notices(withdrawn_from(found)) if may_interview or may_look else (),
    )
    given = {
        "page": page,
        "round": found,
        "may_rate": _may_rate(request, found, raters),
        "may_name": may_change and open_to_raters,
        "may_interview": may_interview,
        "may_pulse": access.may(request.areas, Right.SEE_ROUNDS, found),
        "stands": found.state == State.SIGNED_OFF,
        "may_moderate": may_look and not page.blind,
        "demonstration": found.area.country.fictional,
    }
    return render(request, "assessments/round.html", given)


def name_rater(request: AreaRequest, number: int) -> HttpResponse:
    """Ask somebody to rate."""
    found = access.round_for(request, number)
    access.require(request.areas, Right.SCHEDULE_ROUND, found)
    if reason := why_not_change_raters(State(found.state)):
        raise NotAllowed(reason)
    asked = {each.person_id for each in queries.raters_of(found)}
    today = timezone.localdate()
    people = {
        each.reference: each
        for each in queries.may_rate(found, today)
        if each.pk not in asked and access.why_not_name(each, found) is None
    }
    form = RaterForm(sent(request), people=list(people.values()))
    back = reverse("assessments:round", args=[found.pk])
    return changed(
        request, form,
        lambda: actions.name_rater(round=found, person=people[form.cleaned_data["person"]],
                                   view=form.cleaned_data["view"], by=author(request)),
        said="The rater is asked.", then=back,
    ) or form_page(
        request, form, page_title="Ask somebody to rate", button="Ask to rate", back=back, cancel=back,
        intro="Two or more people rate each statement, blind to each other until all of them have submitted.",
        demonstration=found.area.country.fictional,
    )  # fmt: skip


def withdraw_rater(request: AreaRequest, number: int, rater: int) -> HttpResponse:
    """Take somebody off a round."""
    found = access.round_for(request, number)
    access.require(request.areas, Right.SCHEDULE_ROUND, found)
    standing = next((each for each in queries.raters_of(found) if each.pk == rater), None)
    if standing is None:
        raise Http404
    if request.method == "POST":
        actions.withdraw_rater(rater=standing, by=author(request))
        messages.success(request, f"{standing.person.name} no longer rates this round.")
        return redirect("assessments:round", found.pk)
    given = {"round": found, "rater": standing, "demonstration": found.area.country.fictional}
    return render(request, "assessments/withdraw.html", given)


def history(request: AreaRequest, number: int) -> HttpResponse:
    """Every step of a round, and every score that was ever agreed."""
    found = access.round_for(request, number)
    inside = request.areas.may(Right.SEE_REFLECTION, found.area)
    lines = lines_on(
        f"round {found.pk}",
        to_evaluators=request.areas.may(Right.SEE_COMPARISON, found.area) or inside,
        to_area=found.area_id if inside else None,
    )
    raters = queries.raters_of(found)
    scores = found.state == State.SIGNED_OFF or _may_look(request, found, raters)
    agreed = queries.every_agreed(found) if scores else []
    given = {
        "round": found,
        "lines": changes_table(lines, names_of([each.by for each in lines])),
        "agreed": words.superseded_table(agreed) if agreed else None,
        "demonstration": found.area.country.fictional,
    }
    return render(request, "assessments/round_history.html", given)


def _own_areas(request: AreaRequest) -> list[tuple[str, str]]:
    """The rounds of each of the person's areas; of somebody who holds a role everywhere, none is theirs."""
    if request.areas.may(Right.SEE_ROUNDS):
        return []
    areas = request.areas.having(Right.SEE_ROUNDS).select_related("country")
    return [(each.name, words.rounds_address(each)) for each in areas]


def _schedule(form: ScheduleForm, areas: Sequence[LocalArea], by: Author) -> None:
    values = form.cleaned_data
    actions.schedule_rounds(
        areas=areas, instrument=values["instrument"], windows=form.windows(),
        purpose=Purpose(values["purpose"]), study=values.get("study", ""), by=by,
    )  # fmt: skip


def _areas_of(request: AreaRequest, country: str, form: StudyForm) -> list[LocalArea]:
    """The areas whose codes were typed; a refusal that names the codes that are no area's."""
    known = request.areas.having(Right.SCHEDULE_ROUND).filter(country__slug=country, code__in=form.codes())
    areas = {each.code: each for each in known.select_related("country").order_by("starts")}
    if unknown := [code for code in form.codes() if code not in areas]:
        raise NotAllowed(f"No area has the code {', '.join(unknown)}. Check the codes.")
    return [areas[code] for code in form.codes()]


def _may_rate(request: AreaRequest, found: Round, raters: Sequence[RaterOnRound]) -> bool:
    mine = next((each for each in raters if each.person == request.user), None)
    if mine is None or not access.may(request.areas, Right.RATE, found):
        return False
    return why_not_rate(State(found.state), submitted=mine.submitted_at is not None) is None


def _may_look(request: AreaRequest, found: Round, raters: Sequence[RaterOnRound]) -> bool:
    rated = request.user in [each.person for each in raters]
    return rated or any(access.may(request.areas, right, found) for right in (Right.MODERATE, Right.SIGN_OFF))
