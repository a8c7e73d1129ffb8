"""Giving and ending roles."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ithrive.web.accounts.actions.permission import held_by, refuse
from ithrive.web.accounts.models import Person, RoleHeld
from ithrive.web.accounts.rules import why_not_appoint, why_not_end, why_not_give
from ithrive.web.areas.models import LocalArea
from ithrive.web.history.record import Author, mention, record
from ithrive.web.rights import Role


@transaction.atomic
def give_role(
    *,
    person: Person,
    role: Role,
    area: LocalArea | None = None,
    starts: date | None = None,
    ends: date | None = None,
    by: Author,
) -> RoleHeld:
    """`starts`: today if not said."""
    refuse(why_not_appoint(role, area.pk if area else None, held_by(by)))
    return add_role(person=person, role=role, area=area, starts=starts, ends=ends, by=by)


def add_role(
    *,
    person: Person,
    role: Role,
    area: LocalArea | None,
    starts: date | None = None,
    ends: date | None = None,
    by: Author,
) -> RoleHeld:
    """The role itself, once somebody has answered for who may give it. Inside the caller's transaction."""
    starts = starts or timezone.localdate()
    same = _locked(person.roles.filter(role=role, area=area)).values_list("starts", "ends")
    refuse(why_not_give(role, area.pk if area else None, starts, ends, same))
    held = RoleHeld.objects.create(person=person, role=role, area=area, starts=starts, ends=ends)
    record(
        by=by,
        action="give a role",
        subject=person.subject,
        summary=f"{mention(person.subject)} holds the role {held.in_words()}",
        area=held.area_id,
        after={"role": role.value, "starts": starts, "ends": ends},
    )
    return held


@transaction.atomic
def end_role(*, held: RoleHeld, on: date, by: Author) -> None:
    """`on`: the first day on which the role no longer holds. A role that never held is taken back."""
    refuse(why_not_appoint(Role(held.role), held.area_id, held_by(by)))
    standing = _administrators_and(held)
    refuse(
        why_not_end(
            on=on,
            today=timezone.localdate(),
            ends=standing.ends,
            only_administrator=is_only_administrator(standing.person, standing),
        )
    )
    whom = standing.person.subject
    record(
        by=by,
        action="end a role",
        subject=whom,
        summary=f"{mention(whom)} no longer holds the role {standing.in_words()} from {on:%-d %B %Y}",
        area=standing.area_id,
        before={"role": standing.role, "starts": standing.starts, "ends": standing.ends},
        after={"ends": on},
    )
    if on <= standing.starts:
        standing.delete()
    else:
        standing.ends = on
        standing.save(update_fields=["ends"])


def is_only_administrator(person: Person, held: RoleHeld | None = None) -> bool:
    """Whether without this person (or this role of theirs) nobody would be an administrator without end."""
    lasting = RoleHeld.objects.filter(
        role=Role.ADMINISTRATOR, ends=None, starts__lte=timezone.localdate(), person__is_active=True
    )
    theirs = lasting.filter(person=person)
    if held is not None:
        theirs = theirs.filter(pk=held.pk)
    return theirs.exists() and not lasting.exclude(person=person).exists()


def _administrators_and(held: RoleHeld) -> RoleHeld:
    """The role as it stands, locked together with the administrators, lest two of them end each other."""
    list(_locked(RoleHeld.objects.filter(role=Role.ADMINISTRATOR).order_by("pk")))
    locked = _locked(RoleHeld.objects.filter(pk=held.pk)).first()
    refuse(None if locked else "This role was taken back already.")
    assert locked is not None  # refused in the line above
    return locked


def _locked(roles: QuerySet[RoleHeld]) -> QuerySet[RoleHeld]:
    return roles.select_for_update()
