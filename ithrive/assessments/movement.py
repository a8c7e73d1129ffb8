"""Movement between rounds: what changed, with the reasons, on what both rounds can be compared on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ithrive.assessments.estimates import NotComputable
from ithrive.assessments.profile import Profile, Totalled, totalled
from ithrive.framework.instrument import Statement

NOTHING_SHARED = "No statement here was scored in both rounds."


@dataclass(frozen=True, slots=True)
class Change:
    """One statement scored in both rounds, with the reasons given for the earlier and the later score.

    `reworded` says that its text or anchors differ between the two versions of the instrument, so that the
    scores may not mean the same.
    """

    statement: Statement
    before: int
    after: int
    reason_before: str
    reason: str
    reworded: bool

    @property
    def steps(self) -> int:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class TotalChange:
    """Two totals over the statements scored in both rounds (`over` in number), with the same weights."""

    before: Totalled
    after: Totalled
    over: int

    @property
    def own(self) -> float:
        """On the instrument's own scale."""
        return self.after.own.value - self.before.own.value

    @property
    def percent(self) -> float:
        """On the scale from 0 to 100."""
        return self.after.percent.value - self.before.percent.value


@dataclass(frozen=True, slots=True)
class Movement:
    """What changed from one round to another.

    Only statements scored in both rounds are compared, and every other one is named: `only_before` and
    `only_after` are in one version of the instrument alone, `not_scored` are in both versions.
    Totals are not compared where a weight or the way of adding up changed.
    """

    changes: Mapping[str, Change]
    levels: Mapping[str, TotalChange | NotComputable]
    overall: TotalChange | NotComputable
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    not_scored: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A round with its movement since its baseline and since the round before.

    None for the baseline itself, and where there is no round before. See `baselines`.
    """

    profile: Profile
    since_baseline: Movement | None
    since_last: Movement | None


def movement(before: Profile, after: Profile) -> Movement:
    """What changed from the earlier profile to the later one, in the order of the later instrument."""
    shared = _shared(before, after)
    changes = _changes(before, after, shared)
    by_level = {
        level.code: [code for code, each in changes.items() if each.statement.level == level.code]
        for level in after.instrument.level
    }
    return Movement(
        changes,
        {level: _total_change(before, after, codes) for level, codes in by_level.items()},
        _total_change(before, after, list(changes)),
        tuple(code for code in before.statements if code not in shared),
        tuple(code for code in after.statements if code not in shared),
        tuple(code for code in shared if code not in changes),
    )


def baselines(studies: Sequence[str]) -> list[int]:
    """Which round each is told against, by its place. `studies`: of an area's rounds in turn, empty for none.

    A study's rounds are told against the first that the study held, so that nothing imported from before it
    moves its baseline. All others are told against the area's first round.
    """
    return [studies.index(each) if each else 0 for each in studies]


def steps(profiles: Sequence[Profile], studies: Sequence[str] = ()) -> tuple[Step, ...]:
    """The rounds of an area, given from the first to the last, each with its movement."""
    first = baselines(studies or [""] * len(profiles))
    return tuple(
        Step(
            each,
            movement(profiles[first[number]], each) if first[number] != number else None,
            movement(profiles[number - 1], each) if number else None,
        )
        for number, each in enumerate(profiles)
    )


def _shared(before: Profile, after: Profile) -> list[str]:
    """The statements in both versions. The same code in another instrument is another statement."""
    if before.instrument.code != after.instrument.code:
        return []
    return [code for code in after.statements if code in before.statements]


def _changes(before: Profile, after: Profile, shared: Iterable[str]) -> dict[str, Change]:
    changes = {}
    for code in shared:
        then, now = before.statements[code], after.statements[code]
        if then.score is not None and now.score is not None:
            reworded = _wording(then.statement) != _wording(now.statement)
            changes[code] = Change(now.statement, then.score, now.score, then.reason, now.reason, reworded)
    return changes


def _wording(statement: Statement) -> tuple[str, ...]:
    return statement.text, *statement.anchors


def _total_change(before: Profile, after: Profile, codes: Sequence[str]) -> TotalChange | NotComputable:
    if why_not := _why_not_compare(before, after, codes):
        return NotComputable(why_not)
    then, now = (
        totalled([profile.statements[code] for code in codes], profile.instrument.total)
        for profile in (before, after)
    )
    if then is None or now is None:
        return NotComputable(NOTHING_SHARED)
    return TotalChange(then, now, len(codes))


def _why_not_compare(before: Profile, after: Profile, codes: Sequence[str]) -> str | None:
    """The reason two totals cannot be set against each other, or None if they can."""
    versions = f"version {before.instrument.version} and version {after.instrument.version}"
    if before.instrument.code != after.instrument.code:
        return (
            f"The rounds used different instruments: {before.instrument.title} and {after.instrument.title}."
        )
    if before.instrument.total is not after.instrument.total:
        return f"The way of adding up scores changed between {versions}."
    reweighted = [
        code
        for code in codes
        if before.statements[code].statement.weight != after.statements[code].statement.weight
    ]
    if reweighted:
        return f"Weights changed between {versions}: {', '.join(reweighted)}."
    return None
