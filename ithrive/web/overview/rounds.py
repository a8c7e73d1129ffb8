"""Assessment rounds as the work of an area sees them: always through the queries that keep the walls.

What progress, warnings and the board go by is what the whole programme may know: no private reflection, and
nothing that would show which areas are comparison sites. It is the same whoever looks.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Min, Q
from django.urls import reverse
from django.utils import timezone

from ithrive.areas.timeline import plain_day
from ithrive.assessments.life import State
from ithrive.framework.approach import approach
from ithrive.implementation import About, Due, Evidence, Happening, Kind, Shows
from ithrive.web.accounts.reach import PersonsReach
from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.reach import Reach
from ithrive.web.assessments import queries
from ithrive.web.assessments.models import Round
from ithrive.web.implementation.values import area_key
from ithrive.web.rights import Held, Role

ASSESSMENT = "thrive-assessment"
WAITING = frozenset({State.SCHEDULED, State.OPEN, State.MISSED})
# What is to be done about a round, by where it stands, until it is signed off.
TO_DO = {
    State.SCHEDULED: "its window closes",
    State.OPEN: "its window closes",
    State.MODERATING: "its scores are to be agreed and locked",
    State.LOCKED: "a second person is to sign it off",
}


def programmes_view(today: date) -> Reach:
    """What the programme team may reach: the common ground of everybody who works with an area."""
    reach = PersonsReach(AnonymousUser(), today, proved_second_factor=lambda: False)
    reach.held = (Held(Role.PROGRAMME),)
    return reach


def rounds_in(areas: Collection[int], today: date) -> Mapping[int, list[Round]]:
    """The rounds of areas that the whole programme may know of, the earliest first. One query."""
    found: dict[int, list[Round]] = defaultdict(list)
    for each in queries.rounds(programmes_view(today)).filter(area__in=areas).order_by("due_on", "pk"):
        found[each.area_id].append(each)
    return found


def first_dated(areas: Collection[int], today: date) -> dict[int, date]:
    """The day on which a round of each area first became evidence, by number. One query."""
    if approach().step(ASSESSMENT) is None:
        return {}
    seen = queries.rounds(programmes_view(today)).filter(area__in=areas).order_by().values_list("area")
    signed = Min("signed_off_at", filter=Q(state=State.SIGNED_OFF))
    found = seen.annotate(opened=Min("opened_at"), signed=signed)
    moments = ((area, [each for each in (opened, signed) if each]) for area, opened, signed in found)
    return {area: timezone.localdate(min(known)) for area, known in moments if known}


def known_to_all(round: Round, today: date) -> bool:
    """Whether everybody who reads the area's plan may know of this round."""
    return queries.rounds(programmes_view(today)).filter(pk=round.pk).exists()


def evidence(rounds: Sequence[Round]) -> list[Evidence]:
    """A round is dated evidence of the THRIVE assessment: work while it is held, reached once signed off."""
    told = []
    for each in rounds:
        due = f"the round due on {plain_day(each.due_on)}"
        if each.opened_at:
            told.append(_evidence(each, Shows.BEGUN, timezone.localdate(each.opened_at), f"{due} opened"))
        if each.signed_off_at and each.state == State.SIGNED_OFF:
            on = timezone.localdate(each.signed_off_at)
            told.append(_evidence(each, Shows.REACHED, on, f"{due} signed off"))
    return told


def _evidence(round: Round, shows: Shows, on: date, what: str) -> Evidence:
    return Evidence(area_key(round.area_id), ASSESSMENT, shows, on, what, Kind.ROUND)


def overdue(rounds: Sequence[Round], today: date) -> tuple[date, ...]:
    """The last days of windows in which nothing was held, unless a later round was."""
    held = max((each.due_on for each in rounds if each.submitted_at), default=date.min)
    return tuple(
        each.window_closes
        for each in rounds
        if each.state in WAITING and each.window_closes < today and each.due_on > held
    )


def last_signed_off(rounds: Sequence[Round]) -> date | None:
    days = (timezone.localdate(each.signed_off_at) for each in rounds if each.signed_off_at)
    return max(days, default=None)


def due(reach: Reach, areas: Collection[int], until: date) -> list[tuple[int, Due]]:
    """Rounds that somebody waits for, as far as this person may know of them, with the number of the area."""
    waiting = queries.rounds(reach).filter(area__in=areas, state__in=TO_DO, window_opens__lte=until)
    return [(each.area_id, _due(each)) for each in waiting.order_by("window_closes", "pk")]


def _due(round: Round) -> Due:
    what = "Private self-reflection" if round.private else "THRIVE assessment round"
    words = f"{what} due on {plain_day(round.due_on)}: {TO_DO[State(round.state)]}"
    path = reverse("assessments:round", args=[round.pk])
    return Due(round.window_closes, About.ROUND, words, path=path)


def happenings(reach: Reach, area: LocalArea) -> list[Happening]:
    """What happened to the area's rounds, as far as this person may know of them."""
    told = []
    for each in queries.rounds_of(reach, area):
        name = f"{'Private self-reflection' if each.private else 'Round'} due on {plain_day(each.due_on)}"
        moments = (
            ("opened", each.opened_at),
            ("rated by everybody", each.submitted_at),
            ("signed off", each.signed_off_at),
            ("missed", each.missed_at),
        )
        told += [
            Happening(timezone.localdate(at), About.ROUND, f"{name} {what}") for what, at in moments if at
        ]
    return told
