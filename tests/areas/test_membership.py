from datetime import date

import pytest

from ithrive.areas.membership import COUNTED, MemberRole, Membership

FIRST, LAST, AFTER = date(2016, 4, 1), date(2018, 3, 31), date(2018, 4, 1)
LONG_AGO, FAR_AHEAD = date(1900, 1, 1), date(2900, 1, 1)


@pytest.mark.parametrize(
    ("starts", "ends", "held", "not_held"),
    [
        (FIRST, AFTER, [FIRST, LAST], [date(2016, 3, 31), AFTER]),
        (FIRST, None, [FIRST, FAR_AHEAD], [date(2016, 3, 31)]),
        (None, AFTER, [LONG_AGO, LAST], [AFTER]),
        (None, None, [LONG_AGO, FAR_AHEAD], []),
    ],
)
def test_a_role_holds_from_its_start_until_the_day_before_its_end(
    starts: date | None, ends: date | None, held: list[date], not_held: list[date]
) -> None:
    membership = Membership("A", MemberRole.MEMBER, "", starts, ends)
    assert all(membership.holds_on(day) for day in held)
    assert not any(membership.holds_on(day) for day in not_held)


def test_only_areas_that_take_part_are_counted() -> None:
    assert {MemberRole.ACCELERATOR, MemberRole.MEMBER} == COUNTED
