"""The profile of one round: heat table, totals, movement, agreement, both views, working relationships."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ithrive.areas.timeline import plain_day
from ithrive.assessments.agreement import AgreementReport
from ithrive.assessments.estimates import NotComputable
from ithrive.assessments.life import Purpose, State
from ithrive.assessments.profile import Profile
from ithrive.assessments.relationships import PulseResult
from ithrive.web.assessments.models import RaterOnRound, Round
from ithrive.web.assessments.presenters.agreement import AgreementPart, agreement_part
from ithrive.web.assessments.presenters.figures import counted
from ithrive.web.assessments.presenters.heat_table import LevelTable, heat_table
from ithrive.web.assessments.presenters.instruments import NOTICE, TOTALS
from ithrive.web.assessments.presenters.movements import MovementPart, movement_part
from ithrive.web.assessments.presenters.relationships import PulsePart, pulse_part
from ithrive.web.assessments.presenters.totals import TotalRow, total_rows
from ithrive.web.assessments.presenters.two_views import ViewsPart, views_part
from ithrive.web.assessments.profiles import Assessed, Series, View, baseline_of

WAITING = {
    State.SCHEDULED: "This round has not begun, so it has no profile yet.",
    State.OPEN: "This round is being rated, so it has no profile yet.",
    State.MODERATING: "The scores of this round are being agreed, so it has no profile yet.",
    State.LOCKED: "The scores of this round wait for a second signature, so it has no profile yet.",
    State.MISSED: "This round was missed, so it has no profile.",
}


@dataclass(frozen=True, slots=True)
class Unrated:
    """A statement without a score, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class ProfilePage:
    sentence: str
    tells: str
    tells_not: str
    notice: str
    instrument: str
    levels: tuple[LevelTable, ...]
    unrated: tuple[Unrated, ...]
    totals: tuple[TotalRow, ...]
    own_scale: str
    baseline: str
    movements: tuple[MovementPart, ...]
    agreement: AgreementPart
    views: ViewsPart | None
    pulse: PulsePart


def title(round: Round) -> str:
    what = "Reflection" if round.purpose == Purpose.REFLECTION else "Profile of the round"
    return f"{what} due {plain_day(round.due_on)}"


def profile_page(
    here: Assessed,
    series: Series,
    *,
    report: AgreementReport,
    raters: Sequence[RaterOnRound],
    views: Mapping[str, View],
    pulse: PulseResult | NotComputable | None,
) -> ProfilePage:
    """`series` are the rounds that `here` is one of, from the first to the last."""
    found = here.step.profile
    return ProfilePage(
        sentence=summary(found),
        tells=_tells(here.round, found),
        tells_not=(
            "It does not show why things are so, nor what caused a change, and it does not rank areas. A "
            "change of one step within the raters’ own range may be the raters’ and not the area’s."
        ),
        notice=NOTICE if found.instrument.demonstration else "",
        instrument=f"{found.instrument.title}, version {found.instrument.version}",
        levels=heat_table(here.step),
        unrated=_unrated(found),
        totals=total_rows(here.step),
        own_scale=TOTALS[found.instrument.total],
        baseline=_baseline(here, baseline_of(here, series)),
        movements=_movements(here, series),
        agreement=agreement_part(report, found.instrument, raters),
        views=views_part(views),
        pulse=pulse_part(pulse),
    )


def summary(found: Profile) -> str:
    """Where the area stands, in one breath."""
    like = sum(each.thrive_like is True for each in found.principles)
    principles = f"THRIVE-like on {like} of {counted(len(found.principles), 'principle', 'principles')}"
    if isinstance(found.overall.total, NotComputable):
        return f"{principles}. {found.overall.total.reason}"
    span = found.overall.total.percent
    return (
        f"{principles}. Overall {span.value:.0f} on a scale from 0 to 100; between {span.low:.0f} and "
        f"{span.high:.0f} by the raters’ own lowest and highest scores."
    )


def _tells(round: Round, found: Profile) -> str:
    number = counted(len(found.statements), "statement", "statements")
    if round.purpose == Purpose.REFLECTION:
        return f"This is the area’s own reflection on {number}. It is not an evaluated score."
    return (
        f"This shows how THRIVE-like the local system was found to be on {number}: what raters gave, blind "
        "to each other, and what was then agreed and signed off."
    )


def _unrated(found: Profile) -> tuple[Unrated, ...]:
    return tuple(
        Unrated(
            each.statement.text,
            "No score was agreed."
            if each.missing
            else each.reason or "It was agreed that it cannot be rated.",
        )
        for each in found.statements.values()
        if each.score is None
    )


def _baseline(here: Assessed, first: Assessed) -> str:
    """Which round “since baseline” starts from, and why that one."""
    study = here.round.study
    whose = f"the first round of the study {study}" if study else "the area’s first round"
    imported = ", which was held elsewhere and imported" if first.round.imported_from else ""
    if first is here:
        return f"This is the baseline: {whose} with scores that stand{imported}."
    return f"The baseline is {whose}, due on {plain_day(first.round.due_on)}{imported}."


def _movements(here: Assessed, series: Series) -> tuple[MovementPart, ...]:
    """Since last time, and since the baseline where that is another round."""
    place, first, now = series.index(here), baseline_of(here, series), here.step.profile
    parts = []
    if here.step.since_last is not None:
        last = series[place - 1]
        name = "the first round" if last is first else "last time"
        since = f"Since {name}, {plain_day(last.round.due_on)}"
        parts.append(movement_part("since-last", since, last.step.profile, now, here.step.since_last))
    if here.step.since_baseline is not None and first is not series[place - 1]:
        words = f"Since the baseline, {plain_day(first.round.due_on)}"
        parts.append(
            movement_part("since-baseline", words, first.step.profile, now, here.step.since_baseline)
        )
    return tuple(parts)
