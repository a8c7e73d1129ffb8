"""Indicators over people: a row is one person in one site in one quarter."""

from typing import Any

from ithrive.records.indicators.registry import Over, indicator

# H1 Access (MHS95)


@indicator("H1", "people", over=Over.PEOPLE)
def with_a_contact_in_twelve_months(person: Any) -> Any:
    return person.qualifies


# A1 Advice


@indicator("A1", "supported", over=Over.PEOPLE)
def supported_in_the_quarter(person: Any) -> Any:
    return person.supported


@indicator("A1", "advised", over=Over.PEOPLE)
def advised_in_the_quarter(person: Any) -> Any:
    by_grouping = (person.grouping == "getting-advice").fill_null(False)
    return person.supported & (person.at_access | by_grouping)


# R3 Crisis or safety plan


@indicator("R3", "people", over=Over.PEOPLE)
def at_risk_or_seen_in_crisis(person: Any) -> Any:
    return person.at_risk | person.at_crisis


@indicator("R3", "with-plan", over=Over.PEOPLE)
def with_a_safety_plan(person: Any) -> Any:
    return at_risk_or_seen_in_crisis(person) & person.with_plan
