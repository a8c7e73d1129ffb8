"""Lists of past rounds as text, read for a small instrument, or refused."""

from datetime import date

import pytest

from ithrive.assessments.past_rounds import PastRound, read_past_rounds
from ithrive.framework.instrument import Instrument
from ithrive.problems import BadInput

TODAY = date(2026, 3, 1)


def read(text: str, small: Instrument) -> tuple[PastRound, ...]:
    found = read_past_rounds(text.encode(), name="past.csv", instrument=small, today=TODAY)
    found.refuse()
    return found.rounds


def refusal(text: str, small: Instrument) -> str:
    with pytest.raises(BadInput) as caught:
        read(text, small)
    return str(caught.value)
