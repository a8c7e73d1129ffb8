"""All rounds of an area: what was held, late or missed, and how scores moved over time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from ithrive.areas.timeline import plain_day
from ithrive.assessments.estimates import NotComputable
from ithrive.assessments.life import Purpose, State
from ithrive.assessments.schedule import Timeliness
from ithrive.web.assessments.models import Round
from ithrive.web.assessments.presenters.figures import NOTHING, between, counted
from ithrive.web.assessments.presenters.heat_over_rounds import HeatOverRounds, heat_over_rounds
from ithrive.web.assessments.presenters.instruments import NOTICE
from ithrive.web.assessments.presenters.multiples import Panel, level_panels, statement_panels
from ithrive.web.assessments.presenters.profile import summary
from ithrive.web.assessments.presenters.rounds import STATES, timely
from ithrive.web.assessments.presenters.totals import change_words
from ithrive.web.assessments.profiles import Assessed, Series

TITLES = {Purpose.EVALUATED: "Evaluated rounds", Purpose.REFLECTION: "Reflections"}
IMPORTED = "held elsewhere"
# In the order in which the sentence names them.
TOLD = (
    Timeliness.ON_TIME,
    Timeliness.LATE,
    Timeliness.MISSED_HELD_LATE,
    Timeliness.MISSED,
    Timeliness.OVERDUE,
)


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round in the list. `concern` marks what was or is not as it should be."""

    day: str
    href: str
    profile: str
    study: str
    private: bool
    state: str
    timeliness: str
    concern: bool
    overall: str
    between: str
    since_last: str
    since_baseline: str


@dataclass(frozen=True, slots=True)
class PurposePart:
    """The rounds of one purpose, and their movement, if any has scores that stand."""

    anchor: str
    title: str
    note: str
    lines: tuple[RoundLine, ...]
    latest: str
    heat: HeatOverRounds | None
    levels: tuple[Panel, ...]
    statements: tuple[tuple[str, tuple[Panel, ...]], ...]


@dataclass(frozen=True, slots=True)
class AreaRoundsPage:
    title: str
    sentence: str
    notice: str
    parts: tuple[PurposePart, ...]


def area_rounds_page(
    name: str, rounds: Sequence[Round], series: Mapping[Purpose, Series], today: date
) -> AreaRoundsPage:
    """`rounds` are those that the reader may know of, the latest first; `series` those of them that stand."""
    return AreaRoundsPage(
        f"Assessment rounds of {name}",
        _sentence(rounds, today),
        NOTICE if any(each.instrument.demonstration for each in rounds) else "",
        tuple(
            _part(
                purpose, [each for each in rounds if each.purpose == purpose], series.get(purpose, ()), today
            )
            for purpose in TITLES
            if any(each.purpose == purpose for each in rounds)
        ),
    )


def _part(purpose: Purpose, rounds: Sequence[Round], series: Series, today: date) -> PurposePart:
    known = {each.round.pk: each for each in series}
    return PurposePart(
        purpose.value,
        TITLES[purpose],
        _note(purpose, rounds),
        tuple(_line(each, known.get(each.pk), today) for each in rounds),
        summary(series[-1].step.profile) if series else "",
        heat_over_rounds(series) if series else None,
        level_panels(series, purpose.value) if series else (),
        statement_panels(series, purpose.value) if series else (),
    )


def _note(purpose: Purpose, rounds: Sequence[Round]) -> str:
    if purpose is Purpose.EVALUATED:
        return ""
    kept = sum(each.private for each in rounds)
    return "The area’s own view of itself, kept apart from evaluated scores. " + (
        f"{kept} of {len(rounds)} can be seen by the area’s own people alone."
        if kept
        else "Shared by the area."
    )


def _line(round: Round, here: Assessed | None, today: date) -> RoundLine:
    held = timely(round, today)
    overall = here.step.profile.overall.total if here else None
    known = None if overall is None or isinstance(overall, NotComputable) else overall.percent
    last, baseline = (here.step.since_last, here.step.since_baseline) if here else (None, None)
    return RoundLine(
        plain_day(round.due_on),
        reverse("assessments:round", args=[round.pk]),
        reverse("assessments:profile", args=[round.pk]) if here else "",
        round.study,
        round.private,
        STATES[State(round.state)],
        IMPORTED if round.imported_from else held.value,
        held not in {Timeliness.TO_COME, Timeliness.DUE, Timeliness.ON_TIME} and not round.imported_from,
        f"{known.value:.0f}" if known else NOTHING,
        between(known) if known else NOTHING,
        change_words(last.overall if last else None),
        "baseline" if here and not baseline else change_words(baseline.overall if baseline else None),
    )


def _sentence(rounds: Sequence[Round], today: date) -> str:
    """How many rounds, how they were held, and what comes next."""
    if not rounds:
        return "No round is scheduled yet."
    here = [each for each in rounds if not each.imported_from]
    ways = Counter(timely(each, today) for each in here)
    said = [f"{ways[way]} {way.value}" for way in TOLD if ways[way]]
    if len(here) < len(rounds):
        said.append(f"{len(rounds) - len(here)} {IMPORTED}")
    all_of_them = counted(len(rounds), "round", "rounds")
    return f"{all_of_them}{': ' if said else ''}{', '.join(said)}.{_next(rounds, today)}"


def _next(rounds: Sequence[Round], today: date) -> str:
    waiting = [each for each in rounds if timely(each, today) in {Timeliness.DUE, Timeliness.TO_COME}]
    if not waiting:
        return ""
    first = min(waiting, key=lambda each: each.due_on)
    window = f"{plain_day(first.window_opens)} to {plain_day(first.window_closes)}"
    return f" The next is due on {plain_day(first.due_on)}; its window is {window}."
