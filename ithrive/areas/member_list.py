"""A list of member areas, as a programme keeps it: a CSV with a row for each area and role."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

from ithrive.areas.coverage.members import member_place
from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.membership import MemberRole, Membership
from ithrive.areas.timeline import PLANNED_AHEAD, in_words, overlaps, plain_day, same_track
from ithrive.problems import BadInput, Problem
from ithrive.tables import Row, read_csv

COLUMNS = ("code", "role", "starts", "ends", "kind", "note")
# What spreadsheets make of a day; the second is day first, as everywhere in the United Kingdom.
DAYS = ("%Y-%m-%d", "%d/%m/%Y")

# Enough to see what is wrong with a file; a wrong file would otherwise be suggested names for all night.
MOST_PROBLEMS = 20

Value = TypeVar("Value")


def read_memberships(
    source: Path | bytes,
    *,
    name: str,
    gazetteer: Gazetteer,
    today: date,
    offered: Collection[MemberRole] = tuple(MemberRole),
) -> tuple[Membership, ...]:
    """The memberships in a CSV with the columns code, role, starts, ends, kind and note.

    Only `code` is needed. An empty role means member, an empty day that it is not known, an empty
    kind that the code says enough. Raises BadInput with the problems found, naming row and column;
    for a role that is none it suggests those `offered`.
    """
    rows = read_csv(source, name=name, needs=("code",))
    problems = list(_unknown_columns(rows, name))
    read: list[tuple[Row, Membership]] = []
    for row in rows:
        try:
            read.append((row, _membership(row, name, gazetteer, today, offered)))
        except BadInput as refusal:
            problems.extend(refusal.problems)
        if len(problems) >= MOST_PROBLEMS:
            mend = "Mend these first and try again."
            raise BadInput([*problems, Problem(name, f"it was read up to row {row.number} only.", mend)])
    problems.extend(islice(_overlapping(read, name, gazetteer), MOST_PROBLEMS))
    if problems:
        raise BadInput(problems)
    return tuple(membership for _, membership in read)


def _unknown_columns(rows: Sequence[Row], name: str) -> Iterator[Problem]:
    # A misspelt heading would otherwise lose a whole column in silence.
    for heading in rows[0].cells if rows else ():
        if heading not in COLUMNS:
            mend = f"Use {', '.join(COLUMNS)}, or take the column out."
            yield Problem(f"{name}, column {heading}", "this column is not known.", mend)


def _membership(
    row: Row, name: str, gazetteer: Gazetteer, today: date, offered: Collection[MemberRole]
) -> Membership:
    problems: list[Problem] = []

    def read(column: str, reader: Callable[[str], Value]) -> Value | None:
        try:
            return reader(row.cells.get(column, ""))
        except BadInput as refusal:
            place = f"{name}, row {row.number}, column {column}"
            problems.extend(Problem(place, each.what, each.mend) for each in refusal.problems)
            return None

    role = read("role", lambda text: _role(text, offered))
    starts = read("starts", lambda text: _day(text, today))
    ends = read("ends", lambda text: _day(text, today))
    kind, note = row.cells.get("kind", ""), row.cells.get("note", "")
    membership = Membership(row.cells["code"], role or MemberRole.MEMBER, kind, starts, ends, note)
    read("ends", lambda _: _after(membership))
    read("code", lambda _: member_place(gazetteer, membership))
    if problems:
        raise BadInput(problems)
    return membership


def _role(text: str, offered: Collection[MemberRole]) -> MemberRole:
    try:
        return MemberRole(text.casefold() or MemberRole.MEMBER)
    except ValueError as error:
        mend = f"Use one of {', '.join(role for role in MemberRole if role in offered)}."
        raise BadInput(Problem("role", f"“{text}” is not a role.", mend)) from error


def _day(text: str, today: date) -> date | None:
    if not text:
        return None
    day = next(filter(None, (_parsed(text, form) for form in DAYS)), None)
    if day is None:
        raise BadInput(Problem("day", f"“{text}” is not a day.", "Write it as 2015-07-31 or 31/07/2015."))
    if day > today + PLANNED_AHEAD:
        what = f"{plain_day(day)} is more than 12 months ahead."
        raise BadInput(Problem("day", what, "Correct it, or leave it empty until it is near."))
    return day


def _parsed(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no time zone
    except ValueError:
        return None


def _after(membership: Membership) -> None:
    starts, ends = membership.starts, membership.ends
    if starts and ends and ends <= starts:
        mend = "Give the first day on which the role no longer holds."
        raise BadInput(Problem("ends", "the end is not after the start.", mend))


def _overlapping(
    read: Sequence[tuple[Row, Membership]], name: str, gazetteer: Gazetteer
) -> Iterator[Problem]:
    """Rows that give one area two roles on the same day, or the same role twice."""
    by_area: dict[tuple[str, str], list[tuple[Row, Membership]]] = {}
    for row, membership in read:
        others = by_area.setdefault(member_place(gazetteer, membership).local_area, [])
        for earlier, other in others:
            if same_track(membership, other) and overlaps(membership, other):
                what = f"it overlaps with row {earlier.number} ({in_words(other)})."
                mend = "An area has one role at a time: take one row out, or end the earlier role."
                yield Problem(f"{name}, row {row.number}, column code", what, mend)
        others.append((row, membership))
