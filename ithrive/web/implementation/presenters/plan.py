"""The words of an area's plan, on the page and in a table to take away."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ithrive.areas.timeline import plain_day
from ithrive.framework.approach import approach
from ithrive.implementation import ActionState, state_of
from ithrive.web.implementation.models import Action, Priority
from ithrive.web.implementation.values import as_planned

COLOURS = {
    ActionState.OPEN: "blue",
    ActionState.OVERDUE: "red",
    ActionState.DONE: "green",
    ActionState.DROPPED: "grey",
}
STILL = frozenset({ActionState.OPEN, ActionState.OVERDUE})
PLAN_COLUMNS = (
    "Priority",
    "Why it was chosen",
    "Why it was proposed",
    "Chosen on",
    "Priority closed on",
    "Action",
    "Owner",
    "Due on",
    "State",
    "Done on",
    "Evidence or reason",
    "Step of the Approach",
)


@dataclass(frozen=True, slots=True)
class RoundLink:
    """The round that proposed a priority, for a reader who may see it."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class ActionShown:
    number: int
    title: str
    owner: str
    due: str
    state: str
    colour: str
    outcome: str
    step: str
    still: bool


@dataclass(frozen=True, slots=True)
class PriorityShown:
    number: int
    title: str
    chosen: str
    because: str
    proposed: str
    round: RoundLink | None
    closed: str
    actions: tuple[ActionShown, ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    sentence: str
    overdue: int
    open: tuple[PriorityShown, ...]
    closed: tuple[PriorityShown, ...]


def plan_page(
    priorities: Sequence[Priority], today: date, rounds: Mapping[int, RoundLink] | None = None
) -> PlanPage:
    """`priorities` with their actions, in the order in which they are shown. `rounds`: those that the reader
    may see, by number."""
    shown = [(row, _priority(row, today, rounds or {})) for row in priorities]
    states = [state_of(as_planned(each), today) for row in priorities for each in row.actions.all()]
    return PlanPage(
        sentence=_sentence(priorities, states),
        overdue=states.count(ActionState.OVERDUE),
        open=tuple(each for row, each in shown if not row.closed_on),
        closed=tuple(each for row, each in shown if row.closed_on),
    )


def plan_rows(priorities: Sequence[Priority], today: date) -> Iterator[tuple[object, ...]]:
    """One row an action; a priority without actions has a row of its own."""
    for row in priorities:
        chosen = (row.title, row.chosen_because, row.proposed_because, row.chosen_on, row.closed_on)
        actions = list(row.actions.all())
        for action in actions:
            yield *chosen, *_action_cells(action, today)
        if not actions:
            yield *chosen, *[None] * (len(PLAN_COLUMNS) - len(chosen))


def step_name(code: str) -> str:
    step = approach().step(code)
    return step.name if step else ""


def _action_cells(row: Action, today: date) -> tuple[object, ...]:
    state = state_of(as_planned(row), today)
    said = row.evidence or row.dropped_because
    return row.title, row.owner, row.due_on, str(state), row.done_on, said, step_name(row.step)


def _priority(row: Priority, today: date, rounds: Mapping[int, RoundLink]) -> PriorityShown:
    actions = sorted(row.actions.all(), key=lambda each: (_settled(each, today), each.due_on, each.pk))
    closed = f"Closed on {plain_day(row.closed_on)}: {row.closed_because}" if row.closed_on else ""
    return PriorityShown(
        row.pk,
        row.title,
        plain_day(row.chosen_on),
        row.chosen_because,
        row.proposed_because,
        rounds.get(row.round) if row.round else None,
        closed,
        tuple(_action(each, today) for each in actions),
    )


def _settled(row: Action, today: date) -> bool:
    return state_of(as_planned(row), today) not in STILL


def _action(row: Action, today: date) -> ActionShown:
    state = state_of(as_planned(row), today)
    return ActionShown(
        row.pk,
        row.title,
        row.owner,
        plain_day(row.due_on),
        state.capitalize(),
        COLOURS[state],
        _outcome(row),
        step_name(row.step),
        still=state in STILL,
    )


def _outcome(row: Action) -> str:
    if row.done_on:
        return f"Done on {plain_day(row.done_on)}: {row.evidence}"
    return f"Dropped: {row.dropped_because}" if row.dropped_because else ""


def _sentence(priorities: Sequence[Priority], states: Sequence[ActionState]) -> str:
    working_on = sum(row.closed_on is None for row in priorities)
    if not priorities:
        return "No priority is chosen yet."
    many = "1 priority" if working_on == 1 else f"{working_on} priorities"
    overdue = states.count(ActionState.OVERDUE)
    parts = [f"{states.count(ActionState.DONE)} done", f"{states.count(ActionState.OPEN)} open"]
    parts += [f"{overdue} overdue"] if overdue else []
    return f"Working on {many}. Actions: {', '.join(parts)}."
