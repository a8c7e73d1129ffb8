"""The words of the moderation page: what each rater said side by side, and what is agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from ithrive.assessments.moderated import Compared, agreed_without_talk, compared
from ithrive.assessments.ratings import Rating
from ithrive.framework.instrument import Instrument, Statement
from ithrive.web.assessments.actions import Decision
from ithrive.web.assessments.models import Agreed, RaterOnRound, Round
from ithrive.web.assessments.presenters.rating import PartShown, levels_of

ALL, DIFFER, LEFT = "all", "differ", "left"
CANNOT = "cannot"


@dataclass(frozen=True, slots=True)
class SideShown:
    rater: str
    said: str
    evidence: str


@dataclass(frozen=True, slots=True)
class ChoiceShown:
    value: str
    text: str
    checked: bool


@dataclass(frozen=True, slots=True)
class StatementShown:
    code: str
    number: int
    text: str
    sides: tuple[SideShown, ...]
    differs: bool
    hint: str
    choices: tuple[ChoiceShown, ...]
    reason: str
    seen: int
    state: str
    problem: str


@dataclass(frozen=True, slots=True)
class ModerationPage:
    title: str
    progress: str
    parts: tuple[PartShown, ...]
    statements: tuple[StatementShown, ...]
    problems: tuple[tuple[str, str], ...]
    may_change: bool


def moderation_page(
    round: Round,
    instrument: Instrument,
    raters: Sequence[RaterOnRound],
    ratings: Sequence[Rating],
    agreed: Mapping[str, Agreed],
    *,
    part: str,
    may_change: bool,
    typed: Mapping[str, Decision] | None = None,
    refused: Mapping[str, str] | None = None,
) -> ModerationPage:
    """`typed` and `refused`: the decisions that could not stand, as they were sent, and why."""
    typed, refused = typed or {}, refused or {}
    sides = compared(ratings, instrument)
    alike = agreed_without_talk(sides)
    evidence = {(each.statement, each.rater): each.evidence for each in ratings}
    names = {str(each.pk): each.person.name for each in raters}
    numbers = {each.code: number for number, each in enumerate(instrument.statement, 1)}

    def shown(each: Statement) -> StatementShown:
        proposal = alike[each.code].score if each.code in alike else None
        row, decision = agreed.get(each.code), typed.get(each.code)
        choice = _choice(
            row, decision, CANNOT if proposal is None else str(proposal), proposed=each.code in alike
        )
        return StatementShown(
            code=each.code,
            number=numbers[each.code],
            text=each.text,
            sides=tuple(_side(names, sides[each.code], evidence, rater) for rater in names),
            differs=sides[each.code].differs,
            hint="" if row or each.code not in alike else _alike(proposal),
            choices=tuple(_choices(each, choice)),
            reason=decision.reason if decision else row.reason if row else "",
            seen=row.pk if row else 0,
            state=_state(row),
            problem=refused.get(each.code, ""),
        )

    return ModerationPage(
        title=f"Agree the scores of {round.area.name}",
        progress=progress(instrument, agreed),
        parts=tuple(_parts(round, part, instrument, sides, agreed)),
        statements=tuple(shown(each) for each in statements_in(part, instrument, sides, agreed, refused)),
        problems=tuple((code, f"Statement {numbers[code]}: {reason}") for code, reason in refused.items()),
        may_change=may_change,
    )


def parts_of(instrument: Instrument) -> list[str]:
    return [DIFFER, LEFT, *levels_of(instrument), ALL]


def statements_in(
    part: str,
    instrument: Instrument,
    sides: Mapping[str, Compared],
    agreed: Mapping[str, Agreed],
    refused: Mapping[str, str] | None = None,
) -> list[Statement]:
    """The statements of a part, and always those whose decision could not stand."""

    def wanted(each: Statement) -> bool:
        if part == DIFFER:
            return sides[each.code].differs
        return part == ALL or (each.code not in agreed if part == LEFT else each.level == part)

    return [each for each in instrument.statement if wanted(each) or each.code in (refused or {})]


def progress(instrument: Instrument, agreed: Mapping[str, Agreed]) -> str:
    codes = [each.code for each in instrument.statement]
    return f"{sum(1 for code in codes if code in agreed)} of {len(codes)} statements have an agreed score."


def _side(
    names: Mapping[str, str], side: Compared, evidence: Mapping[tuple[str, str], str], rater: str
) -> SideShown:
    if rater in side.scores:
        said = str(side.scores[rater])
    else:
        said = f"Cannot rate: {side.cannot_rate[rater]}" if rater in side.cannot_rate else "Not rated"
    return SideShown(names[rater], said, evidence.get((side.statement, rater), ""))


def _alike(score: int | None) -> str:
    said = "that it cannot be rated" if score is None else f"{score}"
    return f"All raters said {said}, so that is proposed."


def _choice(row: Agreed | None, decision: Decision | None, proposal: str, *, proposed: bool) -> str:
    if decision:
        return CANNOT if decision.score is None else str(decision.score)
    if row:
        return CANNOT if row.score is None else str(row.score)
    return proposal if proposed else ""


def _choices(each: Statement, choice: str) -> list[ChoiceShown]:
    offered = [(str(score), f"{score} {anchor}") for score, anchor in enumerate(each.anchors, 1)]
    return [
        ChoiceShown(value, text, value == choice) for value, text in [*offered, (CANNOT, "Cannot be rated")]
    ]


def _state(row: Agreed | None) -> str:
    if row is None:
        return "Nothing is agreed yet."
    said = "cannot be rated" if row.score is None else f"{row.score}"
    return f"Agreed: {said}, by {row.agreed_by.name}."


def _parts(
    round: Round,
    part: str,
    instrument: Instrument,
    sides: Mapping[str, Compared],
    agreed: Mapping[str, Agreed],
) -> list[PartShown]:
    address = reverse("assessments:moderate", args=[round.pk])
    names = {DIFFER: "Raters differ", LEFT: "Not agreed yet", **levels_of(instrument), ALL: "All"}
    return [
        PartShown(
            f"{name} ({len(statements_in(code, instrument, sides, agreed))})",
            f"{address}?part={code}",
            code == part,
        )
        for code, name in names.items()
    ]
