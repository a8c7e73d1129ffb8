"""Recording wishes: the counts that stand, the line of history, and what is refused."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from django.utils import timezone

from ithrive.implementation.wishes import MOST, Wished
from ithrive.problems import NotAllowed
from ithrive.web.history.models import Change
from ithrive.web.implementation import queries
from ithrive.web.implementation.actions import record_wishes
from tests.cast import Cast

DAY = date(2024, 3, 1)
ROUND = 7


def record(cast: Cast, wishes: Mapping[str, Wished | None], asked_on: date = DAY) -> None:
    record_wishes(area=cast.alderbrook, round=ROUND, wishes=wishes, asked_on=asked_on, by=cast.ada)


def standing(cast: Cast) -> dict[str, tuple[int, int]]:
    rows = queries.wishes_of(cast.alderbrook, ROUND)
    return {row.statement: (row.steering_group, row.young_people) for row in rows}


def told() -> list[str]:
    return list(Change.objects.order_by("sequence").values_list("summary", flat=True))


def test_counts_are_recorded_with_one_line_of_history(cast: Cast) -> None:
    record(cast, {"one": Wished(3, 5), "two": Wished(1, 2), "three": None})
    assert standing(cast) == {"one": (3, 5), "two": (1, 2)}
    line = Change.objects.get()
    assert line.summary == (
        "Alderbrook: asked on 1 March 2024 what to work on first, among 2 statements: chosen 4 times by the "
        "steering group, 7 times by young people."
    )
    assert line.after == {
        "one": {"steering_group": 3, "young_people": 5, "asked_on": "2024-03-01"},
        "two": {"steering_group": 1, "young_people": 2, "asked_on": "2024-03-01"},
    }


def test_later_counts_replace_earlier_ones_of_the_statements_that_were_asked_about(cast: Cast) -> None:
    record(cast, {"one": Wished(3, 5), "two": Wished(1, 2), "three": Wished(0, 0)})
    record(cast, {"one": Wished(4, 5), "two": None})
    assert standing(cast) == {"one": (4, 5), "three": (0, 0)}
    record(cast, {"one": None})
    assert standing(cast) == {"three": (0, 0)}
    assert "among 1 statement: " in told()[1]
    assert told()[2] == "Alderbrook: what the steering group and young people chose was taken back."


def test_the_same_counts_again_make_no_line(cast: Cast) -> None:
    for _ in range(2):
        record(cast, {"one": Wished(3, 5)})
    assert len(told()) == 1


def test_another_round_keeps_its_own_counts(cast: Cast) -> None:
    record(cast, {"one": Wished(3, 5)})
    other = ROUND + 1
    record_wishes(area=cast.alderbrook, round=other, wishes={"one": Wished(1, 1)}, asked_on=DAY, by=cast.ada)
    assert standing(cast) == {"one": (3, 5)}


@pytest.mark.parametrize(
    ("wished", "why"),
    [
        (Wished(-1, 5), "fewer than 0 people"),
        (Wished(5, -1), "fewer than 0 people"),
        (Wished(MOST + 1, 0), "501 people are more than were ever asked at once. Enter 500 or fewer."),
        (Wished(0, MOST + 1), "501 people are more"),
        (None, "at least one statement"),
    ],
)
def test_counts_that_cannot_be_are_refused_and_nothing_is_kept(
    cast: Cast, wished: Wished | None, why: str
) -> None:
    with pytest.raises(NotAllowed, match=why):
        record(cast, {"one": wished})
    assert (standing(cast), told()) == ({}, [])


def test_the_ends_of_the_scale_are_taken(cast: Cast) -> None:
    record(cast, {"one": Wished(0, MOST)})
    assert standing(cast) == {"one": (0, MOST)}


def test_nobody_was_asked_tomorrow(cast: Cast) -> None:
    today = timezone.localdate()
    with pytest.raises(NotAllowed, match="cannot be in the future"):
        record(cast, {"one": Wished(1, 1)}, today + timedelta(days=1))
    record(cast, {"one": Wished(1, 1)}, today)
    assert standing(cast) == {"one": (1, 1)}
