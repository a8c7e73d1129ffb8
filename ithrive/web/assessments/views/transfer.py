"""Rounds taken away as files, and past rounds brought in from a list."""

import json
from collections.abc import Callable, Iterable, Sequence

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ithrive.assessments import export
from ithrive.assessments.export import ExportedRound
from ithrive.assessments.export_workbook import rounds_workbook
from ithrive.assessments.past_rounds import PastList, read_past_rounds, template_rows
from ithrive.assessments.redcap_records import redcap_table
from ithrive.problems import BadInput, Problem
from ithrive.tables import csv_text
from ithrive.tables.parquet import parquet_bytes
from ithrive.web.areas import uploads
from ithrive.web.areas.actions import Changed
from ithrive.web.areas.models import Country, LocalArea
from ithrive.web.areas.own_pages import country_at, sent
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.uploads import Upload
from ithrive.web.assessments import queries
from ithrive.web.assessments.access import round_for
from ithrive.web.assessments.actions.transfer import take_past_rounds
from ithrive.web.assessments.forms.transfer import PastRoundsForm
from ithrive.web.assessments.instruments import instrument_in
from ithrive.web.assessments.models import InstrumentVersion
from ithrive.web.assessments.past_plans import PastPlan, plan_past_rounds
from ithrive.web.assessments.presenters.transfer import past_preview, said_when_taken
from ithrive.web.assessments.transfers import exported
from ithrive.web.assessments.views.interviews import either, person
from ithrive.web.rights import Right

OVERTAKEN = 409  # somebody else's change came first
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def round_export(request: AreaRequest, number: int, ending: str) -> HttpResponse:
    """One round, as much of it as the person may see."""
    round = round_for(request, number)
    found = exported([round], request.areas, person(request))
    return _file(found, f"round-{number}", ending)


@require_safe
def every_export(request: AreaRequest, ending: str) -> HttpResponse:
    """Every round that the person may know of."""
    if not request.areas.having(Right.SEE_ROUNDS).exists():
        request.areas.require(Right.SEE_ROUNDS)
    rounds = queries.rounds(request.areas).order_by("area__code", "due_on", "pk")
    return _file(exported(rounds, request.areas, person(request)), "rounds", ending)


@require_safe
def dictionary(request: AreaRequest) -> HttpResponse:
    """What the columns of the long table hold. No figure is in it, so anyone may have it."""
    return _answer(
        csv_text(export.DICTIONARY_HEADINGS, export.dictionary_rows()),
        "rounds-data-dictionary.csv",
        "text/csv; charset=utf-8",
    )


@require_safe
def redcap_export(request: AreaRequest, code: str, version: str) -> HttpResponse:
    """The agreed scores of one instrument version, as REDCap imports them beside its data dictionary."""
    if not request.areas.having(Right.SEE_ROUNDS).exists():
        request.areas.require(Right.SEE_ROUNDS)
    rounds = queries.rounds(request.areas).filter(instrument__code=code, instrument__version=version)
    found = exported(rounds.order_by("area__code", "due_on", "pk"), request.areas, person(request))
    here = next(
        (each for each in queries.instruments() if (each.code, each.version) == (code, version)), None
    )
    if here is None:
        raise Http404("There is no such version of this instrument.")
    headings, rows = redcap_table(found, instrument_in(here))
    return _answer(csv_text(headings, rows), f"redcap-{code}-{version}.csv", "text/csv; charset=utf-8")


@either
def send(request: AreaRequest, country: str) -> HttpResponse:
    """The page that takes a list of past rounds, and names every cell that is wrong."""
    place, _ = _require(request, country)
    form = PastRoundsForm(sent(request), request.FILES or None, versions=queries.instruments())
    if not form.is_valid():
        return _asked(request, place, form)
    version = _version(int(form.cleaned_data["instrument"]))
    file = form.cleaned_data["file"]
    upload = Upload(
        _kind(version), country, person(request).reference, uploads.plain_name(file.name), file.read()
    )
    try:
        _plan(request, country, version, upload)
    except BadInput as refusal:
        again = PastRoundsForm(versions=queries.instruments(), initial={"instrument": version.pk})
        return _asked(request, place, again, refusal.problems)
    return redirect("assessments:past-rounds-preview", country, version.pk, uploads.keep(upload))


@either
def preview(request: AreaRequest, country: str, version: int, token: str) -> HttpResponse:
    """What the list would record, and the button that makes it so."""
    place, areas = _require(request, country)
    chosen = _version(version)
    try:
        upload = uploads.fetch(token, kind=_kind(chosen), country=country, sender=person(request).reference)
    except uploads.Expired as expired:
        messages.warning(request, str(expired))
        return redirect("assessments:past-rounds-import", country)
    try:
        if request.method != "POST":
            return _shown(request, place, _plan(request, country, chosen, upload), upload.name)
        plan = take_past_rounds(
            pasts=_read(upload, chosen),
            version=chosen,
            instrument=instrument_in(chosen),
            areas=areas,
            name=upload.name,
            shown=request.POST.get("shown", ""),
            by=person(request),
        )
    except Changed as changed:
        plan = _plan(request, country, chosen, upload)
        return _shown(request, place, plan, upload.name, overtaken=str(changed))
    except BadInput as refusal:
        form = PastRoundsForm(versions=queries.instruments())
        return _asked(request, place, form, refusal.problems, status=OVERTAKEN)
    uploads.forget(token)
    messages.success(request, said_when_taken(plan))
    return redirect("assessments:past-rounds-import", country)


@require_safe
def template(request: AreaRequest, country: str, version: int) -> HttpResponse:
    """An empty list with a column for each statement of one instrument version."""
    _require(request, country)
    headings, examples = template_rows(instrument_in(_version(version)))
    rows = [[each.get(heading, "") for heading in headings] for each in examples]
    return _answer(csv_text(headings, rows), "past-rounds-template.csv", "text/csv; charset=utf-8")


def _require(request: AreaRequest, country: str) -> tuple[Country, list[LocalArea]]:
    """The country, and its areas in which the person may sign off: they answer for what they bring in."""
    place = country_at(request, country)
    areas = list(request.areas.having(Right.SIGN_OFF).filter(country=place))
    everywhere = request.areas.may(Right.SIGN_OFF)
    request.areas.require(Right.SIGN_OFF, areas[0] if areas and not everywhere else None)
    return place, areas


def _version(number: int) -> InstrumentVersion:
    found = next((each for each in queries.instruments() if each.pk == number), None)
    if found is None:
        raise Http404("There is no such version of an instrument.")
    return found


def _kind(version: InstrumentVersion) -> str:
    return f"past-rounds-{version.pk}"


def _read(upload: Upload, version: InstrumentVersion) -> PastList:
    return read_past_rounds(
        upload.content, name=upload.name, instrument=instrument_in(version), today=timezone.localdate()
    )


def _plan(request: AreaRequest, country: str, version: InstrumentVersion, upload: Upload) -> PastPlan:
    _, areas = _require(request, country)
    pasts = _read(upload, version)
    return plan_past_rounds(pasts, version=version, instrument=instrument_in(version), areas=areas)


def _asked(
    request: AreaRequest,
    country: Country,
    form: PastRoundsForm,
    problems: Iterable[Problem] = (),
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "problems": tuple(problems),
        "versions": queries.instruments(),
        "country": country,
        "demonstration": country.fictional,
    }
    return render(request, "assessments/transfer/import.html", context, status=status)


def _shown(
    request: AreaRequest, country: Country, plan: PastPlan, name: str, overtaken: str = ""
) -> HttpResponse:
    page = past_preview(plan, name, overtaken)
    context = {"page": page, "country": country, "demonstration": country.fictional}
    status = OVERTAKEN if overtaken else 200
    return render(request, "assessments/transfer/preview.html", context, status=status)


def _file(found: Sequence[ExportedRound], name: str, ending: str) -> HttpResponse:
    if ending not in WRITERS:
        raise Http404("There is no file of this kind.")
    kind, written = WRITERS[ending]
    return _answer(written(found), f"{name}.{ending}", kind)


def _answer(content: str | bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _csv(found: Sequence[ExportedRound]) -> str:
    return csv_text(export.HEADINGS, export.long_rows(found))


def _xlsx(found: Sequence[ExportedRound]) -> bytes:
    return rounds_workbook(found, made_on=timezone.localdate(), site=settings.SITE_NAME)


def _parquet(found: Sequence[ExportedRound]) -> bytes:
    columns = {each.name: each.kind for each in export.COLUMNS}
    dictionary = json.dumps({each.name: each.meaning for each in export.COLUMNS})
    return parquet_bytes(columns, export.long_rows(found), about={"data_dictionary": dictionary})


WRITERS: dict[str, tuple[str, Callable[[Sequence[ExportedRound]], str | bytes]]] = {
    "csv": ("text/csv; charset=utf-8", _csv),
    "xlsx": (XLSX, _xlsx),
    "parquet": ("application/vnd.apache.parquet", _parquet),
}
