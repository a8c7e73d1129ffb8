"""Who may be stuck, said early, with the reason and the step that usually comes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import ceil

from ithrive.areas.timeline import plain_day
from ithrive.framework.approach import Approach, Step
from ithrive.implementation.progress import DAYS_A_WEEK, PhaseProgress, Progress, StepProgress, next_step
from ithrive.implementation.rhythm import RULES, Rules, Usual, silence_allowed


class Alert(StrEnum):
    """How an area seems. `QUIET` is worth a call; `STALLED` is worth a visit."""

    MOVING = "moving"
    QUIET = "quiet"
    STALLED = "stalled"


class Sign(StrEnum):
    """Why an area is thought to be stuck."""

    SILENT = "nothing dated"
    NO_LEAD = "no lead"
    ROUND_OVERDUE = "round overdue"
    LONG_IN_PHASE = "long in one phase"


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of an area on the day of its `progress`.

    `since`: when it joined, None where that is not known. `taking_part` is False once it paused or left.
    `no_lead_since`: since when nobody leads, None while somebody does. `rounds_overdue`: the last days of the
    windows of rounds that were not held. `last_contact`: when the programme last supported it.
    """

    name: str
    progress: Progress
    since: date | None = None
    taking_part: bool = True
    no_lead_since: date | None = None
    rounds_overdue: tuple[date, ...] = ()
    last_contact: date | None = None


@dataclass(frozen=True, slots=True)
class StallWarning:
    """One sign, since a day (None where nothing at all is dated). `sentence` names the area, the reason,
    the day and the usual next step."""

    sign: Sign
    alert: Alert
    since: date | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Attention:
    """How one area seems, and every sign of it."""

    alert: Alert
    warnings: tuple[StallWarning, ...]
    next_step: StepProgress | None


def attention(situation: Situation, approach: Approach, usual: Usual, rules: Rules = RULES) -> Attention:
    """How an area seems on the day of its progress. Whoever paused, left or finished is not warned about."""
    following = next_step(situation.progress, approach)
    if following is None or situation.progress.finished or not situation.taking_part:
        return Attention(Alert.MOVING, (), following)
    warnings = tuple(_warnings(situation, approach, usual, rules, _next_words(following)))
    return Attention(_together(warnings, rules), warnings, following)


def _together(warnings: tuple[StallWarning, ...], rules: Rules) -> Alert:
    if not warnings:
        return Alert.MOVING
    silent = any(each.sign is Sign.SILENT for each in warnings)
    if silent and len(warnings) > 1 and rules.two_signs:
        return Alert.STALLED
    return Alert.STALLED if any(each.alert is Alert.STALLED for each in warnings) else Alert.QUIET


def _warnings(
    situation: Situation, approach: Approach, usual: Usual, rules: Rules, following: str
) -> Iterator[StallWarning]:
    signs = (
        _silent(situation, approach, usual, rules),
        _no_lead(situation, rules),
        _round_overdue(situation, rules),
        _long_in_phase(situation, usual),
    )
    for sign, (alert, since, words) in ((each[0], each[1:]) for each in signs if each):
        yield StallWarning(sign, alert, since, f"{situation.name}: {words} {following}")


_Found = tuple[Sign, Alert, date | None, str]


def _silent(situation: Situation, approach: Approach, usual: Usual, rules: Rules) -> _Found | None:
    latest = situation.progress.latest
    last = latest.on if latest else situation.since
    if last is None:
        return Sign.SILENT, Alert.QUIET, None, "nothing dated is on record, not even the day it joined."
    step = next((each for each in approach.steps if latest and each.code == latest.step), approach.steps[0])
    quiet, stalled = silence_allowed(step.usual_weeks, usual, rules)
    weeks = _weeks(last, situation.progress.today)
    if weeks <= quiet:
        return None
    words = (
        f"nothing dated since {plain_day(last)}, which is {weeks} weeks"
        f" ({_compared(usual, step, quiet)}).{_contact(situation)}"
    )
    return Sign.SILENT, Alert.STALLED if weeks > stalled else Alert.QUIET, last, words


def _compared(usual: Usual, step: Step, quiet: int) -> str:
    if usual.quiet is None:
        return f"“{step.name}” usually takes {step.usual_weeks} weeks"
    return f"few of the {usual.areas} areas like it are silent for more than {quiet}"


def _contact(situation: Situation) -> str:
    last = situation.last_contact
    return f" The last contact was on {plain_day(last)}." if last else " No contact is on record."


def _no_lead(situation: Situation, rules: Rules) -> _Found | None:
    since = situation.no_lead_since
    if since is None or _weeks(since, situation.progress.today) <= rules.lead_grace:
        return None
    return Sign.NO_LEAD, Alert.QUIET, since, f"no implementation lead since {plain_day(since)}."


def _round_overdue(situation: Situation, rules: Rules) -> _Found | None:
    today = situation.progress.today
    late = sorted(day for day in situation.rounds_overdue if _weeks(day, today) > rules.round_grace)
    if not late:
        return None
    more = f" (and {len(late) - 1} more)" if len(late) > 1 else ""
    words = f"the THRIVE assessment round that was due by {plain_day(late[0])} has not been held{more}."
    return Sign.ROUND_OVERDUE, Alert.QUIET, late[0], words


def _long_in_phase(situation: Situation, usual: Usual) -> _Found | None:
    phase = situation.progress.phase
    if phase is None or not phase.open or phase.code not in usual.long_in:
        return None
    over = (phase.weeks or 0) - usual.long_in[phase.code]
    if over <= 0:
        return None
    words = f"{_in_phase(phase)}; nine in ten areas like it took at most {ceil(usual.long_in[phase.code])}."
    since = phase.today - timedelta(weeks=over)
    return Sign.LONG_IN_PHASE, Alert.QUIET, since, words


def _in_phase(phase: PhaseProgress) -> str:
    begun = plain_day(phase.spells[0].starts)
    return f"{int(phase.weeks or 0)} weeks in the phase “{phase.name}”, begun on {begun}"


def _next_words(following: StepProgress) -> str:
    if following.evidence and not following.settled:
        return f"The usual next step is to finish “{following.name}”."
    return f"The usual next step is “{following.name}”."


def _weeks(since: date, today: date) -> int:
    """Whole weeks that have passed."""
    return (today - since).days // DAYS_A_WEEK
