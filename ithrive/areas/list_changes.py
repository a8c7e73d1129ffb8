"""What a membership list would change for one area that has roles already.

A blank in the list says "not stated": it fills nothing in and clears nothing. So the same list read twice
changes nothing the second time, and a shorter list never undoes what a longer one said.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ithrive.areas.membership import Membership
from ithrive.areas.timeline import Life, Step, begun, why_not_begin, why_not_beside, why_not_dates


@dataclass(frozen=True, slots=True)
class ListChanges:
    """The steps a list asks for, how many of its lines change nothing, and which it cannot have."""

    steps: tuple[Step, ...]
    unchanged: int
    refused: tuple[tuple[Membership, str], ...]


def list_changes(
    existing: Sequence[Membership], listed: Iterable[Membership], life: Life, today: date
) -> ListChanges:
    """What one area's lines of a list change, taken in order of their days."""
    roles, steps, unchanged = list(existing), list[Step](), 0
    refused: list[tuple[Membership, str]] = []
    for line in sorted(listed, key=lambda each: each.starts or date.min):
        reason, made = _asked(roles, line, life, today)
        if reason:
            refused.append((line, reason))
        elif not made:
            unchanged += 1
        for step in made:
            roles = [each for each in roles if each != step.before] + [step.after]
            steps.append(step)
    return ListChanges(_joined(steps), unchanged, tuple(refused))


def _asked(
    roles: Sequence[Membership], line: Membership, life: Life, today: date
) -> tuple[str | None, tuple[Step, ...]]:
    known = _known(roles, line)
    if known is None:
        reason = why_not_begin(roles, line, life, today)
        return reason, () if reason else begun(roles, line)
    filled = replace(
        known,
        starts=line.starts or known.starts,
        ends=line.ends or known.ends,
        note=line.note or known.note,
    )
    if filled == known:
        return None, ()
    others = [each for each in roles if each != known]
    reason = why_not_dates(filled, life, today) or why_not_beside(others, filled)
    return reason, () if reason else (Step(known, filled),)


def _known(roles: Iterable[Membership], line: Membership) -> Membership | None:
    """The role a line speaks of: the same start, or the one of its role whose start either leaves open."""
    alike = [each for each in roles if each.role is line.role]
    exact = [each for each in alike if each.starts == line.starts]
    if exact:
        return exact[0]
    if line.starts is None:
        return next((each for each in alike if each.ends is None), None)
    return next((each for each in alike if each.starts is None and _reaches(each, line.starts)), None)


def _reaches(role: Membership, day: date) -> bool:
    return role.ends is None or day < role.ends


def _joined(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Steps upon the same role made one, so that a preview shows each role once, as it will be."""
    joined: list[Step] = []
    for step in steps:
        for number, earlier in enumerate(joined):
            if step.before is not None and earlier.after == step.before:
                joined[number] = Step(earlier.before, step.after)
                break
        else:
            joined.append(step)
    return tuple(joined)
