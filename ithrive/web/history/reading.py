"""Which lines of history somebody may read.

A line's `confidential_to` says whom it is kept for: nobody in particular (empty), the evaluators (lines on
comparison sites), or the people of one area alone (lines on their private reflections).
"""

from collections.abc import Collection, Iterable

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from ithrive.web.history.models import Change
from ithrive.web.history.reach import Reach
from ithrive.web.rights import Right

EVERYWHERE = None
EVALUATORS = "evaluators"
AREA = "area:"


def kept_for_area(number: int) -> str:
    """The audience of a line that only the people of one local area may read."""
    return f"{AREA}{number}"


def readable(
    areas: Collection[int] | None,
    confidential_in: Collection[int] | None = frozenset(),
    private_in: Collection[int] = frozenset(),
) -> QuerySet[Change]:
    """The lines for somebody who may read the history of these areas (None: everything).

    `confidential_in`: the areas (None: all) in which they may know of comparison sites. Who may know of
    them may read those lines, even without a right to the rest of the history.
    `private_in`: the areas to whose own people they belong. Nobody belongs everywhere.
    """
    known = Q() if areas is EVERYWHERE else Q(area__in=areas)
    secret = Q() if confidential_in is EVERYWHERE else Q(area__in=confidential_in)
    own = Q(confidential_to__in=[kept_for_area(number) for number in private_in])
    return Change.objects.filter(
        known & (Q(confidential_to="") | own) | secret & Q(confidential_to=EVALUATORS)
    )


def lines_on(subject: str, *, to_evaluators: bool = False, to_area: int | None = None) -> QuerySet[Change]:
    """The lines on one thing, for somebody who may see it; those kept for others are left out."""
    audiences = [""] + [EVALUATORS] * to_evaluators + ([kept_for_area(to_area)] if to_area else [])
    return Change.objects.filter(subject=subject, confidential_to__in=audiences)


def changes_about(area_id: int, *, may_see_confidential: bool) -> QuerySet[Change]:
    """What changed in one area, the latest first, for somebody who may read its history."""
    return readable([area_id], [area_id] if may_see_confidential else [])


def names_in(changes: Iterable[Change], reach: Reach) -> dict[str, str]:
    """What one reader may call people in these lines: names by reference, addresses by “invitation 5”."""
    lines = [(change.by, *change.subject.partition(" ")) for change in changes]
    authors = {by for by, *_ in lines}
    people = {key for _, kind, _, key in lines if kind == "person"}
    invitations = {key for _, kind, _, key in lines if kind == "invitation"}
    return names_of(authors | people) | addresses_of(invitations, reach)


def addresses_of(numbers: Collection[str], reach: Reach) -> dict[str, str]:
    """Where those invitations went that are still kept, for whoever may send or withdraw them."""
    # By name: this app lies below the one that knows invitations.
    sent = apps.get_model("accounts", "Invitation")._default_manager.filter(pk__in=numbers)
    if not reach.may(Right.ADMINISTER):
        sent = sent.filter(area__in=reach.having(Right.INVITE_TO_AREA))
    return {f"invitation {number}": email for number, email in sent.values_list("pk", "email")}


def names_of(references: Collection[str]) -> dict[str, str]:
    """The names of those who still have an account, by reference."""
    people = get_user_model()._default_manager.filter(reference__in=set(references))
    return dict(people.values_list("reference", "name"))
