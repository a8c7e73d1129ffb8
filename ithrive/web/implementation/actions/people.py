"""Who holds which post. A post that ended stays known; one recorded in error is taken back."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction

from ithrive.areas.timeline import plain_day
from ithrive.implementation import Post as PostValue
from ithrive.implementation import steering_group
from ithrive.implementation.people import why_not_post
from ithrive.problems import NotAllowed
from ithrive.web.areas.models import LocalArea
from ithrive.web.history.record import Author
from ithrive.web.implementation.actions._line import locked, one_at_a_time, put, refuse, tell, values
from ithrive.web.implementation.actions._seen import mark, refuse_unseen
from ithrive.web.implementation.models import Post
from ithrive.web.implementation.values import as_post

FIELDS = ("kind", "holder", "sector", "starts", "ends")


@transaction.atomic
def record_post(*, area: LocalArea, post: PostValue, by: Author) -> Post:
    """Record that somebody holds a post."""
    refuse(why_not_post(post, steering_group()))
    one_at_a_time(area)
    row = Post(area=area, **_fields(post))
    if Post.objects.filter(area=area, **values(row, *FIELDS)).exists():
        raise NotAllowed("This post is recorded already.")
    row.save()
    tell(row, area, by=by, action="record a post", summary=said(row), after=values(row, *FIELDS))
    return row


@transaction.atomic
def correct_post(*, row: Post, post: PostValue, by: Author, seen: str | None = None) -> Post:
    """Put right what was recorded of a post. `seen`: its mark when the form was opened."""
    refuse(why_not_post(post, steering_group()))
    area, row = row.area, locked(row)
    if as_post(row) == post:
        return row
    refuse_unseen(seen, mark(row, FIELDS), said(row))
    before, stood = values(row, *FIELDS), said(row)
    put(row, **_fields(post))
    summary = f"{said(row)} Before that recorded as {stood}"
    after = values(row, *FIELDS)
    tell(row, area, by=by, action="correct a post", summary=summary, before=before, after=after)
    return row


@transaction.atomic
def end_post(*, row: Post, ends: date, by: Author) -> Post:
    """Record the first day on which somebody no longer holds a post."""
    area, row = row.area, locked(row)
    if row.ends:
        raise NotAllowed(f"The end is recorded already: {plain_day(row.ends)}. Correct the post instead.")
    before = values(row, *FIELDS)
    refuse(why_not_post(replace(as_post(row), ends=ends), steering_group()))
    put(row, ends=ends)
    tell(row, area, by=by, action="end a post", summary=said(row), before=before, after=values(row, *FIELDS))
    return row


@transaction.atomic
def remove_post(*, row: Post, reason: str, by: Author) -> None:
    """Take back a post that was recorded in error. The history keeps it, with the reason."""
    area, row = row.area, locked(row)
    summary = f"recorded in error, {said(row)} {reason}"
    tell(row, area, by=by, action="take back a post", summary=summary, before=values(row, *FIELDS))
    row.delete()


def said(row: Post) -> str:
    """“Jo Reed is implementation lead from 1 May 2026.”"""
    until = f" until {plain_day(row.ends)}" if row.ends else ""
    what = Post.Kind(row.kind).label
    return f"{row.holder}, {what[0].lower() + what[1:]} from {plain_day(row.starts)}{until}."


def _fields(post: PostValue) -> dict[str, Any]:
    return {
        "kind": post.part.value,
        "holder": post.holder.strip(),
        "sector": post.sector,
        "starts": post.starts,
        "ends": post.ends,
    }
