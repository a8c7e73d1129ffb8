"""The part of a report that is about one outcome, every judgement together with its source."""

from collections.abc import Iterator

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.event_study import JointTest
from ithrive.evaluation.missing import Outlying
from ithrive.evaluation.numbers import number
from ithrive.evaluation.study import EventResult, OutcomeResult
from ithrive.reports.document import Block, Drawn, Grid, Heading, NewPage, Paragraph, Points
from ithrive.reports.pictures import (
    Frame,
    arms_over_time,
    effect_by_wave,
    effect_since_start,
    pairs_and_a_new_site,
)
from ithrive.reports.pictures.effect_scale import effect_scale
from ithrive.reports.study.audience import Audience
from ithrive.reports.study.of_what_matters import doses, moderators
from ithrive.reports.study.words import counted, judgement_row, p_value, reason


def outcome_part(outcome: OutcomeResult, frame: Frame, audience: Audience) -> Iterator[Block]:
    """Everything about one outcome that this audience may read."""
    yield NewPage()
    yield Heading(2, outcome.title, f"outcome-{outcome.id}")
    yield Paragraph(f"{outcome.sentence} (source {outcome.effect.source})")
    yield from _means(outcome, frame)
    yield from _effect(outcome, frame)
    yield from _events(outcome, frame)
    yield from _others(outcome, frame)
    yield from _variants(outcome, frame)
    yield from moderators(outcome, frame)
    yield from doses(outcome, frame, audience)
    yield from _replication(outcome, frame, audience)
    yield from _missing(outcome, audience)


def _means(outcome: OutcomeResult, frame: Frame) -> Iterator[Block]:
    picture = arms_over_time(outcome, frame)
    if picture:
        yield Drawn(picture, outcome.means[0].source)
    elif frame.least:
        yield Paragraph(f"The means of the arms are hidden: each is of fewer than {frame.least} sites.")


def _effect(outcome: OutcomeResult, frame: Frame) -> Iterator[Block]:
    found, scale = outcome.effect, effect_scale(outcome)
    yield Heading(3, "The effect")
    if isinstance(found.estimate, NotComputable):
        yield Paragraph(found.estimate.reason)
    else:
        yield Paragraph(
            f"{scale.told(found.estimate)} {scale.unit}, from {found.figures:,} figures of"
            f" {found.accelerators} accelerator and {found.comparisons} comparison sites over"
            f" {counted(found.waves, 'wave')}. {found.estimator} (source {found.source})."
        )
    judged = (
        ("Primary, as the protocol says", found.primary),
        ("Model-based, CR2", found.cr2),
        ("Pair swaps", found.pair_swaps),
        ("All splits", found.splits),
        ("Wild bootstrap (Webb)", found.bootstrap),
    )
    rows = tuple(judgement_row(name, each, scale) for name, each in judged)
    error = "Standard error (logarithms)" if scale.logarithm else f"Standard error ({scale.unit})"
    headings = ("Judgement", error, f"{frame.level} interval ({scale.unit})", "p", "Judged against")
    yield Grid("Judgements of the effect", headings, rows, found.source)
    yield Points(
        (
            f"p in its family: {p_value(found.family_p)}. {reason(found.family_p)}".strip(),
            f"Hidden differences between sites: {found.sensitivity_sentence}",
            f"Arms that drift apart: {outcome.drift.sentence} (source {outcome.drift.source})",
            *(f"Assumes: {each}" for each in found.assumes),
        )
    )


def _events(outcome: OutcomeResult, frame: Frame) -> Iterator[Block]:
    yield Heading(3, "Effect at each quarter")
    if not isinstance(outcome.events, EventResult):
        yield Paragraph(outcome.events.reason)
        since = effect_since_start(outcome, frame)
        if since:
            yield Drawn(since, outcome.staggered.source)
        return
    picture = effect_by_wave(outcome, frame)
    if picture:
        yield Drawn(picture, outcome.events.source)
    for side, test in (("before", outcome.events.before), ("after", outcome.events.after)):
        yield Paragraph(
            f"All waves {side} the start together: {_joint(test)} (source {outcome.events.source})"
        )


def _joint(test: JointTest | NotComputable) -> str:
    if isinstance(test, NotComputable):
        return test.reason
    return f"F {test.f:.2f} on {test.upper_df} and {test.lower_df:.1f} df, p {p_value(test.p)}."


def _others(outcome: OutcomeResult, frame: Frame) -> Iterator[Block]:
    scale = effect_scale(outcome)
    rows = tuple(
        (each.name, scale.told(each.estimate), scale.between(each.interval), p_value(each.p), each.source)
        for each in outcome.others
    )
    if rows:
        headings = ("Estimator", f"Effect ({scale.unit})", f"{frame.level} interval", "p", "Source")
        yield Grid("The effect by other estimators", headings, rows)
        assumed = [
            (each.name.split(",")[0], f"Assumes: {said}") for each in outcome.others for said in each.assumes
        ]
        unjudged = [
            (each.name.split(",")[0], f"No interval: {each.interval.reason}")
            for each in outcome.others
            if isinstance(each.interval, NotComputable)
        ]
        yield Points(tuple(f"{name}. {said}" for name, said in dict.fromkeys([*unjudged, *assumed])))


def _variants(outcome: OutcomeResult, frame: Frame) -> Iterator[Block]:
    scale = effect_scale(outcome)
    rows = tuple(
        (
            each.what,
            scale.told(each.estimate),
            scale.between(each.interval),
            p_value(each.p),
            number_left_out(each.left_out),
            each.source,
        )
        for each in outcome.variants
    )
    if rows:
        headings = (
            "Other choice",
            f"Effect ({scale.unit})",
            f"{frame.level} interval",
            "p",
            "Figures",
            "Source",
        )
        yield Grid("The effect under other choices", headings, rows)


def number_left_out(count: int) -> str:
    """A variant may leave figures out, or take those back that the protocol leaves out."""
    return f"{count:,} left out" if count >= 0 else f"{-count:,} taken back"


def _replication(outcome: OutcomeResult, frame: Frame, audience: Audience) -> Iterator[Block]:
    yield Heading(3, "Will it work elsewhere?")
    found, scale = outcome.replication, effect_scale(outcome)
    if isinstance(found.found, NotComputable):
        yield Paragraph(found.found.reason)
        return
    whole = found.found
    over, mean = counted(len(whole.names), "pair"), f"{scale.told(whole.mean)} {scale.unit}"
    yield Paragraph(
        f"{found.sentence} Those are the ends of a {frame.level} prediction interval for one more site that"
        f" volunteers as these did. The mean over {over} is {mean} ({frame.level} interval"
        f" {scale.between(whole.interval)}). {whole.method} (source {found.source})."
    )
    picture = pairs_and_a_new_site(outcome, frame) if audience is Audience.EVALUATORS else None
    if picture:
        yield Drawn(picture, found.source)


def _missing(outcome: OutcomeResult, audience: Audience) -> Iterator[Block]:
    yield Heading(3, "What was missing or odd")
    said = [f"{each} (source {outcome.missing.source})" for each in outcome.missing.sentences]
    if audience is Audience.EVALUATORS:
        said += [f"{site} has no part: {why}" for site, why in outcome.missing.sites_left_out]
        said += [
            f"{each.site}, {each.wave}: {number(_as_received(outcome, each))} {outcome.unit} stands out"
            f" ({number(each.deviations)} robust deviations)."
            for each in outcome.outlying
        ]
    else:
        left, odd = len(outcome.missing.sites_left_out), len(outcome.outlying)
        if left:
            said.append(f"{counted(left, 'site has', 'sites have')} no part in the effect.")
        said.append(f"{counted(odd, 'figure')} stood out from the others of the same site.")
    yield Points((*said, *outcome.notes))


def _as_received(outcome: OutcomeResult, odd: Outlying) -> float | None:
    """The figure in its own unit: it may have been judged on logarithms."""
    mine = next(each for each in outcome.series if each.site == odd.site)
    return next((each.figure for each in mine.points if each.quarter == odd.wave), None)
