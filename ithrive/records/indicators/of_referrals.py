"""Indicators over referrals: a row is one referral in one quarter."""

from typing import Any

import ibis

from ithrive.records.features.codes import (
    DUPLICATE,
    EATING_DISORDER,
    EMERGENCY,
    INAPPROPRIATE,
    INCOMPLETE,
    ROUTINE,
    URGENT,
    URGENT_ONLY,
    VERY_URGENT,
)
from ithrive.records.features.reckoning import days_from
from ithrive.records.indicators.registry import How, Mode, Over, indicator
from ithrive.records.outcomes import RATERS

FOLLOWED = 90  # days within which a referral is accepted or not (A4)
FOUR_HOURS, DAY = 4 * 3600, 24 * 3600


def _in_quarter(referral: Any, day: Any) -> Any:
    return ((day >= referral.opens) & (day < referral.closes)).fill_null(False)


# A2 Days to the first response


@indicator("A2", "responded", over=Over.REFERRALS)
def first_responded_to(referral: Any) -> Any:
    wait = days_from(referral.received, referral.responded_on)
    return referral.counted & _in_quarter(referral, referral.responded_on) & (wait >= 0)


def _days_to_response(referral: Any) -> Any:
    return first_responded_to(referral).ifelse(days_from(referral.received, referral.responded_on), None)


@indicator("A2", "median-days", over=Over.REFERRALS, how=How.MEDIAN)
def median_days_to_response(referral: Any) -> Any:
    return _days_to_response(referral)


@indicator("A2", "p90-days", over=Over.REFERRALS, how=How.P90)
def nine_in_ten_responded_to(referral: Any) -> Any:
    return _days_to_response(referral)


# A4 Referrals not accepted


@indicator("A4", "received", over=Over.REFERRALS)
def received_and_followed(referral: Any) -> Any:
    """Received in the quarter before: by the end of this one each has been followed for 90 days."""
    before = (referral.received >= referral.before_opens) & (referral.received < referral.opens)
    return referral.counted & before & (referral.reject_reason != DUPLICATE).fill_null(True)


@indicator("A4", "not-accepted", over=Over.REFERRALS)
def not_accepted(referral: Any) -> Any:
    return received_and_followed(referral) & (days_from(referral.received, referral.rejected_on) <= FOLLOWED)


@indicator("A4", "inappropriate", over=Over.REFERRALS)
def not_accepted_as_inappropriate(referral: Any) -> Any:
    return not_accepted(referral) & (referral.reject_reason == INAPPROPRIATE)


@indicator("A4", "incomplete", over=Over.REFERRALS)
def not_accepted_as_incomplete(referral: Any) -> Any:
    return not_accepted(referral) & (referral.reject_reason == INCOMPLETE)


# H2 Wait to first contact (MHS131, MHS132)


def _wait(referral: Any) -> Any:
    return days_from(referral.received, referral.first_contact)


@indicator("H2", "seen", over=Over.REFERRALS, mode=Mode.CORRECTED)
def first_seen(referral: Any) -> Any:
    return referral.counted & _in_quarter(referral, referral.first_contact) & (_wait(referral) >= 0)


@indicator("H2", "seen", over=Over.REFERRALS, mode=Mode.PARITY)
def first_seen_officially(referral: Any) -> Any:
    since = referral.received >= ibis.date(2019, 4, 1)
    return referral.counted & _in_quarter(referral, referral.first_contact) & since


@indicator("H2", "median-days", over=Over.REFERRALS, how=How.MEDIAN, mode=Mode.CORRECTED)
def median_wait(referral: Any) -> Any:
    return first_seen(referral).ifelse(_wait(referral), None)


@indicator("H2", "median-days", over=Over.REFERRALS, how=How.MEDIAN, mode=Mode.PARITY)
def median_wait_officially(referral: Any) -> Any:
    return first_seen_officially(referral).ifelse(_wait(referral), None)


@indicator("H2", "p90-days", over=Over.REFERRALS, how=How.P90, mode=Mode.CORRECTED)
def nine_in_ten_seen(referral: Any) -> Any:
    return median_wait(referral)


@indicator("H2", "p90-days", over=Over.REFERRALS, how=How.P90, mode=Mode.PARITY)
def nine_in_ten_seen_officially(referral: Any) -> Any:
    return median_wait_officially(referral)


# H6 Paired outcomes (MHS110, MHS112)


@indicator("H6", "closed", over=Over.REFERRALS)
def closed_after_two_contacts(referral: Any) -> Any:
    treated = referral.second_contact.notnull() & referral.rejected_on.isnull() & ~referral.hospital
    since = referral.received >= ibis.date(2016, 1, 1)
    closed = _in_quarter(referral, referral.closed_on)
    return referral.counted & closed & treated & since & ~referral.left_out_of_outcomes


@indicator("H6", "paired", over=Over.REFERRALS, mode=Mode.CORRECTED)
def measured_twice(referral: Any) -> Any:
    return closed_after_two_contacts(referral) & referral.paired


@indicator("H6", "paired", over=Over.REFERRALS, mode=Mode.PARITY)
def measured_twice_officially(referral: Any) -> Any:
    return closed_after_two_contacts(referral) & referral.paired_official


# H7 Reliable improvement (MHS113 self, MHS114 parent, MHS115 clinician)


def _outcomes_by(rater: str, mode: Mode) -> None:
    end = f"{rater}_official" if mode is Mode.PARITY else rater

    def declare(figure: str, holds: Any) -> None:
        def expression(referral: Any) -> Any:
            return closed_after_two_contacts(referral) & referral[f"paired_{end}"] & holds(referral)

        expression.__name__ = f"{figure}_by_{rater}" + ("_officially" if mode is Mode.PARITY else "")
        indicator("H7", f"{figure}-{rater}", over=Over.REFERRALS, mode=mode)(expression)

    declare("paired", lambda referral: referral[f"paired_{end}"])
    declare("improved", lambda referral: referral[f"improved_{end}"])
    declare("deteriorated", lambda referral: referral[f"deteriorated_{end}"])
    declare("unchanged", lambda referral: ~referral[f"improved_{end}"] & ~referral[f"deteriorated_{end}"])


for _rater in RATERS:
    for _mode in Mode:
        _outcomes_by(_rater, _mode)


# M1 Eating-disorder treatment on time (ED86e, ED87e)


def _began(referral: Any, priorities: tuple[str, ...]) -> Any:
    in_year = (referral.treated_on >= referral.year_opens) & (referral.treated_on < referral.closes)
    of_kind = (referral.reason == EATING_DISORDER) & referral.priority.isin(priorities)
    return referral.counted & in_year & of_kind


def _eating_disorders(figure: str, priorities: tuple[str, ...], days: int) -> None:
    def officially(referral: Any) -> Any:
        return _began(referral, priorities)

    def began(referral: Any) -> Any:
        return _began(referral, priorities) & ~referral.hospital

    def on_time(referral: Any) -> Any:
        return days_from(referral.received, referral.treated_on) <= days

    for mode, started in ((Mode.PARITY, officially), (Mode.CORRECTED, began)):
        named = {figure: started, f"{figure}-on-time": _both(started, on_time)}
        for code, expression in named.items():
            expression.__name__ = f"eating_disorder_{code.replace('-', '_')}_{mode}"
            indicator("M1", code, over=Over.REFERRALS, mode=mode)(expression)


def _both(one: Any, other: Any) -> Any:
    return lambda row: one(row) & other(row)


_eating_disorders("urgent", URGENT, 7)
_eating_disorders("routine", (ROUTINE,), 28)


# R1 Crisis referrals (CCR117b, CCR71b, CCR70b)


def _crisis(referral: Any, priority: str) -> Any:
    new = _in_quarter(referral, referral.received)
    return referral.counted & new & referral.is_crisis & (referral.priority == priority)


@indicator("R1", "very-urgent", over=Over.REFERRALS)
def very_urgent_crisis(referral: Any) -> Any:
    return _crisis(referral, VERY_URGENT)


@indicator("R1", "urgent", over=Over.REFERRALS)
def urgent_crisis(referral: Any) -> Any:
    return _crisis(referral, URGENT_ONLY)


@indicator("R1", "emergency", over=Over.REFERRALS)
def emergency_crisis(referral: Any) -> Any:
    return _crisis(referral, EMERGENCY)


# R2 Timely face-to-face crisis response (CCR118b, CCR119b; CCR73b, CCR120b)

indicator("R2", "very-urgent", over=Over.REFERRALS)(very_urgent_crisis)
indicator("R2", "urgent", over=Over.REFERRALS)(urgent_crisis)


@indicator("R2", "very-urgent-seen", over=Over.REFERRALS, mode=Mode.CORRECTED)
def very_urgent_seen(referral: Any) -> Any:
    return very_urgent_crisis(referral) & referral.seen_in_week


@indicator("R2", "very-urgent-seen", over=Over.REFERRALS, mode=Mode.PARITY)
def very_urgent_seen_same_month(referral: Any) -> Any:
    return very_urgent_crisis(referral) & referral.seen_same_month


@indicator("R2", "very-urgent-on-time", over=Over.REFERRALS, mode=Mode.CORRECTED)
def very_urgent_on_time(referral: Any) -> Any:
    return very_urgent_seen(referral) & (referral.seconds_in_week <= FOUR_HOURS)


@indicator("R2", "very-urgent-on-time", over=Over.REFERRALS, mode=Mode.PARITY)
def very_urgent_on_time_same_month(referral: Any) -> Any:
    return very_urgent_seen_same_month(referral) & (referral.seconds_same_month <= FOUR_HOURS)


@indicator("R2", "urgent-seen", over=Over.REFERRALS, mode=Mode.CORRECTED)
def urgent_seen(referral: Any) -> Any:
    return urgent_crisis(referral) & referral.seen_in_week


@indicator("R2", "urgent-seen", over=Over.REFERRALS, mode=Mode.PARITY)
def urgent_seen_same_month(referral: Any) -> Any:
    return urgent_crisis(referral) & referral.seen_same_month


@indicator("R2", "urgent-on-time", over=Over.REFERRALS, mode=Mode.CORRECTED)
def urgent_on_time(referral: Any) -> Any:
    return urgent_seen(referral) & (referral.seconds_in_week <= DAY)


@indicator("R2", "urgent-on-time", over=Over.REFERRALS, mode=Mode.PARITY)
def urgent_on_time_same_month(referral: Any) -> Any:
    return urgent_seen_same_month(referral) & (referral.seconds_same_month <= DAY)
