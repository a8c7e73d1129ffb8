"""How an indicator is declared: which figure of which measure, over which layer, and the expression."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Expression = Callable[[Any], Any]


class Mode(StrEnum):
    """Parity reproduces the official rules with their quirks; corrected mends them."""

    PARITY = "parity"
    CORRECTED = "corrected"


class Over(StrEnum):
    """What an indicator goes over: one row for each of these and quarter."""

    SPELLS = "spells"
    REFERRALS = "referrals"
    PEOPLE = "people"
    STAYS = "stays"
    WARD_STAYS = "ward_stays"
    ACT_PERIODS = "act_periods"
    SESSIONS = "sessions"
    DROP_INS = "drop_ins"
    DIGITAL_STARTS = "digital_starts"
    ANSWERS = "answers"


class How(StrEnum):
    """What is made of the expression: rows for which it holds are counted; whole numbers are added up, or
    their median or 90th percentile is taken (NULL is left out).
    """

    COUNT = "count"
    TOTAL = "total"
    MEDIAN = "median"
    P90 = "90th percentile"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure of a measure in one mode, or in both where `mode` is None."""

    measure: str
    figure: str
    over: Over
    how: How
    mode: Mode | None
    expression: Expression

    @property
    def name(self) -> str:
        return self.expression.__name__

    def stands_in(self, mode: Mode) -> bool:
        return self.mode in {None, mode}


INDICATORS: list[Indicator] = []


def indicator(
    measure: str, figure: str, *, over: Over, how: How = How.COUNT, mode: Mode | None = None
) -> Callable[[Expression], Expression]:
    """Declare the expression below as a figure of a measure. Raises ValueError where it is one already."""

    def declare(expression: Expression) -> Expression:
        for each in INDICATORS:
            same = (each.measure, each.figure) == (measure, figure)
            if same and (each.mode is None or mode is None or each.mode is mode):
                raise ValueError(f"{measure}.{figure} is declared twice: {each.name}, {expression.__name__}")
        INDICATORS.append(Indicator(measure, figure, over, how, mode, expression))
        return expression

    return declare
