"""The result of a pulse on working relationships, beside a profile: never below the minimum of people."""

from dataclasses import dataclass

from ithrive.assessments.estimates import NotComputable
from ithrive.assessments.relationships import GroupResult, PulseResult
from ithrive.assessments.sectors import SECTORS
from ithrive.web.components import parts
from ithrive.web.components.parts import Params


@dataclass(frozen=True, slots=True)
class PulsePart:
    """`reason` says why nothing is shown; otherwise the tables are there."""

    reason: str
    sentence: str = ""
    questions: Params | None = None
    sectors: Params | None = None
    rule: str = ""


def pulse_part(found: PulseResult | NotComputable | None) -> PulsePart:
    if found is None:
        return PulsePart("No pulse on working relationships was asked in this round.")
    if isinstance(found, NotComputable):
        return PulsePart(found.reason)
    if isinstance(found.overall, NotComputable):
        return PulsePart(found.overall.reason)
    return PulsePart(
        "",
        f"{found.overall.respondents} people answered. Mean {_mean(found.overall)} on a scale from 1 "
        "(strongly disagree) to 5 (strongly agree).",
        _questions(found, found.overall),
        _sectors(found) if found.sectors else None,
        f"Nothing is shown for fewer than {found.minimum} people, nor what would let others work it out.",
    )


def _questions(found: PulseResult, overall: GroupResult) -> Params:
    rows = [
        (
            each.text,
            _figure(overall.questions[each.code].mean),
            *overall.questions[each.code].counts,
            overall.questions[each.code].cannot_say,
        )
        for each in found.questionnaire.question
    ]
    scale = [f"{number}: {words}" for number, words in enumerate(found.questionnaire.scale, 1)]
    headings = ("Question", "Mean", *scale, found.questionnaire.cannot_say)
    caption = "Working relationships, by question"
    return parts.table(caption, headings, rows, numeric=range(1, len(headings)), caption_size="s")


def _sectors(found: PulseResult) -> Params:
    rows = [(SECTORS.get(sector, sector), *_shown(group)) for sector, group in found.sectors.items()]
    caption = "Working relationships, by sector"
    return parts.table(caption, ("Sector", "People", "Mean"), rows, numeric=(1, 2), caption_size="s")


def _shown(group: GroupResult | NotComputable) -> tuple[object, object]:
    return (
        ("not shown", "not shown") if isinstance(group, NotComputable) else (group.respondents, _mean(group))
    )


def _mean(group: GroupResult) -> str:
    return _figure(group.mean)


def _figure(mean: float | NotComputable) -> str:
    return "nobody could say" if isinstance(mean, NotComputable) else f"{mean:.1f}"
