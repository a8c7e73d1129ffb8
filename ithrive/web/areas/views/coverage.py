"""Coverage: the page that opens up the published sentence, and its working to take away."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ithrive.areas.ages import CHILDREN, AgeBand
from ithrive.areas.coverage import (
    Coverage,
    CoverageChange,
    coverage_change,
    sentence,
    working_rows,
)
from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.membership import Membership
from ithrive.problems import BadInput
from ithrive.tables import csv_text
from ithrive.web.areas import gazetteers, layers
from ithrive.web.areas.filters import CoverageFilter, OneDay
from ithrive.web.areas.presenters import coverage as presenter
from ithrive.web.areas.presenters import words
from ithrive.web.areas.presenters.paths import way_here
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.responses import file_to_keep, for_this_reader

AUTOMATIC = "automatic"
NO_YEAR = "none"


@dataclass(frozen=True)
class Asked:
    """What an address asked, and its answer; None where nothing can be worked out."""

    form: CoverageFilter
    gazetteer: Gazetteer
    coverage: Coverage | None
    change: CoverageChange | None


@require_safe
def page(request: AreaRequest, country: str) -> HttpResponse:
    asked = _asked(request, country)
    shown = presenter.coverage_page(asked.gazetteer, asked.coverage, asked.change) if asked.coverage else None
    context = {
        "form": asked.form,
        "page": shown,
        "country": asked.gazetteer.country,
        "breadcrumbs": way_here(asked.gazetteer.country),
        "reality": words.reality(asked.gazetteer),
    }
    return for_this_reader(request, render(request, "areas/coverage.html", context))


@require_safe
def working_csv(request: AreaRequest, country: str) -> HttpResponse:
    asked, found = _worked_out(request, country)
    rows = working_rows(found)
    content = csv_text(list(rows[0]), [list(row.values()) for row in rows])
    return file_to_keep(request, content, presenter.file_name(asked.gazetteer, found, "csv"))


@require_safe
def working_json(request: AreaRequest, country: str) -> HttpResponse:
    asked, found = _worked_out(request, country)
    content = {
        "country": found.country,
        "fictional": asked.gazetteer.country.fictional,
        "sentence": sentence(found),
        "on": found.on.isoformat(),
        "ages": found.ages.label,
        "geography": found.geography.key,
        "mid_year": found.mid_year,
        "member_areas": found.areas_counted,
        "population": found.population,
        "covered": found.covered,
        "covered_at_most": found.at_most,
        "share": found.share,
        "notes": found.notes,
        "sources": [words.source_line(each) for each in asked.gazetteer.sources],
        "areas": working_rows(found),
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return file_to_keep(request, text, presenter.file_name(asked.gazetteer, found, "json"))


def _worked_out(request: AreaRequest, country: str) -> tuple[Asked, Coverage]:
    asked = _asked(request, country)
    if asked.coverage is None:
        raise Http404("There is no coverage to work out here: see the coverage page for the reason.")
    return asked, asked.coverage


def _asked(request: AreaRequest, country: str) -> Asked:
    gazetteer = gazetteers.gazetteer_of(country)
    form = _filter(request, gazetteer)
    known = layers.memberships_of(request.areas, country)
    try:
        change = _change(gazetteer, known, form)
    except BadInput as refusal:
        for problem in refusal.problems:
            form.add_error(None, str(problem))
        return Asked(form, gazetteer, None, None)
    return Asked(form, gazetteer, change.after, change if change.before.on < change.after.on else None)


def _filter(request: AreaRequest, gazetteer: Gazetteer) -> CoverageFilter:
    on = _asked_day(request)
    years = sorted(gazetteer.populations_by_year, reverse=True)
    return CoverageFilter(
        request.GET,
        usual={
            "on": on,
            "since": _a_year_before(on),
            "ages": CHILDREN,
            "geography": AUTOMATIC,
            "mid_year": str(years[0]) if years else NO_YEAR,
        },
        choices={
            "geography": [
                (AUTOMATIC, "The areas of the day"),
                *((each.key, each.title) for each in gazetteer.geographies),
            ],
            "mid_year": [(str(year), str(year)) for year in years] or [(NO_YEAR, "None loaded")],
        },
    )


def _asked_day(request: AreaRequest) -> date:
    """The day asked for, or today: what the usual day of comparison is counted from."""
    try:
        return OneDay("On the day").clean(request.GET.get("on"))
    except ValidationError:
        return timezone.localdate()


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _change(gazetteer: Gazetteer, known: Sequence[Membership], form: CoverageFilter) -> CoverageChange:
    """Coverage on the day and before. Without an earlier day, both are the same and nothing changed."""
    on: date = form.answer("on")
    since: date = form.answer("since")
    ages: AgeBand = form.answer("ages")
    geography, mid_year = form.answer("geography"), form.answer("mid_year")
    return coverage_change(
        gazetteer,
        known,
        since=min(since, on),
        on=on,
        ages=ages,
        geography=None if geography == AUTOMATIC else geography,
        mid_year=None if mid_year == NO_YEAR else int(mid_year),
    )
