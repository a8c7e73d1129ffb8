"""What the actions on a return share: holding it, moving a version on, telling the history."""

from collections.abc import Mapping
from typing import Any

from ithrive.returns.life import State, why_not_move
from ithrive.web.accounts.actions.permission import refuse
from ithrive.web.accounts.models import Person
from ithrive.web.history.record import Author, record
from ithrive.web.returns.access import audience
from ithrive.web.returns.models import QuarterlyReturn, Version


def held(found: QuarterlyReturn) -> QuarterlyReturn:
    """The return as it stands, locked until the transaction ends: whoever changes a version queues here."""
    rows = QuarterlyReturn.objects.select_for_update(of=("self",)).select_related("area__country")
    return rows.get(pk=found.pk)


def standing(version: Version) -> Version:
    """The version as it stands, with its return locked."""
    of = held(version.of)
    row = Version.objects.select_related("submitted_by").filter(pk=version.pk).first()
    refuse(None if row else "Somebody took this version away in the meantime.")
    assert row is not None  # refused in the line above
    row.of = of
    return row


def move(version: Version, to: State, **values: Any) -> None:
    """To another state of the table, and nowhere else."""
    refuse(why_not_move(State(version.state), to))
    version.state = to
    for name, value in values.items():
        setattr(version, name, value)
    version.save(update_fields=["state", *values])


def person_of(by: Author) -> Person | None:
    """Whoever acts, where it is a person and no command."""
    return by if isinstance(by, Person) else None


def tell(
    found: QuarterlyReturn,
    *,
    by: Author,
    action: str,
    happened: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """One line of history, kept for those who may know of the return."""
    record(
        by=by,
        action=action,
        subject=f"return {found.pk}",
        summary=f"{found.area.name}, return for {found.quarter.label}: {happened}",
        area=found.area_id,
        before=before,
        after=after,
        confidential_to=audience(found),
    )
