"""Lines of history in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from ithrive.web.components.parts import table
from ithrive.web.history.models import Change
from ithrive.web.history.record import COMMAND, mention

FORMER = "A former member of the platform"


def author(reference: str, names: Mapping[str, str]) -> str:
    """A person by name; “a former account” where it is gone; a command as it is typed."""
    if reference.startswith(f"{COMMAND} "):
        return f"Command “{reference}”"
    return names.get(reference, f"A former account ({reference})")


def summary(change: Change, names: Mapping[str, str]) -> str:
    """What a line says, with the person or invitation it is about in the words that `names` has for them.

    A mention begins its line, so what stands in for a name that is gone begins with a capital.
    """
    kind, _, key = change.subject.partition(" ")
    address = names.get(change.subject)
    called = {
        "person": names.get(key, FORMER),
        "invitation": f"Invitation {key} to {address}" if address else f"Invitation {key}",
    }
    return change.summary.replace(mention(change.subject), called[kind]) if kind in called else change.summary


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
    if isinstance(value, list):
        return ", ".join(map(said, value)) or "none"
    return str(value)


def changes_table(
    changes: Iterable[Change], names: Mapping[str, str], areas: Mapping[int, str] | None = None
) -> dict[str, Any]:
    """The lines as a table. `areas`: the areas' names by number, for a table that covers several."""
    headings = ["When", "What changed", "Who", "Action", *(["Area"] if areas is not None else []), "Values"]
    rows = []
    for change in changes:
        moment = f"{timezone.localtime(change.at):%-d %B %Y, %H:%M}"
        row = [moment, summary(change, names), author(change.by, names), change.action.capitalize()]
        if areas is not None:
            row.append(areas.get(change.area, "") if change.area else "")
        rows.append([*row, values(change)])
    return table("Changes", headings, rows)
