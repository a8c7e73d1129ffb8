"""Looking at what the last round proposes, and choosing one of the proposals with a reason of one's own."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from ithrive.areas.timeline import plain_day
from ithrive.framework.instrument import HIGHEST
from ithrive.web.areas.own_pages import author, changed, sent
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.implementation import queries
from ithrive.web.implementation.actions import choose_priority
from ithrive.web.implementation.forms import ChoiceForm
from ithrive.web.implementation.own_page import area_seen, area_worked_on, asking, page
from ithrive.web.implementation.paths import page_path
from ithrive.web.overview.proposals import Proposed, proposed_for

KEPT_BACK = (
    "This comes from a round that not everybody who reads the plan may know of. Neither the round nor its "
    "score is written into the plan: only the principle, and the reason that you give here."
)


def proposals(request: AreaRequest, country: str, kind: str, code: str) -> HttpResponse:
    """The statements to look at first, each with the reason. Nothing is chosen by looking."""
    area = area_seen(request, country, kind, code)
    found = proposed_for(area, request.areas, timezone.localdate())
    chosen = queries.priorities_of(area).filter(closed_on=None).exclude(statement="")
    words = {
        "sentence": _sentence(found),
        "round": reverse("assessments:profile", args=[found.round.pk]) if found else "",
        "proposals": found.proposals if found else (),
        "chosen": set(chosen.values_list("statement", flat=True)),
        "highest": HIGHEST,
        "kept_back": bool(found and not found.known_to_all),
        "plan": page_path(area, "plan"),
        "wishes": page_path(area, "wishes"),
    }
    return page(request, "overview/proposals.html", area, "plan", **words)


def choose(request: AreaRequest, country: str, kind: str, code: str, statement: str) -> HttpResponse:
    """Make a proposal a priority."""
    area = area_worked_on(request, country, kind, code)
    found = proposed_for(area, request.areas, timezone.localdate())
    proposal = found.named(statement) if found else None
    if found is None or proposal is None:
        raise Http404("The last round does not propose this.")
    form, origin, back = ChoiceForm(sent(request)), found.origin(proposal), page_path(area, "plan")
    title = proposal.candidate.principle
    return changed(
        request,
        form,
        lambda: choose_priority(
            area=area,
            title=title,
            because=form.cleaned_data["because"],
            origin=origin,
            by=author(request),
        ),
        said="The priority is in the plan. Add what is to be done.",
        then=back,
    ) or asking(
        request,
        area,
        form,
        f"Choose “{title}”",
        page_path(area, "proposals"),
        intro=proposal.reason if found.known_to_all else KEPT_BACK,
    )


def _sentence(found: Proposed | None) -> str:
    if found is None:
        return "No round is signed off yet that you may read, so nothing is proposed. You can still choose."
    what = "private self-reflection" if found.round.private else "round"
    due = plain_day(found.round.due_on)
    order = "the lowest first, then the most movable, then the most wanted"
    return f"From the {what} due on {due}: {order}. You decide."
