"""W2, fairness of access and waits: H1 and H2 in each group and outside it; unknown is on neither side."""

from typing import Any

from ithrive.records.indicators.of_people import with_a_contact_in_twelve_months
from ithrive.records.indicators.of_referrals import (
    first_seen,
    first_seen_officially,
    median_wait,
    median_wait_officially,
)
from ithrive.records.indicators.registry import Expression, How, Mode, Over, indicator

GROUPS = {
    "deprivation": "most_deprived",
    "ethnicity": "of_other_ethnicity",
    "looked-after": "looked_after",
    "autism-or-ld": "autism_or_ld",
}
WAITS = {
    Mode.CORRECTED: (first_seen, median_wait),
    Mode.PARITY: (first_seen_officially, median_wait_officially),
}


def _only(expression: Expression, flag: str, within: bool, *, days: bool = False) -> Expression:
    def of_the_group(row: Any) -> Any:
        belongs = (row[flag] == within).fill_null(False)
        return belongs.ifelse(expression(row), None) if days else belongs & expression(row)

    of_the_group.__name__ = f"{expression.__name__}_{'with' if within else 'without'}_{flag}"
    return of_the_group


for _group, _flag in GROUPS.items():
    for _side, _within in (("in", True), ("out", False)):
        indicator("W2", f"{_group}-{_side}-people", over=Over.PEOPLE)(
            _only(with_a_contact_in_twelve_months, _flag, _within)
        )
        for _mode, (_seen, _days) in WAITS.items():
            indicator("W2", f"{_group}-{_side}-seen", over=Over.REFERRALS, mode=_mode)(
                _only(_seen, _flag, _within)
            )
            indicator("W2", f"{_group}-{_side}-median-days", over=Over.REFERRALS, how=How.MEDIAN, mode=_mode)(
                _only(_days, _flag, _within, days=True)
            )
