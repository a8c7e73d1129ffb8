"""When a pulse can be opened, handed out and closed."""

import pytest

from ithrive.assessments.life import State
from ithrive.assessments.pulse import (
    MOST_LINKS,
    OPENS_IN,
    why_not_close,
    why_not_make_links,
    why_not_open_pulse,
)


@pytest.mark.parametrize("state", list(State))
def test_a_pulse_opens_while_its_round_is_not_closed(state: State) -> None:
    assert (why_not_open_pulse(state, opened=False, imported=False) is None) == (state in OPENS_IN)


def test_a_round_has_one_pulse_and_one_held_elsewhere_none() -> None:
    assert "its pulse already" in str(why_not_open_pulse(State.OPEN, opened=True, imported=False))
    assert "held elsewhere" in str(why_not_open_pulse(State.OPEN, opened=False, imported=True))


@pytest.mark.parametrize(
    ("number", "made", "fits"),
    [(1, 0, True), (0, 0, False), (MOST_LINKS, 0, True), (2, MOST_LINKS - 1, False)],
)
def test_links_are_made_up_to_a_limit(number: int, made: int, fits: bool) -> None:
    assert (why_not_make_links(number, made=made, closed=False) is None) == fits


def test_a_closed_pulse_gets_no_links_and_is_not_closed_again() -> None:
    assert why_not_make_links(1, made=0, closed=True)
    assert why_not_close(closed=True)
    assert why_not_close(closed=False) is None
