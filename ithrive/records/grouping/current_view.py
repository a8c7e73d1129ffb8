"""Our rules over Current View: a heuristic of this platform, not the published algorithm of 19 groupings.

The payment project (Wolpert and others, 2015) derived 19 groupings from Current View; its rule text could not
be obtained, and it has neither Thriving nor Risk Support. These rules are ours, for lack of better.
"""

from typing import Any

import ibis
from ibis import _

from ithrive.records.features.reckoning import Table
from ithrive.records.features.rules import Rules
from ithrive.records.model import members

HEURISTIC = "Our own rules over Current View, a heuristic; not the published algorithm."
SEVERE, MODERATE = 3, 2
# Items by their number on the form.
RISK = (10, 16)  # self-harm, risk to others
SPECIALIST = (12, 20)  # psychosis, eating
MANY = 3


def current_view_days(scored: Table, rules: Rules) -> Table:
    """One row for each referral and day on which problems were rated: day, grouping.

    Risk Support: self-harm or risk to others rated severe. Otherwise More Help: psychosis or eating rated
    moderate or severe, or three or more problems severe. Otherwise Help: any problem moderate or severe.
    Otherwise Advice. A day without any rating from 0 to 3 says nothing.
    """
    items = _items(rules)
    rows = scored.filter(scored.concept.isin(sorted(items)), scored.score.between(0, 3)).distinct()
    risk, specialist = (_concepts(items, numbers) for numbers in (RISK, SPECIALIST))
    rows = rows.mutate(
        at_risk=_flag(rows.concept.isin(risk) & (rows.score >= SEVERE)),
        special=_flag(rows.concept.isin(specialist) & (rows.score >= MODERATE)),
        severe=_flag(rows.score >= SEVERE),
        moderate=_flag(rows.score >= MODERATE),
    )
    days = rows.group_by("referral", "day").agg(
        at_risk=_.at_risk.max(),
        special=_.special.max(),
        severe=_.severe.sum(),
        moderate=_.moderate.sum(),
    )
    grouping = ibis.cases(
        (days.at_risk > 0, "getting-risk-support"),
        ((days.special > 0) | (days.severe >= MANY), "getting-more-help"),
        (days.moderate > 0, "getting-help"),
        else_="getting-advice",
    )
    return days.select("referral", "day", grouping=grouping)


def _flag(condition: Any) -> Any:
    return condition.cast("int64")


def _items(rules: Rules) -> dict[str, int]:
    """Concept → number on the form. The labels of the reference set begin with it: “10 self-harm”."""
    found = (member for member in members(rules.own) if member.set == "current_view_problem")
    return {member.concept: int(member.label.split()[0]) for member in found}


def _concepts(items: dict[str, int], numbers: tuple[int, ...]) -> list[str]:
    return sorted(concept for concept, number in items.items() if number in numbers)
