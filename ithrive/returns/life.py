"""The life of a return, as a table, and the reason why a step cannot be taken."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType

from ithrive.returns.findings import Finding, Severity, open_findings


class State(StrEnum):
    """Where one version of a return stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    QUERIED = "queried"  # the programme asked something; the area answers and submits again
    SIGNED_OFF = "signed off"
    REPLACED = "replaced"  # a later version was signed off; this one is kept as it was


NEXT: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        State.DRAFT: frozenset({State.SUBMITTED}),
        State.SUBMITTED: frozenset({State.QUERIED, State.SIGNED_OFF}),
        State.QUERIED: frozenset({State.SUBMITTED}),
        State.SIGNED_OFF: frozenset({State.REPLACED}),
        State.REPLACED: frozenset(),
    }
)
# Figures change only here; afterwards a new version is needed.
FIGURES_CHANGE_IN = frozenset({State.DRAFT, State.QUERIED})


def why_not_move(state: State, to: State) -> str | None:
    """The reason a return cannot go from one state to another, or None if the table has the step."""
    if to in NEXT[state]:
        return None
    return f"A return that is {state} cannot become {to}."


def why_not_change(state: State) -> str | None:
    """The reason figures cannot be changed."""
    if state in FIGURES_CHANGE_IN:
        return None
    return f"This return is {state}, so its figures can no longer change. Start a new version instead."


def why_not_submit(state: State, findings: Collection[Finding]) -> str | None:
    """The reason a return cannot be submitted: what has to be mended or explained first."""
    if state not in FIGURES_CHANGE_IN:
        return f"This return is {state}. Only a draft, or a return with queries, can be submitted."
    return _unsettled(findings)


def why_not_query(state: State, *, question: str) -> str | None:
    """The reason the programme cannot send a return back with a question."""
    if state is not State.SUBMITTED:
        return f"This return is {state}. Only a submitted return can be queried."
    if not question.strip():
        return "Say what you want to know, so that the area can answer."
    return None


def why_not_sign_off(
    state: State, findings: Collection[Finding], *, submitted_by: str, by: str
) -> str | None:
    """The reason this person cannot sign a return off. It takes somebody other than who submitted it."""
    if state is not State.SUBMITTED:
        return f"This return is {state}. Only a submitted return can be signed off."
    if by == submitted_by:
        return "Someone other than the person who submitted it must sign it off."
    return _unsettled(findings)


def why_not_resubmit(state: State, *, reason: str, newer_version: State | None) -> str | None:
    """The reason a new version cannot be started. `newer_version`: where one that was started stands."""
    if state is not State.SIGNED_OFF:
        return f"This version is {state}. A new version follows one that was signed off."
    if newer_version is not None:
        return f"A newer version is {newer_version} already. Go on with that one."
    if not reason.strip():
        return "Say why the figures are sent again; the reason is shown with the differences."
    return None


def _unsettled(findings: Collection[Finding]) -> str | None:
    standing = open_findings(findings)
    wrong = sum(each.severity is Severity.MUST_FIX for each in standing)
    if not standing:
        return None
    parts = [_times(wrong, "finding must be mended", "findings must be mended")]
    parts.append(_times(len(standing) - wrong, "query needs a reason", "queries need a reason"))
    return " and ".join(filter(None, parts)) + " first."


def _times(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""
