"""The stakeholder map, and whom to win over."""

from dataclasses import replace
from datetime import date

import pytest

from ithrive.implementation import Stakeholder, stakeholder_map, to_win_over
from ithrive.implementation.stakeholders import why_not_stakeholder

DAY = date(2020, 6, 1)
PARENTS = Stakeholder("Parents’ forum", "voluntary", influence=3, engagement=1, noted_on=DAY)


def test_everyone_has_one_square_and_the_most_influential_come_first() -> None:
    council = replace(PARENTS, name="Council", engagement=3)
    college = replace(council, name="College")
    found = stakeholder_map([PARENTS, council, college])
    assert list(found)[:3] == [(3, 1), (3, 2), (3, 3)]
    assert len(found) == 9
    assert found[3, 3] == (college, council)
    assert found[3, 1] == (PARENTS,)
    assert sum(map(len, found.values())) == 3


def test_those_with_much_influence_who_are_not_engaged_get_a_sentence() -> None:
    earlier = replace(PARENTS, name="Trust board", noted_on=date(2019, 6, 1))
    others = [replace(PARENTS, engagement=2), replace(PARENTS, influence=2)]
    assert to_win_over([PARENTS, *others, earlier]) == (
        (
            "Trust board has much influence and is not yet engaged (as seen on 1 June 2019)."
            " Agree who will speak with them first."
        ),
        (
            "Parents’ forum has much influence and is not yet engaged (as seen on 1 June 2020)."
            " Agree who will speak with them first."
        ),
    )


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (PARENTS, None),
        (replace(PARENTS, name=" "), "Give the name of the organisation or group."),
        (replace(PARENTS, influence=4), "Choose influence and engagement from 1 to 3."),
        (replace(PARENTS, engagement=0), "Choose influence and engagement from 1 to 3."),
        (
            replace(PARENTS, noted_on=date(2020, 6, 2)),
            "Give the day on which this was seen, not one in the future.",
        ),
    ],
)
def test_why_a_stakeholder_cannot_be_put_on_the_map(wrong: Stakeholder, reason: str | None) -> None:
    assert why_not_stakeholder(wrong, DAY) == reason
