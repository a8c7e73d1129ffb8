"""Indicators over what happens on a day or lasts for some: stays, detentions, sessions, drop-ins, answers."""

from typing import Any

from ithrive.records.features.hospital import days_within
from ithrive.records.features.reckoning import age_on, days_from
from ithrive.records.indicators.registry import How, Over, indicator

LONG_STAY = 60  # days; MHS104

# M4 Inpatient use (MHS142, MHS104)


@indicator("M4", "discharges", over=Over.STAYS)
def discharged_from_hospital(stay: Any) -> Any:
    child = age_on(stay.born, stay.ends).between(0, 17)
    return (stay.ends >= stay.opens) & (stay.ends < stay.closes) & child


@indicator("M4", "long-stays", over=Over.STAYS)
def discharged_after_60_days(stay: Any) -> Any:
    return discharged_from_hospital(stay) & (days_from(stay.starts, stay.ends) >= LONG_STAY)


@indicator("M4", "bed-days", over=Over.STAYS, how=How.TOTAL)
def days_in_a_hospital_bed(stay: Any) -> Any:
    return days_within(stay, stay.opens)


# R4 Restrictive pathways (MHS83, MHS81, MHS24a to c), twelve months


@indicator("R4", "section-136", over=Over.ACT_PERIODS)
def taken_to_a_place_of_safety(period: Any) -> Any:
    return period.section_136


@indicator("R4", "detentions", over=Over.ACT_PERIODS)
def detained(period: Any) -> Any:
    return period.detained


@indicator("R4", "adult-ward-bed-days", over=Over.WARD_STAYS, how=How.TOTAL)
def days_on_an_adult_ward(stay: Any) -> Any:
    return days_within(stay, stay.year_opens)


# T2 Whole-setting work, T3 open doors


@indicator("T2", "sessions", over=Over.SESSIONS)
def group_sessions(session: Any) -> Any:
    return session.day.notnull()


@indicator("T2", "participants", over=Over.SESSIONS, how=How.TOTAL)
def participants_in_sessions(session: Any) -> Any:
    return session.participants


@indicator("T3", "drop-ins", over=Over.DROP_INS)
def drop_in_contacts(contact: Any) -> Any:
    return contact.day.notnull()


@indicator("T3", "digital-starts", over=Over.DIGITAL_STARTS)
def digital_support_started(start: Any) -> Any:
    return start.day.notnull()


# D3 Experience of being involved


@indicator("D3", "responses", over=Over.ANSWERS)
def whole_answers(answer: Any) -> Any:
    return answer.day.notnull()


@indicator("D3", "positive", over=Over.ANSWERS)
def most_positive_answers(answer: Any) -> Any:
    return answer.positive
