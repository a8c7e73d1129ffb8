"""What evaluators read of a study: protocol and standing, monitor, looks, runs. Never an outcome by arm."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from ithrive.evaluation.looks import why_not_look
from ithrive.evaluation.protocol import Protocol
from ithrive.evaluation.study import Monitor, Received
from ithrive.measures import measures
from ithrive.problems import BadInput
from ithrive.web.components.parts import Params, summary_list, table
from ithrive.web.evaluation.models import LookLine, StudyRun
from ithrive.web.evaluation.queries import StudyNow
from ithrive.web.evaluation.sights import EVALUATORS, why_not_read
from ithrive.web.overview.studies.working import why_not_look_yet


@dataclass(frozen=True)
class NextLook:
    """A planned look that was not taken: its wave, or why it cannot be taken yet."""

    wave: int
    why_not: str


@dataclass(frozen=True)
class WorkPage:
    """One study for its evaluators. `broken`: what is wrong with the ledger or the record, if anything."""

    broken: tuple[str, ...]
    label: str
    reason: str
    frozen: bool
    changes: tuple[str, ...]
    sites: str
    outcomes: Params
    seen: Params
    monitor: tuple[str, ...]
    quality: tuple[Params, ...]
    exposure: Params
    ledger: Params
    next_looks: tuple[NextLook, ...]
    why_not_run: str


def work_page(now: StudyNow, watched: Monitor) -> WorkPage:
    """`watched` is the monitor of today."""
    broken = broken_words(now)
    if broken:
        return WorkPage(
            broken,
            "exploratory",
            broken[0],
            False,
            (),
            *_of_protocol(now.protocol),
            (),
            (),
            {},
            {},
            (),
            broken[0],
        )
    standing = now.standing
    return WorkPage(
        (),
        standing.label,
        standing.reason,
        now.frozen is not None,
        now.changes,
        *_of_protocol(now.protocol),
        watched.sentences,
        _quality(watched),
        _exposure(watched),
        _ledger(now.lines, now),
        tuple(_next_looks(now, watched)),
        why_not_read(now.protocol, now.ledger, EVALUATORS, released=False) or "",
    )


def broken_words(now: StudyNow) -> tuple[str, ...]:
    try:
        _ = now.ledger, now.frozen
    except BadInput as altered:
        return tuple(map(str, altered.problems))
    return ()


def runs_table(runs: Iterable[StudyRun]) -> Params:
    rows = [
        [
            (f"Run {each.number}", reverse("studies:run", args=[each.study.slug, each.number])),
            each.state,
            str(timezone.localtime(each.asked_at).strftime("%-d %B %Y, %H:%M")),
            str(each.asked_by or each.asked_as),
            each.standing or "–",
            each.digest[:12] or "–",
        ]
        for each in runs
    ]
    return table(
        "Runs", ["Run", "State", "Figures as of", "Asked for by", "Standing", "SHA-256 begins"], rows
    )


def _of_protocol(protocol: Protocol) -> tuple[str, Params, Params]:
    mine, others = len(protocol.arm("accelerator")), len(protocol.arm("comparison"))
    first, last = protocol.quarters[0].label, protocol.quarters[-1].label
    sites = (
        f"{mine} accelerator and {others} comparison sites, {len(protocol.quarters)} quarters from {first} to"
        f" {last}, the baseline {protocol.waves.baseline.label}."
    )
    outcomes = [
        [each.id, measures()[each.measure].title, each.measure, each.family, each.model, each.better]
        for each in protocol.outcomes
    ]
    seen = [[each.who, each.what, each.when] for each in protocol.seen]
    return (
        sites,
        table("Outcomes", ["Outcome", "What it is", "Measure", "Family", "Model", "Better"], outcomes),
        table("Who may see what, and when", ["Who", "What", "When"], seen, name="sights"),
    )


def _quality(watched: Monitor) -> tuple[Params, ...]:
    found = watched.quality
    return tuple(
        _received(caption, rows)
        for caption, rows in (
            ("Received, by outcome", found.by_outcome),
            ("Received, by quarter", found.by_quarter),
            ("Received, by site", found.by_site),
        )
    )


def _received(caption: str, found: Iterable[Received]) -> Params:
    rows = [[each.of, each.received, each.expected, each.grade, _missing(each)] for each in found]
    headings = ["Of", "Received", "Expected", "Grade", "What did not come"]
    return table(caption, headings, rows, numeric=(1, 2), caption_size="s")


def _missing(each: Received) -> str:
    lost = [f"{count} {state}" for state, count in each.states if count and state not in ("value", "zero")]
    return ", ".join(lost) or "–"


def _exposure(watched: Monitor) -> Params:
    rows = [
        [each.site, each.evidence, ", ".join(each.kinds) or "–", each.assessments]
        for each in watched.exposure
    ]
    headings = ["Comparison site", "Dated facts of implementation", "Kinds", "Assessments"]
    return table(
        "How much of the change comparison sites have had", headings, rows, numeric=(1, 3), caption_size="s"
    )


def _ledger(lines: Iterable[LookLine], now: StudyNow) -> Params:
    rows = [
        [
            f"After wave {taken.wave}",
            timezone.localtime(line.at).strftime("%-d %B %Y"),
            str(line.taken_by or taken.by),
            line.says,
            taken.seal[:12],
        ]
        for line, taken in zip(lines, now.ledger, strict=True)
    ]
    return table("The ledger of looks", ["Look", "Taken", "By", "What it says", "Seal begins"], rows)


def look_seen(now: StudyNow, wave: int) -> Params | None:
    """What was seen at the look after a wave, when and by whom. None where none was taken.

    None too where the ledger is broken: what stands on it then is nothing to rely on.
    """
    if broken_words(now):
        return None
    for line, taken in zip(now.lines, now.ledger, strict=True):
        if taken.wave == wave:
            return summary_list(
                [
                    ("Taken", timezone.localtime(line.at).strftime("%-d %B %Y, %H:%M")),
                    ("By", str(line.taken_by or taken.by)),
                    ("What it says", line.says),
                    ("SHA-256 of the protocol", taken.protocol),
                    ("SHA-256 of the figures", taken.figures),
                    ("Seal", taken.seal),
                ]
            )
    return None


def _next_looks(now: StudyNow, watched: Monitor) -> Iterable[NextLook]:
    taken = {each.wave for each in now.ledger}
    last = next((each for each in now.protocol.quarters if each.label == watched.up_to), None)
    received = -now.protocol.waves.retrospective - 1 if last is None else last - now.protocol.waves.baseline
    for wave in now.protocol.looks:
        if wave not in taken:
            reason = why_not_look_yet(now) or why_not_look(
                wave, planned=now.protocol.looks, ledger=now.ledger, received=received
            )
            yield NextLook(wave, reason or "")
