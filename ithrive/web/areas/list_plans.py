"""What a list that somebody sent would change: shown first, then taken exactly as it was shown."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ithrive.areas import membership
from ithrive.areas.list_changes import ListChanges, list_changes
from ithrive.areas.membership import MemberRole
from ithrive.areas.support import SupportGiven, why_not_support
from ithrive.areas.support_list import SupportLine, cell
from ithrive.areas.timeline import Life, Step
from ithrive.problems import BadInput, Problem
from ithrive.web.areas.models import Country, LocalArea, Membership, Support
from ithrive.web.areas.standing import as_given, as_value, by_code, lives

Line = tuple[int, membership.Membership]  # the row as a spreadsheet shows it, and what it says


@dataclass(frozen=True)
class MembershipPlan:
    """The steps that a membership list asks for, and how many of its lines change nothing."""

    steps: tuple[tuple[LocalArea, Step], ...]
    unchanged: int

    @property
    def digest(self) -> str:
        """Stands for the plan: it differs as soon as one step, or what it starts from, does."""
        return _digest(f"{area.pk} {step!r}" for area, step in self.steps)


@dataclass(frozen=True)
class SupportPlan:
    """The entries that a support list adds, and how many of its lines are in the log already."""

    entries: tuple[tuple[LocalArea, SupportGiven], ...]
    unchanged: int

    @property
    def digest(self) -> str:
        return _digest(f"{area.pk} {given!r}" for area, given in self.entries)


def plan_memberships(
    country: Country, lines: Sequence[Line], *, name: str, may_set: frozenset[MemberRole], today: date
) -> MembershipPlan:
    """What the lines change. Raises BadInput with every line that cannot stand.

    Looks only at roles that the person may set, so that no refusal tells of any other.
    """
    problems = [_not_theirs(name, row, line) for row, line in lines if line.role not in may_set]
    placed = _placed(country, lines, name, problems)
    known, lived = _roles(placed, may_set), lives(placed)
    steps, unchanged = list[tuple[LocalArea, Step]](), 0
    for area, numbered in placed.items():
        asked = [line for _, line in numbered]
        changes: ListChanges = list_changes(known[area.pk], asked, lived[area.pk], today)
        steps += [(area, step) for step in changes.steps]
        unchanged += changes.unchanged
        problems += _refused(name, numbered, changes)
    if problems:
        raise BadInput(problems)
    return MembershipPlan(tuple(steps), unchanged)


def plan_support(
    country: Country, lines: Sequence[SupportLine], *, name: str, may_log: Iterable[LocalArea], today: date
) -> SupportPlan:
    """Which lines are new to the log. Raises BadInput with every line that cannot stand."""
    allowed = {area.pk for area in may_log}
    found = by_code(country, (line.given.code for line in lines))
    lived = lives(area for areas in found.values() for area in areas)
    logged = _logged(found)
    problems, entries, unchanged = list[Problem](), list[tuple[LocalArea, SupportGiven]](), 0
    seen: dict[SupportGiven, int] = {}
    for line in lines:
        area, problem = _area_of(found[line.given.code], line.given.code, name, line.row)
        problem = problem or _why_not_line(line, area, allowed, lived, seen, name, today)
        seen.setdefault(line.given, line.row)
        if problem or area is None:
            problems += [problem] if problem else []
        elif line.given in logged:
            unchanged += 1
        else:
            entries.append((area, line.given))
    if problems:
        raise BadInput(problems)
    return SupportPlan(tuple(entries), unchanged)


def _why_not_line(
    line: SupportLine,
    area: LocalArea | None,
    allowed: set[int],
    lived: Mapping[int, Life],
    seen: Mapping[SupportGiven, int],
    name: str,
    today: date,
) -> Problem | None:
    if area is None or area.pk not in allowed:
        what = "You may not record support given to this area."
        return Problem(cell(name, line.row, "code"), what, "Leave the line out, or ask its coach.")
    reason = why_not_support(line.given, lived[area.pk], today)
    if reason:
        return Problem(f"{name}, row {line.row}", reason, "Change the line or leave it out.")
    if line.given in seen:
        what = f"The same support stands in row {seen[line.given]}."
        return Problem(f"{name}, row {line.row}", what, "Leave one out, or tell them apart in the purpose.")
    return None


def _placed(
    country: Country, lines: Sequence[Line], name: str, problems: list[Problem]
) -> dict[LocalArea, list[Line]]:
    """The lines of each area; a problem for every code that names none, or more than one."""
    found = by_code(country, (line.code for _, line in lines))
    placed: dict[LocalArea, list[Line]] = defaultdict(list)
    for row, line in lines:
        having = [area for area in found[line.code] if line.kind in ("", area.kind)]
        area, problem = _area_of(having, line.code, name, row)
        if area:
            placed[area].append((row, line))
        elif problem:
            problems.append(problem)
    return placed


def _area_of(
    having: Sequence[LocalArea], code: str, name: str, row: int
) -> tuple[LocalArea | None, Problem | None]:
    if len(having) == 1:
        return having[0], None
    place = cell(name, row, "code")
    if not having:
        return None, Problem(place, f"No area has the code “{code}”.", "Check the code in the list of areas.")
    kinds = " and ".join(area.kind for area in having)
    return None, Problem(place, f"“{code}” is a {kinds}.", "Say which in a column “kind”.")


def _not_theirs(name: str, row: int, line: membership.Membership) -> Problem:
    what = f"You may not record the role “{line.role}”."
    return Problem(cell(name, row, "role"), what, "Leave the line out.")


def _refused(name: str, numbered: Sequence[Line], changes: ListChanges) -> list[Problem]:
    rows = {line: row for row, line in numbered}
    return [
        Problem(f"{name}, row {rows[line]}", reason, "Change the line or leave it out.")
        for line, reason in changes.refused
    ]


def _roles(
    areas: Iterable[LocalArea], may_set: frozenset[MemberRole]
) -> Mapping[int, list[membership.Membership]]:
    known: dict[int, list[membership.Membership]] = defaultdict(list)
    for row in Membership.objects.filter(area__in=list(areas), role__in=may_set).select_related("area"):
        known[row.area_id].append(as_value(row))
    return known


def _logged(found: Mapping[str, list[LocalArea]]) -> set[SupportGiven]:
    areas = [area for same_code in found.values() for area in same_code]
    return {as_given(row) for row in Support.objects.filter(area__in=areas).select_related("area")}


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
