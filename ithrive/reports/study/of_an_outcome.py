"""The part of a report that is about one outcome, every judgement together with its source."""

from collections.abc import Iterator

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.replication import Moderated
from ithrive.evaluation.study import DoseResult, EventResult, OutcomeResult
from ithrive.reports.document import Block, Drawn, Grid, Heading, Paragraph, Points
from ithrive.reports.pictures import (
    Picture,
    arms_over_time,
    change_by_dose,
    effect_by_wave,
    pairs_and_a_new_site,
)
from ithrive.reports.pictures.picture import number
from ithrive.reports.study.audience import Audience
from ithrive.reports.study.words import NONE, between, figure, judgement_row, p_value, reason

JUDGED = ("Judgement", "Standard error", "Interval", "p", "Judged against")


def outcome_part(outcome: OutcomeResult, audience: Audience) -> Iterator[Block]:
    """Everything about one outcome that this audience may read."""
    yield Heading(2, outcome.title, f"outcome-{outcome.id}")
    yield Paragraph(outcome.sentence)
    yield from _drawn(arms_over_time(outcome))
    yield from _effect(outcome)
    yield from _events(outcome)
    yield from _others(outcome)
    yield from _variants(outcome)
    yield from _moderators(outcome)
    for dose in outcome.doses:
        yield from _dose(outcome, dose, audience)
    yield from _replication(outcome, audience)
    yield from _missing(outcome, audience)


def _drawn(picture: Picture | None) -> Iterator[Block]:
    if picture:
        yield Drawn(picture)


def _effect(outcome: OutcomeResult) -> Iterator[Block]:
    found = outcome.effect
    yield Heading(3, "The effect")
    yield Paragraph(
        f"{found.estimator}: {figure(found.estimate)} ({outcome.unit}, {outcome.scale}), from"
        f" {found.figures} figures of {found.accelerators} accelerator and {found.comparisons} comparison"
        f" sites over {found.waves} waves."
        f" {reason(found.estimate)}"
    )
    rows = (
        judgement_row("Primary, as the protocol says", found.primary),
        judgement_row("Model-based, CR2", found.cr2),
        judgement_row("Pair swaps", found.pair_swaps),
        judgement_row("All splits", found.splits),
        judgement_row("Wild bootstrap (Webb)", found.bootstrap),
    )
    yield Grid(f"Judgements of the effect (source {found.source})", JUDGED, rows)
    yield Points(
        (
            f"Family-wise p: {p_value(found.family_p)}. {reason(found.family_p)}".strip(),
            f"Hidden differences between sites: {found.sensitivity_sentence}",
            *found.assumes,
        )
    )


def _events(outcome: OutcomeResult) -> Iterator[Block]:
    yield Heading(3, "Effect at each quarter")
    if not isinstance(outcome.events, EventResult):
        yield Paragraph(outcome.events.reason)
        return
    yield from _drawn(effect_by_wave(outcome))
    for side, test in (("before", outcome.events.before), ("after", outcome.events.after)):
        if isinstance(test, NotComputable):
            yield Paragraph(f"All waves {side} the start together: {test.reason}")
        else:
            yield Paragraph(
                f"All waves {side} the start together: F {test.f:.2f} on {test.upper_df} and"
                f" {test.lower_df:.1f} df, p {p_value(test.p)} (source {outcome.events.source})."
            )


def _others(outcome: OutcomeResult) -> Iterator[Block]:
    rows = tuple(
        (
            each.name,
            number(each.estimate),
            number(each.standard_error),
            between(each.interval),
            p_value(each.p),
            each.source,
        )
        for each in outcome.others
    )
    if rows:
        headings = ("Estimator", "Effect", "Standard error", "Interval", "p", "Source")
        yield Grid("The effect by other estimators", headings, rows)
        yield Points(tuple(f"{each.name}: {said}" for each in outcome.others for said in each.assumes))


def _variants(outcome: OutcomeResult) -> Iterator[Block]:
    rows = tuple(
        (
            each.what,
            figure(each.estimate),
            between(each.interval),
            p_value(each.p),
            str(each.left_out),
            each.source,
        )
        for each in outcome.variants
    )
    if rows:
        headings = ("Other choice", "Effect", "Interval", "p", "Figures left out", "Source")
        yield Grid("The effect under other choices", headings, rows)


def _moderators(outcome: OutcomeResult) -> Iterator[Block]:
    rows = []
    for each in outcome.moderators:
        found = each.found
        if isinstance(found, Moderated):
            cells = (number(found.slope), between(found.interval), p_value(found.p), str(each.pairs))
        else:
            cells = (found.reason, NONE, NONE, str(each.pairs))
        rows.append((each.title, *cells, each.source))
    if rows:
        headings = ("Moderator", "Effect for one unit more", "Interval", "p", "Pairs", "Source")
        yield Grid("What makes the effect larger or smaller", headings, tuple(rows))


def _dose(outcome: OutcomeResult, dose: DoseResult, audience: Audience) -> Iterator[Block]:
    yield Heading(3, "Does better implementation bring more change?")
    if audience is Audience.EVALUATORS:
        yield from _drawn(change_by_dose(outcome, dose))
    rows = []
    if isinstance(dose.headline, NotComputable):
        rows.append(("Site by site, by permutation", NONE, NONE, NONE, dose.headline.reason))
    else:
        rows.append(
            (
                "Site by site, by permutation",
                number(dose.headline.slope),
                "–",
                p_value(dose.headline.p),
                dose.headline.reference,
            )
        )
    for name, model in (
        ("Mixed model", dose.model),
        ("Mixed model, had raters made no error", dose.corrected),
    ):
        if isinstance(model, NotComputable):
            rows.append((name, NONE, NONE, NONE, model.reason))
        else:
            _, _, interval, p, against = judgement_row(name, model.inference)
            rows.append((name, number(model.slope), interval, p, against))
    yield Grid(
        f"Change for one unit more of {dose.dose} (source {dose.source})",
        ("Method", "Slope", "Interval", "p", "Judged against"),
        tuple(rows),
    )
    said = [dose.shape_sentence] if dose.shape_sentence else []
    if dose.without:
        slopes = [each.slope for each in dose.without]
        said.append(
            "Leaving out one site at a time, the slope lies between"
            f" {number(min(slopes))} and {number(max(slopes))}."
        )
    said.append(
        f"{len(dose.left_out)} sites have no part in it." if dose.left_out else "Every site has a part in it."
    )
    yield Points(tuple(said))


def _replication(outcome: OutcomeResult, audience: Audience) -> Iterator[Block]:
    yield Heading(3, "Will it work elsewhere?")
    found = outcome.replication
    if isinstance(found.found, NotComputable):
        yield Paragraph(found.found.reason)
        return
    if audience is Audience.EVALUATORS:
        yield from _drawn(pairs_and_a_new_site(outcome))
    yield Paragraph(
        f"{found.sentence} Mean over {len(found.found.names)} pairs {number(found.found.mean)}"
        f" ({between(found.found.interval)}); at a new site {between(found.found.prediction)}."
        f" {found.found.method} (source {found.source})."
    )


def _missing(outcome: OutcomeResult, audience: Audience) -> Iterator[Block]:
    yield Heading(3, "What was missing or odd")
    said = [*outcome.missing.sentences]
    if audience is Audience.EVALUATORS:
        said += [f"{site} has no part: {why}" for site, why in outcome.missing.sites_left_out]
        said += [
            f"{each.site}, {each.wave}: {number(each.figure)} stands out"
            f" ({each.deviations:.1f} robust deviations)."
            for each in outcome.outlying
        ]
    else:
        said.append(f"{len(outcome.outlying)} figures stood out from their site's others.")
    yield Points((*said, *outcome.notes))
