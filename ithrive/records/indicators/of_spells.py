"""Indicators over spells: a row is one spell at the end of one quarter."""

from typing import Any

from ithrive.records.features.codes import COMPLETED, DID_NOT_COME, REFERRED_ON, REFUSED
from ithrive.records.features.reckoning import days_from
from ithrive.records.grouping.methods import Method
from ithrive.records.indicators.registry import How, Mode, Over, indicator

WEEK = 7
FOUR_WEEKS = 4 * WEEK
INACTIVE = 365  # days without any activity


def _in_quarter(spell: Any, day: Any) -> Any:
    return (day >= spell.opens) & (day < spell.closes)


# A3 Signposted on


@indicator("A3", "closed", over=Over.SPELLS)
def closed_after_a_contact(spell: Any) -> Any:
    return spell.counted & spell.closed_now & (spell.contacts >= 1)


@indicator("A3", "signposted", over=Over.SPELLS)
def signposted_on(spell: Any) -> Any:
    sent_on = (spell.onward_on < spell.closes).fill_null(False)
    return closed_after_a_contact(spell) & ((spell.close_reason == REFERRED_ON).fill_null(False) | sent_on)


# A5 One-contact completions

indicator("A5", "closed", over=Over.SPELLS)(closed_after_a_contact)


@indicator("A5", "one-contact", over=Over.SPELLS)
def finished_after_one_contact(spell: Any) -> Any:
    finished = spell.close_reason.isin((COMPLETED, REFERRED_ON))
    return closed_after_a_contact(spell) & (spell.contacts == 1) & finished


@indicator("A5", "dropped-out", over=Over.SPELLS)
def closed_as_dropped_out(spell: Any) -> Any:
    return closed_after_a_contact(spell) & spell.close_reason.isin((DID_NOT_COME, REFUSED))


# H3 Meaningful help within four weeks (MRS08, MRS08b)


def _stopped(spell: Any, day: Any) -> Any:
    return spell.counted & ~spell.left_out & _in_quarter(spell, day)


@indicator("H3", "started", over=Over.SPELLS, mode=Mode.CORRECTED)
def clock_stopped(spell: Any) -> Any:
    return _stopped(spell, spell.stopped_on) & (spell.stopped_on >= spell.starts)


@indicator("H3", "started", over=Over.SPELLS, mode=Mode.PARITY)
def clock_stopped_officially(spell: Any) -> Any:
    return _stopped(spell, spell.stopped_official_on)


@indicator("H3", "within-28-days", over=Over.SPELLS, mode=Mode.CORRECTED)
def clock_stopped_in_four_weeks(spell: Any) -> Any:
    return clock_stopped(spell) & (days_from(spell.starts, spell.stopped_on) <= FOUR_WEEKS)


@indicator("H3", "within-28-days", over=Over.SPELLS, mode=Mode.PARITY)
def clock_stopped_officially_in_four_weeks(spell: Any) -> Any:
    return clock_stopped_officially(spell) & (
        days_from(spell.starts, spell.stopped_official_on) <= FOUR_WEEKS
    )


@indicator("H3", "contact-made", over=Over.SPELLS)
def first_contact_made(spell: Any) -> Any:
    return _stopped(spell, spell.contact_on)


@indicator("H3", "outcome-recorded", over=Over.SPELLS, mode=Mode.CORRECTED)
def first_outcome_recorded(spell: Any) -> Any:
    return _stopped(spell, spell.outcome_on)


@indicator("H3", "outcome-recorded", over=Over.SPELLS, mode=Mode.PARITY)
def first_coded_assessment(spell: Any) -> Any:
    return _stopped(spell, spell.outcome_official_on)


@indicator("H3", "plan-recorded", over=Over.SPELLS)
def first_plan_or_intervention(spell: Any) -> Any:
    return _stopped(spell, spell.plan_on)


# H4 Long waits still open


@indicator("H4", "waiting", over=Over.SPELLS)
def waiting(spell: Any) -> Any:
    return spell.counted & spell.is_open & ~spell.seen


@indicator("H4", "over-18-weeks", over=Over.SPELLS)
def waiting_over_18_weeks(spell: Any) -> Any:
    return waiting(spell) & (spell.days_waited > 18 * WEEK)


@indicator("H4", "over-52-weeks", over=Over.SPELLS)
def waiting_over_52_weeks(spell: Any) -> Any:
    return waiting(spell) & (spell.days_waited > 52 * WEEK)


@indicator("H4", "waiting-active", over=Over.SPELLS)
def waiting_and_active(spell: Any) -> Any:
    return waiting(spell) & (days_from(_last_active(spell), spell.closes) - 1 < INACTIVE)


def _last_active(spell: Any) -> Any:
    later = spell.last_activity.fill_null(spell.starts)
    return (later > spell.starts).ifelse(later, spell.starts)


@indicator("H4", "over-18-weeks-active", over=Over.SPELLS)
def active_and_waiting_over_18_weeks(spell: Any) -> Any:
    return waiting_and_active(spell) & waiting_over_18_weeks(spell)


@indicator("H4", "over-52-weeks-active", over=Over.SPELLS)
def active_and_waiting_over_52_weeks(spell: Any) -> Any:
    return waiting_and_active(spell) & waiting_over_52_weeks(spell)


# H5 Did not attend


@indicator("H5", "booked", over=Over.SPELLS, how=How.TOTAL)
def contacts_kept_or_missed(spell: Any) -> Any:
    return spell.counted.ifelse(spell.attended + spell.missed, 0)


@indicator("H5", "missed", over=Over.SPELLS, how=How.TOTAL)
def contacts_missed(spell: Any) -> Any:
    return spell.counted.ifelse(spell.missed, 0)


@indicator("H5", "cancelled", over=Over.SPELLS, how=How.TOTAL)
def contacts_cancelled(spell: Any) -> Any:
    return spell.counted.ifelse(spell.cancelled, 0)


# M2 Caseload without recent contact


@indicator("M2", "open", over=Over.SPELLS)
def open_and_begun(spell: Any) -> Any:
    return spell.counted & spell.is_open & spell.accepted & spell.seen


def _none_for(spell: Any, days: int) -> Any:
    """The quarter is longer than any span asked for, so its own last contact tells."""
    return (days_from(spell.last_attended, spell.closes) > days).fill_null(True)


@indicator("M2", "none-in-28-days", over=Over.SPELLS)
def no_contact_in_28_days(spell: Any) -> Any:
    return open_and_begun(spell) & _none_for(spell, 28)


@indicator("M2", "none-in-84-days", over=Over.SPELLS)
def no_contact_in_84_days(spell: Any) -> Any:
    return open_and_begun(spell) & _none_for(spell, 84)


# M3 Intensity and duration


@indicator("M3", "closed", over=Over.SPELLS)
def closed_after_two_contacts(spell: Any) -> Any:
    return spell.counted & spell.closed_now & (spell.contacts >= 2)


@indicator("M3", "median-contacts", over=Over.SPELLS, how=How.MEDIAN)
def contacts_of_a_closed_spell(spell: Any) -> Any:
    return closed_after_two_contacts(spell).ifelse(spell.contacts, None)


@indicator("M3", "median-days", over=Over.SPELLS, how=How.MEDIAN)
def days_from_referral_to_discharge(spell: Any) -> Any:
    return closed_after_two_contacts(spell).ifelse(days_from(spell.starts, spell.closed_on), None)


# D1 Plan agreed with the young person or family


@indicator("D1", "open", over=Over.SPELLS)
def open_after_two_contacts(spell: Any) -> Any:
    return spell.counted & spell.is_open & spell.seen_twice


@indicator("D1", "agreed", over=Over.SPELLS)
def plan_agreed_together(spell: Any) -> Any:
    return open_after_two_contacts(spell) & (spell.plan_shared_on < spell.closes)


# D2 Goals set


@indicator("D2", "reached", over=Over.SPELLS)
def third_contact_reached(spell: Any) -> Any:
    return spell.counted & _in_quarter(spell, spell.third_contact)


@indicator("D2", "goals", over=Over.SPELLS)
def goal_scored_by_third_contact(spell: Any) -> Any:
    return third_contact_reached(spell) & (spell.goal_on <= spell.third_contact)


# W1 Referred again within a year


@indicator("W1", "discharged", over=Over.SPELLS)
def discharged_a_year_ago(spell: Any) -> Any:
    year_ago = (spell.closed_on >= spell.year_ago_opens) & (spell.closed_on < spell.year_ago_closes)
    return spell.counted & year_ago & spell.close_reason.isin(("02", "04", "07", "08"))


@indicator("W1", "returned", over=Over.SPELLS)
def referred_again(spell: Any) -> Any:
    return discharged_a_year_ago(spell) & spell.returned


# W3 Grouping recorded


indicator("W3", "open", over=Over.SPELLS)(open_and_begun)


@indicator("W3", "grouped", over=Over.SPELLS)
def grouping_known(spell: Any) -> Any:
    return open_and_begun(spell) & spell.grouping.notnull()


def _known_by(method: Method) -> None:
    def known_by_method(spell: Any) -> Any:
        return open_and_begun(spell) & (spell.method == method.value)

    known_by_method.__name__ = f"grouping_{method.value.replace('-', '_')}"
    indicator("W3", method.value, over=Over.SPELLS)(known_by_method)


for _method in Method:
    _known_by(_method)


@indicator("W3", "current-view", over=Over.SPELLS)
def current_view_completed(spell: Any) -> Any:
    return open_and_begun(spell) & (spell.current_view_on < spell.closes)
