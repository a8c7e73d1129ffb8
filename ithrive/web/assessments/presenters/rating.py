"""The words of the rating page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from ithrive.assessments.moderation import LONGEST_EVIDENCE, LONGEST_REASON
from ithrive.framework.instrument import Instrument, Statement
from ithrive.web.assessments.forms.rating import CANNOT, Typed, typed_from
from ithrive.web.assessments.models import RaterOnRound, Rating, Round

ALL, MISSING = "all", "missing"


@dataclass(frozen=True, slots=True)
class AnchorShown:
    value: str
    text: str
    checked: bool


@dataclass(frozen=True, slots=True)
class StatementShown:
    """One statement with its boxes. `theirs` is what another tab or device saved, where the two differ."""

    code: str
    number: int
    text: str
    principle: str
    measure: str
    anchors: tuple[AnchorShown, ...]
    cannot: bool
    why: str
    evidence: str
    seen: str
    state: str
    done: bool
    problem: str
    theirs: str
    unsaved: bool


@dataclass(frozen=True, slots=True)
class PartShown:
    """A way to show some of the statements: a level, all of them, those still to do."""

    text: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class RatingPage:
    title: str
    progress: str
    window: str
    purpose: str
    parts: tuple[PartShown, ...]
    statements: tuple[StatementShown, ...]
    problems: tuple[tuple[str, str], ...]  # the statement's text, the reason
    returned: str
    newer: str
    restored: bool
    practised: bool
    mark: str
    queue: str
    save: str
    next: str
    last: bool
    longest_why: int = LONGEST_REASON
    longest_evidence: int = LONGEST_EVIDENCE


def queue_of(rater: RaterOnRound) -> str:
    """The name under which a browser keeps what this rater typed and could not save yet."""
    return f"ithrive rating {rater.pk} {rater.person_id}"


def rating_page(
    round: Round,
    instrument: Instrument,
    rater: RaterOnRound,
    saved: Mapping[str, Rating],
    *,
    part: str,
    mark: str,
    typed: Mapping[str, Typed] | None = None,
    refused: Mapping[str, str] | None = None,
    conflicts: Mapping[str, Rating] | None = None,
    newer: str = "",
    restored: bool = False,
) -> RatingPage:
    """`typed`: boxes as somebody left them, where they differ from what is saved; `refused`: why one could
    not be saved; `conflicts`: what another tab or device saved meanwhile."""
    typed, refused, conflicts = typed or {}, refused or {}, conflicts or {}
    shown = [*statements_in(part, instrument, saved)]
    shown += [each for each in instrument.statement if each.code in typed and each not in shown]
    numbers = {each.code: number for number, each in enumerate(instrument.statement, 1)}
    level = instrument.level_named(part)
    return RatingPage(
        title=f"Rate {round.area.name}: round due {round.due_on:%-d %B %Y}",
        progress=progress(instrument, saved),
        window=f"The window closes on {round.window_closes:%-d %B %Y}.",
        purpose=f"{level.name}: {level.purpose}" if level and level.purpose else "",
        parts=tuple(parts_shown(round, part, instrument, saved)),
        statements=tuple(
            _shown(each, numbers[each.code], saved.get(each.code), typed.get(each.code),
                   refused.get(each.code, ""), conflicts.get(each.code))
            for each in shown
        ),
        problems=tuple((each.code, f"Statement {numbers[each.code]}: {reason}")
                       for each in shown for reason in [_reason(each.code, refused, conflicts)] if reason),
        returned=rater.returned_because,
        newer=newer,
        restored=restored,
        practised=rater.calibration is not None,
        mark=mark,
        queue=queue_of(rater),
        save=reverse("assessments:save-rating", args=[round.pk]),
        next=part_after(part, instrument),
        last=part_after(part, instrument) == "",
    )  # fmt: skip


def statements_in(part: str, instrument: Instrument, saved: Mapping[str, Rating]) -> Sequence[Statement]:
    """The statements of a level, all of them, or those with neither a score nor a reason for having none."""
    if part == ALL:
        return instrument.statement
    if part == MISSING:
        return [each for each in instrument.statement if not done(saved.get(each.code))]
    return instrument.on_level(part)


def parts_of(instrument: Instrument) -> list[str]:
    return [*levels_of(instrument), ALL, MISSING]


def levels_of(instrument: Instrument) -> dict[str, str]:
    """The names of the levels that have statements, by code."""
    return {each.code: each.name for each in instrument.level if instrument.on_level(each.code)}


def part_after(part: str, instrument: Instrument) -> str:
    """The level to go on with; nothing after the last one."""
    levels = list(levels_of(instrument))
    after = levels[levels.index(part) + 1 :] if part in levels else []
    return after[0] if after else ""


def done(row: Rating | None) -> bool:
    return row is not None and (row.score is not None or bool(row.cannot_rate))


def progress(instrument: Instrument, saved: Mapping[str, Rating]) -> str:
    """How far the rater is, in a sentence."""
    rows = [saved.get(each.code) for each in instrument.statement]
    scored = sum(1 for each in rows if each and each.score is not None)
    cannot = sum(1 for each in rows if each and each.cannot_rate)
    left = len(rows) - scored - cannot
    end = "Nothing is left to do." if left == 0 else f"{left} still to do."
    middle = f" {cannot} cannot be rated." if cannot else ""
    return f"{scored} of {len(rows)} statements rated.{middle} {end}"


def said(row: Rating | Typed) -> str:
    """What one side of a conflict says, in words."""
    typed = row if isinstance(row, Typed) else typed_from(row)
    words = {"": "No score", CANNOT: f"Cannot rate: {typed.why}"}.get(typed.choice, f"Score {typed.choice}")
    return f"{words}. Evidence: {typed.evidence or 'none'}"


def at(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


def _reason(code: str, refused: Mapping[str, str], conflicts: Mapping[str, Rating]) -> str:
    if code in conflicts:
        return "This was saved from another tab or device too. Choose which to keep."
    return refused.get(code, "")


def parts_shown(
    round: Round, part: str, instrument: Instrument, saved: Mapping[str, Rating]
) -> list[PartShown]:
    """The ways to show some of the statements, each with how much of it is done."""
    address = reverse("assessments:rate", args=[round.pk])
    names = levels_of(instrument) | {ALL: "All", MISSING: "Still to do"}
    found = []
    for code, name in names.items():
        within = statements_in(code, instrument, saved)
        rated = sum(1 for each in within if done(saved.get(each.code)))
        count = f"{len(within)}" if code == MISSING else f"{rated} of {len(within)}"
        found.append(PartShown(f"{name} ({count})", f"{address}?part={code}", code == part))
    return found


def _shown(
    each: Statement, number: int, row: Rating | None, typed: Typed | None, problem: str, theirs: Rating | None
) -> StatementShown:
    boxes = typed or typed_from(row)
    return StatementShown(
        code=each.code,
        number=number,
        text=each.text,
        principle=each.principle,
        measure=each.measure,
        anchors=tuple(
            AnchorShown(str(score), anchor, boxes.choice == str(score))
            for score, anchor in enumerate(each.anchors, 1)
        ),
        cannot=boxes.choice == CANNOT,
        why=boxes.why,
        evidence=boxes.evidence,
        # What was typed and not saved must not pass for what the page was made from.
        seen=boxes.seen if typed is None or boxes.unsettled else f"{boxes.saves}:typed",
        state="" if typed else f"Saved at {at(row.saved_at)}" if row else "",
        done=done(row),
        problem=problem,
        theirs=f"Saved at {at(theirs.saved_at)}: {said(theirs)}" if theirs and theirs.saves else "",
        unsaved=typed is not None,
    )
