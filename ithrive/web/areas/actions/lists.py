"""Taking a list that was previewed: exactly what was shown, all of it or nothing."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from ithrive.areas.membership import MemberRole
from ithrive.areas.support_list import SupportLine
from ithrive.problems import NotAllowed
from ithrive.web.areas.actions.membership import import_memberships
from ithrive.web.areas.actions.support import import_support
from ithrive.web.areas.list_plans import Line, MembershipPlan, SupportPlan, plan_memberships, plan_support
from ithrive.web.areas.models import Country, LocalArea
from ithrive.web.history.record import Author


class Changed(NotAllowed):
    """Something else changed since the list was shown, so it would no longer do what was shown."""


@transaction.atomic
def take_membership_list(
    *,
    country: Country,
    lines: Sequence[Line],
    name: str,
    may_set: frozenset[MemberRole],
    shown: str,
    by: Author,
) -> MembershipPlan:
    """Do what the list asks for, if that is still what was shown. Raises Changed, or BadInput."""
    _lock(country, (line.code for _, line in lines))
    plan = plan_memberships(country, lines, name=name, may_set=may_set, today=timezone.localdate())
    _refuse_unless(plan.digest == shown)
    import_memberships(steps=plan.steps, source=name, by=by)
    return plan


@transaction.atomic
def take_support_list(
    *,
    country: Country,
    lines: Sequence[SupportLine],
    name: str,
    may_log: Iterable[LocalArea],
    shown: str,
    by: Author,
) -> SupportPlan:
    """Add what the list adds, if that is still what was shown. Raises Changed, or BadInput."""
    _lock(country, (line.given.code for line in lines))
    plan = plan_support(country, lines, name=name, may_log=may_log, today=timezone.localdate())
    _refuse_unless(plan.digest == shown)
    import_support(entries=plan.entries, source=name, by=by)
    return plan


def _lock(country: Country, codes: Iterable[str]) -> None:
    """Keep the areas of a list as they are until it is taken. In one order, so that two lists never wait
    for each other."""
    areas = LocalArea.objects.select_for_update().filter(country=country, code__in=set(codes))
    list(areas.order_by("pk"))


def _refuse_unless(same: bool) -> None:
    if not same:
        raise Changed("Something changed since you looked. This is what the list would change now.")
