"""What steering groups and young people of the demonstration wanted first; in Ada's area it became a plan."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from django.utils import timezone

from ithrive.implementation.wishes import Wished
from ithrive.web.areas.models import LocalArea
from ithrive.web.history.record import Author
from ithrive.web.implementation.actions import choose_priority, plan_action, record_wishes
from ithrive.web.overview.demonstration.community import LEADING
from ithrive.web.overview.demonstration.seed import dice
from ithrive.web.overview.proposals import Proposed, proposed_for
from ithrive.web.overview.rounds import programmes_view

ASKED_AFTER = timedelta(days=10)
CHOSEN_AFTER = timedelta(days=14)
DUE_AFTER = timedelta(days=42)
ASKED = 2 / 3  # of the areas with a round that all may know of; Ada's is one of them
LEAST, MOST = 2, 4  # statements that were put to them; about the others nobody was asked
BECAUSE = "The young people's panel put it first, and the steering group agreed."
ACTION, SERVES = "Ask ten families what would have made it easier", "following-progress"


def load_wishes(areas: Sequence[LocalArea], by: Author) -> None:
    """Wishes on what each area's last round proposes. A private reflection has none."""
    today = timezone.localdate()
    for area in areas:
        roll = dice(f"wishes {area.code}")
        found = proposed_for(area, programmes_view(today), today)
        if found and found.proposals and (roll.random() < ASKED or area.name == LEADING):
            asked_on = _ask(area, found, roll, today, by)
            if area.name == LEADING:
                _choose(area, min(asked_on + CHOSEN_AFTER, today), today, by)


def _ask(area: LocalArea, found: Proposed, roll: Random, today: date, by: Author) -> date:
    assert found.round.signed_off_at, "proposals come from a round that was signed off"
    asked_on = min(timezone.localdate(found.round.signed_off_at) + ASKED_AFTER, today)
    put_to_them = found.proposals[-roll.randint(LEAST, MOST) :]
    wishes = {
        each.candidate.statement: Wished(roll.randint(0, 6), roll.randint(1, 12)) for each in put_to_them
    }
    record_wishes(area=area, round=found.round.pk, wishes=wishes, asked_on=asked_on, by=by)
    return asked_on


def _choose(area: LocalArea, on: date, today: date, by: Author) -> None:
    """The most wanted becomes a priority with something to do: a visitor sees where a plan comes from."""
    found = proposed_for(area, programmes_view(today), today)
    assert found, "the round is still there"
    favourite = max(found.proposals, key=lambda each: each.candidate.wanted or 0)
    priority = choose_priority(
        area=area,
        title=favourite.candidate.principle,
        because=BECAUSE,
        origin=found.origin(favourite),
        on=on,
        by=by,
    )
    plan_action(priority=priority, title=ACTION, owner="Ben Tarn", due_on=on + DUE_AFTER, step=SERVES, by=by)
