"""What people record beside a measure of an area: notes of what happened, and rebases with their reasons."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from ithrive.improvement.series import Annotation, Rebase

LONGEST_WORDS = 300


def why_not_note(note: Annotation, today: date) -> str | None:
    """The reason a note cannot stand on a chart, or None."""
    if not note.words.strip():
        return "Say what happened."
    return _why_not_day(note.day, today)


def why_not_rebase(rebase: Rebase, others: Collection[Rebase], today: date) -> str | None:
    """The reason lines cannot begin anew on this day, or None. Only a known change of the process is one."""
    if not rebase.reason.strip() or not rebase.by.strip():
        return "Say what changed, and who decided to rebase."
    if any(other.on == rebase.on for other in others):
        return "Lines begin anew on this day already."
    return _why_not_day(rebase.on, today)


def rebases_among(rebases: Iterable[Rebase], days: Iterable[date]) -> tuple[Rebase, ...]:
    """The rebases as a series of figures on these days can carry them.

    Each takes effect at the first figure on or after its day, which then is its day; of several that fall on
    one figure, one stands with all their reasons. One before the first figure changes nothing, and one
    after the last waits for a figure: both are left out.
    """
    in_order = sorted(set(days))
    placed: dict[date, Rebase] = {}
    for rebase in sorted(rebases, key=lambda each: each.on):
        day = next((day for day in in_order if day >= rebase.on), None)
        if day is None or day == in_order[0]:
            continue
        placed[day] = _joined(placed[day], rebase) if day in placed else replace(rebase, on=day)
    return tuple(placed.values())


def _joined(one: Rebase, other: Rebase) -> Rebase:
    reasons = f"{one.reason.strip().rstrip('.')}; {other.reason.strip()}"
    deciders = one.by if one.by == other.by else f"{one.by}, {other.by}"
    return replace(one, reason=reasons, by=deciders)


def _why_not_day(day: date, today: date) -> str | None:
    return "This day is still to come." if day > today else None
