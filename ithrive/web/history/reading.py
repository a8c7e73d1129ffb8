"""Which lines of history somebody may read. The lines on comparison sites are for evaluators alone."""

from collections.abc import Collection, Iterable

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from ithrive.web.history.models import Change
from ithrive.web.history.reach import Reach
from ithrive.web.rights import Right

EVERYWHERE = None


def readable(
    areas: Collection[int] | None, confidential_in: Collection[int] | None = frozenset()
) -> QuerySet[Change]:
    """The lines for somebody who may read the history of these areas (None: everything).

    `confidential_in`: the areas (None: all) in which they may know of comparison sites. Who may know of
    them may read those lines, even without a right to the rest of the history.
    """
    known = Q() if areas is EVERYWHERE else Q(area__in=areas)
    secret = Q() if confidential_in is EVERYWHERE else Q(area__in=confidential_in)
    return Change.objects.filter(known & Q(confidential_to="") | secret & ~Q(confidential_to=""))


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
