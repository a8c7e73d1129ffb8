"""The two lists that the programme may send, each with how it is read, shown and taken."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from ithrive.areas import member_list, support_list
from ithrive.tables import read_csv
from ithrive.web.areas import actions
from ithrive.web.areas.gazetteers import gazetteer_of
from ithrive.web.areas.list_plans import Line, MembershipPlan, SupportPlan, plan_memberships, plan_support
from ithrive.web.areas.models import Country
from ithrive.web.areas.own_pages import author, require_roles_to_set
from ithrive.web.areas.reach import AreaRequest
from ithrive.web.areas.uploads import Upload
from ithrive.web.rights import Right

Plan = MembershipPlan | SupportPlan


@dataclass(frozen=True, slots=True)
class ListKind:
    """One kind of list. `require` asks for the right to send it; `plan` and `take` raise BadInput;
    `take` is given the digest of what its sender was shown, and raises Changed if that is no longer it."""

    key: str
    title: str
    columns: Sequence[str]
    example: Sequence[str]
    require: Callable[[AreaRequest], object]
    plan: Callable[[AreaRequest, Country, Upload], Plan]
    take: Callable[[AreaRequest, Country, Upload, str], Plan]


def _membership_lines(request: AreaRequest, country: Country, upload: Upload) -> list[Line]:
    """Each membership with its row. The reader gives one for each row, in their order."""
    read = member_list.read_memberships(
        upload.content,
        name=upload.name,
        gazetteer=gazetteer_of(country.slug),
        today=timezone.localdate(),
        offered=require_roles_to_set(request),
    )
    rows = read_csv(upload.content, name=upload.name)
    return [(row.number, each) for row, each in zip(rows, read, strict=True)]


def _plan_memberships(request: AreaRequest, country: Country, upload: Upload) -> MembershipPlan:
    return plan_memberships(
        country,
        _membership_lines(request, country, upload),
        name=upload.name,
        may_set=require_roles_to_set(request),
        today=timezone.localdate(),
    )


def _take_memberships(request: AreaRequest, country: Country, upload: Upload, shown: str) -> MembershipPlan:
    return actions.take_membership_list(
        country=country,
        lines=_membership_lines(request, country, upload),
        name=upload.name,
        may_set=require_roles_to_set(request),
        shown=shown,
        by=author(request),
    )


def _support_terms(request: AreaRequest, country: Country, upload: Upload) -> dict[str, Any]:
    return {
        "country": country,
        "lines": support_list.read_support(upload.content, name=upload.name),
        "name": upload.name,
        "may_log": request.areas.having(Right.LOG_SUPPORT).filter(country=country),
    }


def _plan_support(request: AreaRequest, country: Country, upload: Upload) -> SupportPlan:
    terms = _support_terms(request, country, upload)
    lines = terms.pop("lines")
    return plan_support(terms.pop("country"), lines, **terms, today=timezone.localdate())


def _take_support(request: AreaRequest, country: Country, upload: Upload, shown: str) -> SupportPlan:
    terms = _support_terms(request, country, upload)
    return actions.take_support_list(**terms, shown=shown, by=author(request))


def _require_log_support(request: AreaRequest) -> None:
    """Coaches may send a list too: each of its lines is then held against their own areas."""
    if not request.areas.having(Right.LOG_SUPPORT).exists():
        request.areas.require(Right.LOG_SUPPORT)


MEMBERSHIPS = ListKind(
    key="memberships",
    title="Import a membership list",
    columns=member_list.COLUMNS,
    example=("", "member", "2016-05-01", "", "", "Programme records"),
    require=require_roles_to_set,
    plan=_plan_memberships,
    take=_take_memberships,
)
SUPPORT = ListKind(
    key="support",
    title="Import a support list",
    columns=support_list.COLUMNS,
    example=("2024-03-31", "", "coaching", "0.5", "Name of the coach", "Preparing the first round"),
    require=_require_log_support,
    plan=_plan_support,
    take=_take_support,
)
