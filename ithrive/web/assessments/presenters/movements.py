"""What changed between two rounds: the statements that moved, with both reasons, and what is not compared."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ithrive.assessments.estimates import NotComputable
from ithrive.assessments.movement import Change, Movement
from ithrive.assessments.profile import Profile
from ithrive.web.assessments.presenters.figures import change, counted, listed, signed

NO_REASON = "The raters agreed."


@dataclass(frozen=True, slots=True)
class Moved:
    """A statement whose score changed. `beyond`: whether the raters' own scores then and now lie apart."""

    text: str
    reworded: bool
    before: int
    after: int
    change: str
    beyond: str
    reason_before: str
    reason: str


@dataclass(frozen=True, slots=True)
class MovementPart:
    """Movement since one earlier round: `anchor` names the part on its page."""

    anchor: str
    title: str
    sentences: tuple[str, ...]
    moved: tuple[Moved, ...]
    not_compared: tuple[str, ...]


def movement_part(
    anchor: str, title: str, before: Profile, after: Profile, movement: Movement
) -> MovementPart:
    """`before` is the profile that the movement starts from, `after` the one it ends with."""
    moved = sorted((each for each in movement.changes.values() if each.steps), key=lambda each: -each.steps)
    return MovementPart(
        anchor,
        title,
        (_overall(movement), _counts(movement), *_about_versions(before, after, movement)),
        tuple(_moved(each, before, after) for each in moved),
        tuple(_not_compared(before, after, movement)),
    )


def _overall(movement: Movement) -> str:
    found = movement.overall
    if isinstance(found, NotComputable):
        return f"Totals are not compared. {found.reason}"
    then, now = found.before.percent.value, found.after.percent.value
    over = counted(found.over, "statement", "statements")
    return (
        f"Overall {signed(found.percent, 1)} on the scale from 0 to 100, from {then:.1f} to {now:.1f}, "
        f"over the {over} scored both times."
    )


def _counts(movement: Movement) -> str:
    ways = Counter((each.steps > 0) - (each.steps < 0) for each in movement.changes.values())
    words = [f"{ways[way]} {word}" for way, word in ((1, "higher"), (-1, "lower"), (0, "the same"))]
    return f"Statement by statement: {listed(words)}."


def _about_versions(before: Profile, after: Profile, movement: Movement) -> Iterable[str]:
    """Which versions are compared, where they differ, and what follows from it."""
    if before.instrument == after.instrument:
        return
    if before.instrument.code != after.instrument.code:
        yield "The two rounds used different instruments, so no statement is compared."
        return
    reworded = sum(each.reworded for each in movement.changes.values())
    yield (
        f"The earlier round was made with version {before.instrument.version} of the instrument, this one "
        f"with version {after.instrument.version}. Only statements that are in both are compared; "
        f"{reworded} of them worded otherwise, so that those scores may not mean the same."
    )


def _moved(found: Change, before: Profile, after: Profile) -> Moved:
    code = found.statement.code
    return Moved(
        found.statement.text,
        found.reworded,
        found.before,
        found.after,
        change(found.steps),
        "yes" if _apart(before, after, code) else "no",
        found.reason_before or NO_REASON,
        found.reason or NO_REASON,
    )


def _apart(before: Profile, after: Profile, code: str) -> bool:
    """Whether no rater's score of then could also be one of now: otherwise the change may be the raters'."""
    then, now = before.statements[code], after.statements[code]
    ends = [each or 0 for each in (then.low, then.high, now.low, now.high)]
    return ends[1] < ends[2] or ends[3] < ends[0]


def _not_compared(before: Profile, after: Profile, movement: Movement) -> Iterable[str]:
    for code in movement.only_after:
        yield f"{after.statements[code].statement.text} (not in the earlier version)"
    for code in movement.only_before:
        yield f"{before.statements[code].statement.text} (not in this version)"
    for code in movement.not_scored:
        yield f"{after.statements[code].statement.text} (has no score in one of the rounds)"
