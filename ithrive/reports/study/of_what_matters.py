"""What makes an effect larger or smaller: moderators, and how much was implemented."""

from collections.abc import Iterator

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.dose import DoseOverWaves, TwoStage
from ithrive.evaluation.estimates import Estimate
from ithrive.evaluation.moderators import Moderation
from ithrive.evaluation.numbers import number
from ithrive.evaluation.replication import Moderated
from ithrive.evaluation.study import DoseResult, ModeratorResult, OutcomeResult
from ithrive.reports.document import Block, Drawn, Grid, Heading, Points
from ithrive.reports.pictures import Frame, change_by_dose
from ithrive.reports.pictures.effect_scale import NONE, EffectScale, effect_scale
from ithrive.reports.study.audience import Audience
from ithrive.reports.study.words import counted, judgement_row, p_value

Row = tuple[str, ...]


def moderators(outcome: OutcomeResult, frame: Frame) -> Iterator[Block]:
    if not outcome.moderators:
        return
    scale = effect_scale(outcome)
    yield Heading(3, "What makes the effect larger or smaller?")
    for each in outcome.moderators:
        more = (
            "in the upper half of sites than in the lower" if each.split == "median" else "for one unit more"
        )
        headings = ("Method", f"Effect {more} ({scale.unit})", f"{frame.level} interval", "p", "Over")
        yield Grid(each.title, headings, (_over_pairs(each, scale), _triple(each, scale)), each.source)


def _over_pairs(moderator: ModeratorResult, scale: EffectScale) -> Row:
    name, over = "Effects of single pairs", counted(moderator.pairs, "pair")
    found = moderator.found
    if not isinstance(found, Moderated):
        return name, NONE, NONE, NONE, found.reason
    return name, scale.told(found.slope), scale.between(found.interval), p_value(found.p), over


def _triple(moderator: ModeratorResult, scale: EffectScale) -> Row:
    name, found = "Triple difference", moderator.triple
    if not isinstance(found, Moderation):
        return name, NONE, NONE, NONE, found.reason
    told = found.difference
    if not isinstance(told, Estimate):
        return name, NONE, NONE, NONE, told.reason
    _, _, interval, p, _ = judgement_row(name, told.cr2, scale)
    return name, scale.told(told.value), interval, p, f"{found.accelerators + found.comparisons} sites"


def doses(outcome: OutcomeResult, frame: Frame, audience: Audience) -> Iterator[Block]:
    if not outcome.doses:
        return
    yield Heading(3, "Does better implementation bring more change?")
    for each in outcome.doses:
        yield from _dose(outcome, each, frame, audience)


def _dose(outcome: OutcomeResult, dose: DoseResult, frame: Frame, audience: Audience) -> Iterator[Block]:
    scale = effect_scale(outcome)
    picture = change_by_dose(outcome, dose, frame) if audience is Audience.EVALUATORS else None
    if picture:
        yield Drawn(picture, dose.source)
    rows = (
        _slope("Accelerator sites, by permutation", dose.headline, scale),
        _slope("Within both arms, by permutation", dose.both_arms, scale),
        _model("Mixed model", dose.model, scale),
        _model("Mixed model, had raters made no error", dose.corrected, scale),
    )
    headings = ("Method", f"Change ({scale.unit})", f"{frame.level} interval", "p", "Judged against")
    yield Grid(f"Change for one unit more of: {dose.dose}", headings, rows, dose.source)
    yield Points(tuple(_said(dose, scale)))


def _slope(name: str, found: TwoStage | NotComputable, scale: EffectScale) -> Row:
    if isinstance(found, NotComputable):
        return name, NONE, NONE, NONE, found.reason
    against = f"{found.reference}; {found.sites} sites"
    return name, scale.told(found.slope), scale.between(found.interval), p_value(found.p), against


def _model(name: str, found: DoseOverWaves | NotComputable, scale: EffectScale) -> Row:
    if isinstance(found, NotComputable):
        return name, NONE, NONE, NONE, found.reason
    _, _, interval, p, against = judgement_row(name, found.inference, scale)
    return name, scale.told(found.slope), interval, p, against


def _no_interval(dose: DoseResult) -> Iterator[str]:
    each = (("Accelerator sites", dose.headline), ("Within both arms", dose.both_arms))
    for name, found in each:
        if isinstance(found, TwoStage) and isinstance(found.interval, NotComputable):
            yield f"{name}, by permutation. No interval: {found.interval.reason}"


def _said(dose: DoseResult, scale: EffectScale) -> Iterator[str]:
    if dose.shape_sentence:
        yield f"Shape: {dose.shape_sentence}"
    if dose.without:
        ends = sorted(each.slope for each in dose.without)
        bounds = f"{scale.told(ends[0])} and {scale.told(ends[-1])} {scale.unit}"
        yield f"Leaving out one site at a time, the change for one unit more lies between {bounds}."
    if not isinstance(dose.reliability, NotComputable):
        told = number(dose.reliability.value)
        yield f"Reliability of the agreed scores, from 0 to 1: {told}. {dose.reliability.sentence}"
    yield from _no_interval(dose)
    left = len(dose.left_out)
    yield (
        f"{counted(left, 'site has', 'sites have')} no part in it."
        if left
        else "Every site has a part in it."
    )
