"""Practice before rating: invented scenes to score, and feedback on each."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ithrive.assessments.calibration import vignettes
from ithrive.problems import NotAllowed
from ithrive.web.areas.own_pages import author, form_page, sent
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.assessments.access import round_for
from ithrive.web.assessments.actions.practice import keep_practice, why_not_practise
from ithrive.web.assessments.forms.practice import practice_form
from ithrive.web.assessments.models import RaterOnRound, Round
from ithrive.web.assessments.presenters.practice import practice_feedback
from ithrive.web.assessments.queries import rater_of

TITLE = "Practise before you rate"
INTRO = (
    "Short scenes from places that do not exist. Score each as you would in a round. You are then told what "
    "we would give, and why. It is not a test: how you compare is kept beside your ratings for their readers."
)


@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: AreaRequest, number: int) -> HttpResponse:
    """The scenes for a rater of this round; once scored, the feedback."""
    round, rater = _asked(request, number)
    if rater.calibration is not None:
        return _feedback(request, round, rater.calibration)
    if reason := why_not_practise(rater):
        raise NotAllowed(reason)
    form = practice_form(vignettes())(sent(request))
    if form.is_valid():
        keep_practice(rater=rater, scores=form.cleaned_data, by=author(request))
        return redirect("assessments:practice", round.pk)
    cancel = reverse("assessments:round", args=[round.pk])
    return form_page(
        request, form, page_title=TITLE, intro=INTRO, button="Compare with the reference", cancel=cancel
    )


def _asked(request: AreaRequest, number: int) -> tuple[Round, RaterOnRound]:
    """The round, and the person as its rater. There is nothing here for anybody else."""
    round = round_for(request, number)
    rater = rater_of(round, request.user)
    if rater is None:
        raise Http404("You are not asked to rate this round.")
    return round, rater


def _feedback(request: AreaRequest, round: Round, kept: dict[str, object]) -> HttpResponse:
    context = {
        "round_path": reverse("assessments:round", args=[round.pk]),
        "feedback": practice_feedback(kept, vignettes()),
    }
    return render(request, "assessments/profile/practice.html", context)
