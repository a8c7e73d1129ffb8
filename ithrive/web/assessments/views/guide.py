"""The interview guide of a round, as a page to print and as a Word document."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ithrive.assessments.guide import InterviewGuide, guide
from ithrive.assessments.sectors import STAFF, VIEWS
from ithrive.problems import BadInput
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.assessments.guide_in_word import WORD, in_word
from ithrive.web.assessments.models import Round
from ithrive.web.assessments.presenters.interviews import address, title_of
from ithrive.web.assessments.queries import instrument_of
from ithrive.web.assessments.views.interviews import round_to_interview


@require_safe
def page(request: AreaRequest, number: int) -> HttpResponse:
    """The guide on a page, of all levels or of one (?level=meso&view=young-people)."""
    round = round_to_interview(request, number)
    context = {
        "guide": _asked(request, round),
        "title": title_of(round),
        "round": round,
        "choices": [
            (
                f"{name}: {level_name}",
                f"?view={view}&level={level}",
                view == _view(request) and level == _level(request),
            )
            for view, name in VIEWS.items()
            for level, level_name in _levels(round)
        ],
        "asked": request.GET.urlencode(),
        "back": address("interviews", round),
        "demonstration": round.area.country.fictional,
    }
    return render(request, "assessments/interviews/guide.html", context)


@require_safe
def word(request: AreaRequest, number: int) -> HttpResponse:
    """The same as a document to fill in."""
    round = round_to_interview(request, number)
    answer = HttpResponse(in_word(_asked(request, round), title_of(round)), content_type=WORD)
    name = "-".join(filter(None, ["interview-guide", _level(request), _view(request)]))
    answer["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _asked(request: AreaRequest, round: Round) -> InterviewGuide:
    try:
        return guide(instrument_of(round), view=_view(request), level=_level(request))
    except BadInput as refusal:
        raise Http404(str(refusal)) from refusal


def _levels(round: Round) -> list[tuple[str, str]]:
    instrument = instrument_of(round)
    return [
        ("", "all levels"),
        *((each.code, each.name) for each in instrument.level if instrument.on_level(each.code)),
    ]


def _view(request: AreaRequest) -> str:
    return request.GET.get("view", STAFF)


def _level(request: AreaRequest) -> str:
    return request.GET.get("level", "")
