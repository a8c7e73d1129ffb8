"""Lines of history in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from ithrive.web.components.parts import table
from ithrive.web.history.models import Change
from ithrive.web.history.record import COMMAND


def author(reference: str, names: Mapping[str, str]) -> str:
    """A person by name; “a former account” where it is gone; a command as it is typed."""
    if reference.startswith(f"{COMMAND} "):
        return f"Command “{reference}”"
    return names.get(reference, f"A former account ({reference})")


def values(change: Change) -> str:
    """What stood before and after: “ends: none → 1 March 2026” for each value that differs."""
    before, after = change.before or {}, change.after or {}
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return "; ".join(f"{name}: {said(before.get(name))} → {said(after.get(name))}" for name in names)


def said(value: Any) -> str:
    if value is None or value == "":
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def changes_table(
    changes: Iterable[Change], names: Mapping[str, str], areas: Mapping[int, str] | None = None
) -> dict[str, Any]:
    """The lines as a table. `areas`: the areas' names by number, for a table that covers several."""
    headings = ["When", "What changed", "Who", "Action", *(["Area"] if areas is not None else []), "Values"]
    rows = []
    for change in changes:
        moment = f"{timezone.localtime(change.at):%-d %B %Y, %H:%M}"
        row = [moment, change.summary, author(change.by, names), change.action.capitalize()]
        if areas is not None:
            row.append(areas.get(change.area, "") if change.area else "")
        rows.append([*row, values(change)])
    return table("Changes", headings, rows)
