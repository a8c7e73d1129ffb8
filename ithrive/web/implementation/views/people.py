"""Who carries the change in an area, and which posts and seats are empty."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.own_pages import author, changed, sent
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.implementation import actions, queries
from ithrive.web.implementation.actions.people import said as post_in_words
from ithrive.web.implementation.change_forms import ChangePostForm
from ithrive.web.implementation.forms import EndForm, PostForm, ReasonForm
from ithrive.web.implementation.models import Post
from ithrive.web.implementation.own_page import area_seen, area_worked_on, asking, page
from ithrive.web.implementation.paths import page_path
from ithrive.web.implementation.presenters.people import people_page

HERE = "people"


def people(request: AreaRequest, country: str, kind: str, code: str) -> HttpResponse:
    """Posts by sector, with the gaps."""
    area = area_seen(request, country, kind, code)
    shown = people_page(list(queries.posts_of(area)), timezone.localdate())
    return page(request, "implementation/people.html", area, HERE, page=shown)


def record(request: AreaRequest, country: str, kind: str, code: str) -> HttpResponse:
    area = area_worked_on(request, country, kind, code)
    form = PostForm(sent(request), initial=_asked(request))
    back = page_path(area, HERE)
    return changed(
        request,
        form,
        lambda: actions.record_post(area=area, post=form.post(), by=author(request)),
        said="The post is recorded.",
        then=back,
    ) or asking(request, area, form, f"Record a post in {area.name}", back, intro=WORK)


def correct(request: AreaRequest, country: str, kind: str, code: str, number: int) -> HttpResponse:
    area, row = _post(request, country, kind, code, number)
    form = ChangePostForm(sent(request), initial=ChangePostForm.filled_with(row))
    back = page_path(area, HERE)
    return changed(
        request,
        form,
        lambda: actions.correct_post(
            row=row, post=form.post(), by=author(request), seen=form.cleaned_data["seen"]
        ),
        said="The post is corrected. What stood before stays in the history.",
        then=back,
    ) or asking(request, area, form.look_again(), "Correct a post", back)


def end(request: AreaRequest, country: str, kind: str, code: str, number: int) -> HttpResponse:
    area, row = _post(request, country, kind, code, number)
    form, back, recorded = EndForm(sent(request)), page_path(area, HERE), post_in_words(row)
    return changed(
        request,
        form,
        lambda: actions.end_post(row=row, ends=form.cleaned_data["ends"], by=author(request)),
        said="The end of the post is recorded.",
        then=back,
    ) or asking(request, area, form, "End a post", back, intro=f"Recorded: {recorded}")


def in_error(request: AreaRequest, country: str, kind: str, code: str, number: int) -> HttpResponse:
    area, row = _post(request, country, kind, code, number)
    form, back, recorded = ReasonForm(sent(request)), page_path(area, HERE), post_in_words(row)
    return changed(
        request,
        form,
        lambda: actions.remove_post(row=row, reason=form.cleaned_data["reason"], by=author(request)),
        said="The post is taken back. The history keeps it.",
        then=back,
    ) or asking(request, area, form, "Take back a post", back, intro=f"Recorded: {recorded}")


WORK = "Only somebody's work for the change is written here. Whoever reads the area's pages can read it."


def _post(request: AreaRequest, country: str, kind: str, code: str, number: int) -> tuple[LocalArea, Post]:
    area = area_worked_on(request, country, kind, code)
    return area, get_object_or_404(queries.posts_of(area).select_related("area"), pk=number)


def _asked(request: AreaRequest) -> dict[str, str]:
    """What the link beside a gap already says."""
    return {field: request.GET[field] for field in ("kind", "sector") if field in request.GET}
