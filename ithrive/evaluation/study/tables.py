"""Results as tables for a spreadsheet, each row with the source of its numbers."""

from collections.abc import Iterable, Sequence

from ithrive.evaluation.answers import Inference, Interval, NotComputable
from ithrive.evaluation.study.outcome_results import OutcomeResult
from ithrive.evaluation.study.results import StudyResults
from ithrive.tables import csv_text

EFFECTS = (
    "Outcome", "Standing", "Family", "Method", "Scale", "Unit", "Estimate", "Low", "High", "p",
    "p over the family", "Reference", "Why not", "Source",
)  # fmt: skip
SERIES = ("Outcome", "Site", "Arm", "Wave", "Quarter", "State", "Figure", "Used", "Why not", "Source")
EVENTS = ("Outcome", "Standing", "Wave", "Quarter", "Estimate", "Low", "High", "p", "Source")
DROPPED = ("File", "What", "Rows", "Why")
SOURCES = ("Source", "Outcome", "Sites", "Waves", "Vintage", "Method")
Cells = Sequence[object]


def tables(found: StudyResults) -> dict[str, str]:
    """The tables of a run by file name, as CSV text. `series.csv` is for evaluators: it names both arms."""
    label = found.standing.label
    every = found.outcomes
    return {
        "effects.csv": csv_text(EFFECTS, [row for each in every for row in _effects(each, label)]),
        "events.csv": csv_text(EVENTS, [row for each in every for row in _events(each, label)]),
        "series.csv": csv_text(SERIES, [row for each in every for row in _series(each)]),
        "dropped.csv": csv_text(
            DROPPED, [(each.file, each.what, each.rows, each.why) for each in found.dropped]
        ),
        "sources.csv": csv_text(
            SOURCES,
            [
                (each.id, each.outcome, each.sites, each.waves, each.vintage, each.method)
                for each in found.sources
            ],
        ),
    }


def _effects(outcome: OutcomeResult, label: str) -> Iterable[Cells]:
    effect = outcome.effect
    judged = {
        "CR2, Satterthwaite": effect.cr2,
        "Exact, swaps within pairs": effect.pair_swaps,
        "Exact, all splits": effect.splits,
        "Webb wild bootstrap": effect.bootstrap,
    }
    for method, each in judged.items():
        yield (
            outcome.id, label, outcome.family, method, outcome.scale, outcome.unit, _number(effect.estimate),
            *_judged(each), _number(effect.family_p), each.reference if isinstance(each, Inference) else None,
            each.reason if isinstance(each, NotComputable) else None, effect.source,
        )  # fmt: skip


def _judged(found: Inference | NotComputable) -> tuple[float | None, float | None, float | None]:
    if isinstance(found, NotComputable):
        return None, None, None
    ends = (found.interval.low, found.interval.high) if isinstance(found.interval, Interval) else (None, None)
    return (*ends, found.p)


def _number(value: float | NotComputable) -> float | None:
    return None if isinstance(value, NotComputable) else value


def _events(outcome: OutcomeResult, label: str) -> Iterable[Cells]:
    if isinstance(outcome.events, NotComputable):
        return
    for each in outcome.events.waves:
        judged = _judged(each.cr2)
        yield (outcome.id, label, each.wave, each.quarter, each.estimate, *judged, each.source)


def _series(outcome: OutcomeResult) -> Iterable[Cells]:
    for site in outcome.series:
        for each in site.points:
            used = "yes" if each.used else "no"
            yield (
                outcome.id, site.site, site.arm, each.wave, each.quarter, each.state, each.figure, used,
                each.why_not, site.source,
            )  # fmt: skip
