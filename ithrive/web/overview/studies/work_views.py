"""Studies for their evaluators, behind a second factor: protocols, the monitor, looks, runs, release."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ithrive.problems import BadInput, NotAllowed
from ithrive.reports.study import Audience
from ithrive.web.accounts.models import Person
from ithrive.web.areas.own_pages import author, changed, form_page, sent
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.responses import for_this_reader
from ithrive.web.components.parts import breadcrumbs
from ithrive.web.evaluation import actions, queries
from ithrive.web.evaluation.life import State
from ithrive.web.evaluation.models import Study, StudyRun
from ithrive.web.overview.studies import documents, working
from ithrive.web.overview.studies.forms import ProtocolForm, ReasonForm, SureForm
from ithrive.web.overview.studies.pages import look_seen, runs_table, work_page
from ithrive.web.overview.studies.views import ALL, HOME, shown, to_keep
from ithrive.web.rights import Right

FREEZING = (
    "The protocol is sealed with its fingerprint and the time. What is frozen before outcomes are seen makes "
    "an analysis confirmatory. It can be amended later, with a reason, and nothing that was said is lost."
)
LOOKING = (
    "A look judges the primary outcomes on figures as they stand, and stays on the ledger for good, whatever "
    "it finds. It says whether a boundary was crossed, and not how large an effect is."
)
RUNNING = (
    "The study is worked out from figures signed off by now. It takes up to a minute, and can be stopped."
)
RELEASING = (
    "Once released, these results cannot be called back. Everybody can read the report for the public."
)


@require_safe
def work(request: AreaRequest, slug: str) -> HttpResponse:
    """One study: where it stands, what came, what was looked at, what was worked out."""
    found = _study(request, slug)
    now = queries.study_now(found)
    words = {
        "study": found,
        "page": work_page(now, working.monitor_of(now)),
        "version": now.version,
        "question": now.protocol.question,
        "runs": runs_table(queries.runs_of(found)),
        "sites": found.sites.select_related("area__country").order_by("site"),
        "breadcrumbs": breadcrumbs(HOME, ALL),
        "demonstration": found.fictional,
    }
    return for_this_reader(request, render(request, "overview/studies/work.html", words))


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AreaRequest) -> HttpResponse:
    """A study begins with its protocol."""
    request.areas.require(Right.RUN_STUDY)
    form = ProtocolForm(sent(request))

    def act() -> None:
        _worded(lambda: actions.add_protocol(text=form.cleaned_data["text"], by=author(request)))

    done = changed(request, form, act, said="The study is there.", then=ALL[1])
    return done or form_page(
        request, form, page_title="Add a study", button="Add this study", back=ALL[1], cancel=ALL[1]
    )


@require_http_methods(["GET", "HEAD", "POST"])
def protocol(request: AreaRequest, slug: str) -> HttpResponse:
    """The protocol as it reads now, to be read and written."""
    found = _study(request, slug, Right.RUN_STUDY)
    text = queries.study_now(found).version.text
    form = ProtocolForm(sent(request), initial={"text": text})

    def act() -> None:
        written = form.cleaned_data["text"]
        _worded(lambda: actions.add_protocol(text=written, study=found, by=author(request)))

    return _asked(request, found, form, act, "Protocol", "Keep this protocol", "The protocol is kept.")


@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: AreaRequest, slug: str) -> HttpResponse:
    found = _study(request, slug, Right.RUN_STUDY)
    form = SureForm(sent(request), label="I have read the protocol, and it is what we will do")

    def act() -> None:
        actions.freeze_protocol(study=found, by=author(request))

    return _asked(
        request, found, form, act, "Freeze the protocol", "Freeze", "The protocol is frozen.", FREEZING
    )


@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: AreaRequest, slug: str) -> HttpResponse:
    found = _study(request, slug, Right.RUN_STUDY)
    form = ReasonForm(sent(request))

    def act() -> None:
        actions.amend_protocol(study=found, reason=form.cleaned_data["reason"], by=author(request))

    intro = "; ".join(queries.study_now(found).changes) or "The protocol says what the frozen one says."
    return _asked(request, found, form, act, "Amend the protocol", "Amend", "The protocol is amended.", intro)


@require_safe
def protocol_file(request: AreaRequest, slug: str, ending: str) -> HttpResponse:
    """The protocol as `toml`, or its frozen record as `json`: what the command reads."""
    now = queries.study_now(_study(request, slug))
    content = {"toml": now.version.text, "json": now.record}.get(ending)
    if not content:
        raise Http404("There is no such file.")
    return to_keep(request, content, f"{slug}.{'frozen.' if ending == 'json' else ''}{ending}")


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: AreaRequest, slug: str, wave: int) -> HttpResponse:
    """Take a planned look, or read what was seen at one that was taken."""
    found = _study(request, slug, Right.RUN_STUDY)
    title = f"Look after wave {wave}"
    if seen := look_seen(queries.study_now(found), wave):
        words = {
            "page_title": f"{title}: {found.name}",
            "seen": seen,
            "back": reverse("studies:work", args=[slug]),
            "demonstration": found.fictional,
        }
        return for_this_reader(request, render(request, "overview/studies/look.html", words))
    form = SureForm(sent(request), label=f"Take the look after wave {wave} now")

    def act() -> None:
        _worded(lambda: working.look_at(found, wave, by=author(request)))

    return _asked(request, found, form, act, title, "Take the look", "The look is on the ledger.", LOOKING)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: AreaRequest, slug: str) -> HttpResponse:
    """Ask for a run; its own page works it out."""
    found = _study(request, slug, Right.RUN_STUDY)
    form = SureForm(sent(request), label="Work the study out from figures as they stand")
    asked: list[StudyRun] = []

    def act() -> None:
        asked.append(actions.ask_for_run(study=found, by=author(request)))

    page = _asked(
        request, found, form, act, "Run the study", "Run the study", "The run is asked for.", RUNNING
    )
    return redirect("studies:run", slug, asked[0].number) if asked else page


@require_http_methods(["GET", "HEAD", "POST"])
def run(request: AreaRequest, slug: str, number: int) -> HttpResponse:
    """One run: how far it is, or what it found. Sending the button does the next piece of work."""
    found = _study(request, slug)
    one = _run(found, number)
    if request.method == "POST":
        _go_on(request, one)
        return redirect("studies:run", slug, number)
    words: dict[str, Any] = {
        "study": found,
        "run": one,
        "waits": one.state in (State.WAITING, State.WORKING),
        "breadcrumbs": breadcrumbs(HOME, ALL, (found.name, reverse("studies:work", args=[slug]))),
        "demonstration": found.fictional,
    }
    if one.is_told:
        there = documents.is_there(one, Audience.EVALUATORS)
        words |= {
            "report": shown(documents.report(one, Audience.EVALUATORS, "body")) if there else "",
            "endings": (*documents.ENDINGS, "json"),
        }
    return for_this_reader(request, render(request, "overview/studies/run.html", words))


def _go_on(request: AreaRequest, one: StudyRun) -> None:
    """Work the run out, or write its report once there is one to write."""
    if one.is_told:
        documents.make_every_form(one, Audience.EVALUATORS)
        return
    request.areas.require(Right.RUN_STUDY)
    working.work_on(one, by=author(request))


@require_safe
def run_file(request: AreaRequest, slug: str, number: int, ending: str) -> HttpResponse:
    """A run's report for evaluators, or all its numbers as JSON."""
    one = _run(_study(request, slug), number)
    if not one.is_told or ending not in (*documents.ENDINGS, "json"):
        raise Http404("There is no such file.")
    content = one.results if ending == "json" else documents.report(one, Audience.EVALUATORS, ending)
    return to_keep(request, content, f"{slug}-run-{number}.{ending}")


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: AreaRequest, slug: str, number: int) -> HttpResponse:
    found = _study(request, slug, Right.RUN_STUDY)
    one = _run(found, number)
    form = SureForm(sent(request), label="Stop this run")

    def act() -> None:
        actions.stop_run(run=one, by=author(request))

    return _asked(request, found, form, act, f"Stop run {number}", "Stop", "The run is stopped.")


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: AreaRequest, slug: str, number: int) -> HttpResponse:
    """Make the results of a run public: somebody else than who asked for it."""
    found = _study(request, slug)
    request.areas.require(Right.RELEASE)
    one = _run(found, number)
    form = SureForm(sent(request), label="I have read the report, and the public may read it")

    def act() -> None:
        if one.is_told:
            documents.make_every_form(one, Audience.PUBLIC)  # so that nobody of the public waits for it
        if one.is_told and (reason := documents.why_not_public(one)):
            raise NotAllowed(reason)
        actions.release_results(run=one, by=cast("Person", request.user))

    return _asked(
        request, found, form, act, f"Release run {number}", "Release", "The results are released.", RELEASING
    )


def _study(request: AreaRequest, slug: str, right: Right = Right.SEE_STUDY) -> Study:
    request.areas.require(right)
    return get_object_or_404(queries.every_study(), slug=slug)


def _run(found: Study, number: int) -> StudyRun:
    one = queries.run_of(found, number)
    if one is None:
        raise Http404(f"There is no run {number}.")
    return one


def _worded(act: Callable[[], object]) -> None:
    """What is wrong with a file or a figure, said on the form like any other refusal."""
    try:
        act()
    except BadInput as refusal:
        raise NotAllowed(" ".join(map(str, refusal.problems))) from None


def _asked(
    request: AreaRequest,
    found: Study,
    form: forms.Form,
    act: Callable[[], object],
    title: str,
    button: str,
    said: str,
    intro: str = "",
) -> HttpResponse:
    """A form about one study, which leads back to the study's page."""
    back = reverse("studies:work", args=[found.slug])
    done = changed(request, form, act, said=said, then=back)
    return done or form_page(
        request,
        form,
        page_title=f"{title}: {found.name}",
        intro=intro,
        button=button,
        back=back,
        cancel=back,
        demonstration=found.fictional,
    )
