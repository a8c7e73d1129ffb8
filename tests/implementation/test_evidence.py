"""What may stand as evidence."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ithrive.implementation import Evidence, Shows, why_not_evidence
from tests.implementation.small import START

GOOD = Evidence("Alderbrook", "listen", Shows.REACHED, START, "40 young people were asked")
STEPS = frozenset({"listen"})


def test_a_dated_fact_about_a_known_step_stands() -> None:
    assert why_not_evidence(GOOD, steps=STEPS, today=START) is None


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (replace(GOOD, step="dance"), "Choose one of the steps of the Approach to Implementation."),
        (
            replace(GOOD, on=START + timedelta(days=1)),
            "Evidence is dated on the day it happened. Give a day that is not in the future.",
        ),
        (replace(GOOD, what=" "), "Say what happened that day, so that others can check it."),
        (replace(GOOD, what="", shows=Shows.SKIPPED), "Say why the step was skipped."),
    ],
)
def test_what_cannot_stand_is_refused_with_the_reason(wrong: Evidence, reason: str) -> None:
    assert why_not_evidence(wrong, steps=STEPS, today=START) == reason
