"""One line of history for each change to the work of an area."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models

from ithrive.problems import NotAllowed
from ithrive.web.areas.models import LocalArea
from ithrive.web.history.record import Author, record

Row = TypeVar("Row", bound=models.Model)


def tell(
    row: models.Model,
    area: LocalArea,
    *,
    by: Author,
    action: str,
    summary: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write down what was done to a row. The area is named first, so that lines can be read by themselves."""
    record(
        by=by,
        action=action,
        subject=f"{row._meta.verbose_name} {row.pk}",  # "post 7"
        summary=f"{area.name}: {summary}",
        area=area.pk,
        before=before,
        after=after,
    )


def refuse(reason: str | None) -> None:
    """Raise NotAllowed where a rule gives a reason."""
    if reason:
        raise NotAllowed(reason)


def locked(row: Row) -> Row:
    """The row as it stands now, kept so until the change is made; NotAllowed where it is gone."""
    rows = type(row)._default_manager.select_for_update(of=("self",)).filter(pk=row.pk)
    found = rows.first()
    if found is None:
        raise NotAllowed("Somebody removed this in the meantime. Go back and look again.")
    return found


def one_at_a_time(area: LocalArea) -> None:
    """Two tabs that add to an area do so one after the other, so that a rule sees what the first one did."""
    LocalArea.objects.select_for_update().get(pk=area.pk)


def values(row: models.Model, *fields: str) -> dict[str, Any]:
    return {field: getattr(row, field) for field in fields}


def put(row: models.Model, **new: Any) -> None:
    """Give a row new values and save it."""
    for field, value in new.items():
        setattr(row, field, value)
    row.save()
