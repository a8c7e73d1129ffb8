"""The words of the pages on rounds: what is due, the rounds of an area, one round."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from ithrive.areas.timeline import plain_day
from ithrive.assessments.life import State
from ithrive.assessments.schedule import Timeliness, timeliness
from ithrive.web.areas.models import LocalArea
from ithrive.web.assessments.actions.raters import VIEWS
from ithrive.web.assessments.models import Agreed, InstrumentVersion, Purpose, RaterOnRound, Round
from ithrive.web.components.parts import Params, summary_list, table, tag

COLOURS = {
    Timeliness.TO_COME: "grey",
    Timeliness.DUE: "blue",
    Timeliness.OVERDUE: "orange",
    Timeliness.ON_TIME: "green",
    Timeliness.LATE: "yellow",
    Timeliness.MISSED: "red",
    Timeliness.MISSED_HELD_LATE: "yellow",
}
STATES = {
    State.SCHEDULED: "Scheduled",
    State.OPEN: "Open for rating",
    State.MODERATING: "Scores are being agreed",
    State.LOCKED: "Locked, waiting for a second signature",
    State.SIGNED_OFF: "Signed off",
    State.MISSED: "Missed",
}


@dataclass(frozen=True, slots=True)
class RaterShown:
    number: int
    name: str
    view: str
    state: str
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class RoundPage:
    title: str
    tag: Params
    facts: Params
    raters: tuple[RaterShown, ...]
    blind: str
    buttons: tuple[tuple[str, str], ...]
    waits: tuple[str, ...]
    notices: tuple[str, ...]
    back: str


def timely(round: Round, today: date) -> Timeliness:
    held = timezone.localdate(round.submitted_at) if round.submitted_at else None
    return timeliness(round.window, today=today, held_on=held, missed=round.missed_at is not None)


def timely_tag(round: Round, today: date) -> Params:
    how = timely(round, today)
    return tag(how.capitalize(), COLOURS[how])


def rounds_table(caption: str, rounds: Iterable[Round], today: date, *, areas: bool) -> Params:
    """Rounds with what is due and how late they were; the missed ones stay in the list."""
    rows = []
    for each in rounds:
        row: list[object] = [(plain_day(each.due_on), reverse("assessments:round", args=[each.pk]))]
        row += [each.area.name] if areas else []
        row += [kind_of(each), STATES[State(each.state)], timely(each, today).capitalize()]
        rows.append([*row, window_of(each)])
    headings = ["Due", *(["Area"] if areas else []), "Kind", "State", "In its time?", "Window"]
    return table(caption, headings, rows)


def tasks_table(tasks: Iterable[RaterOnRound], today: date) -> Params:
    """What somebody is asked to rate."""
    rows = [
        [
            (each.round.area.name, reverse("assessments:round", args=[each.round_id])),
            plain_day(each.round.due_on),
            plain_day(each.round.window_closes),
            timely(each.round, today).capitalize(),
        ]
        for each in tasks
    ]
    return table("Waiting for your ratings", ["Area", "Due", "Window closes", "In its time?"], rows)


def kind_of(round: Round) -> str:
    label = str(Purpose(round.purpose).label)
    return f"{label}, study {round.study}" if round.study else label


def window_of(round: Round) -> str:
    return f"{plain_day(round.window_opens)} to {plain_day(round.window_closes)}"


def rounds_address(area: LocalArea) -> str:
    return reverse("assessments:area-rounds", args=[area.country.slug, area.kind, area.code])


def round_page(
    round: Round,
    raters: Sequence[RaterOnRound],
    today: date,
    *,
    newer: InstrumentVersion | None,
    may_change_raters: bool,
    blind: str,
    buttons: Sequence[tuple[str, str]],
    waits: Sequence[str],
    notices: Sequence[str] = (),
) -> RoundPage:
    """`buttons`: the steps that the person may take, as (text, address); `waits`: why others must wait;
    `notices`: what they should know before they go on."""
    return RoundPage(
        title=f"{round.area.name}: round due {plain_day(round.due_on)}",
        tag=timely_tag(round, today),
        facts=summary_list(_facts(round, newer)),
        raters=tuple(_rater(each, may_change_raters) for each in raters),
        blind=blind,
        buttons=tuple(buttons),
        waits=tuple(waits),
        notices=tuple(notices),
        back=rounds_address(round.area),
    )


def superseded_table(rows: Sequence[Agreed]) -> Params:
    """Every score ever agreed, with those that later ones took the place of."""
    shown = [
        [
            each.statement,
            "Cannot be rated" if each.score is None else str(each.score),
            each.reason or "None needed",
            each.agreed_by.name,
            _moment(each.agreed_at),
            _moment(each.superseded_at) if each.superseded_at else "Still holds",
        ]
        for each in rows
    ]
    headings = ["Statement", "Score", "Reason", "Agreed by", "Agreed", "Held until"]
    return table("Scores agreed", headings, shown)


def _moment(moment: object) -> str:
    return f"{timezone.localtime(moment):%-d %B %Y, %H:%M}"  # type: ignore[arg-type] # always a moment


def _facts(round: Round, newer: InstrumentVersion | None) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        ("Kind", kind_of(round)),
        ("State", STATES[State(round.state)]),
        ("Window", window_of(round)),
        ("Instrument", _instrument(round, newer)),
    ]
    if round.missed_at:
        facts.append(("Missed", f"Recorded on {plain_day(timezone.localdate(round.missed_at))}"))
    if round.submitted_at:
        facts.append(
            ("Held", f"Everyone had submitted on {plain_day(timezone.localdate(round.submitted_at))}")
        )
    if round.single_rater_exception:
        facts.append(("One rater, because", round.single_rater_exception))
    if round.locked_by:
        facts.append(("Locked by", round.locked_by.name))
    if round.signed_off_by and round.signed_off_at:
        facts.append(("Signed off by", f"{round.signed_off_by.name}, {_moment(round.signed_off_at)}"))
    if round.purpose == Purpose.REFLECTION:
        facts.append(("Shared", round.shared_with or "With nobody outside the area"))
    return facts


def _instrument(round: Round, newer: InstrumentVersion | None) -> str:
    words = str(round.instrument)
    if newer is None:
        return words
    return f"{words}. Version {newer.version} came later: this round keeps its own, the next ones can use it."


def _rater(each: RaterOnRound, may_change: bool) -> RaterShown:
    state = "Submitted" if each.submitted_at else "Returned" if each.returned_because else "Not submitted yet"
    return RaterShown(
        each.pk,
        each.person.name,
        VIEWS.get(each.view, each.view),
        state,
        may_change and not each.submitted_at,
    )
