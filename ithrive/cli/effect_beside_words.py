"""The lines of `ithrive effect` on staggered starts, single sites, moderators, counts and drifts."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from ithrive.cli.effect_beside import Beside
from ithrive.cli.effect_figures import interval_words, judged_words, number_words, short_words
from ithrive.evaluation import Estimate, NotComputable
from ithrive.evaluation.counts import CountEffect
from ithrive.evaluation.moderators import Moderation
from ithrive.evaluation.staggered import Aggregate, Honest, Staggered, Synthetic

Answer = TypeVar("Answer")


def beside_lines(found: Beside) -> Iterator[str]:
    """The lines of one outcome, indented below its own."""
    yield from _titled("Starts that differ", found.staggered, _staggered)
    yield from _titled("Single sites", found.synthetic, _synthetic)
    yield from _titled("Moderator", found.moderation, _moderation)
    yield from _titled("Counts", found.counts, _counts)
    yield from _titled("If the arms had drifted apart", found.honest, _honest)


def _titled(
    title: str, answer: Answer | NotComputable | None, lines: Callable[[Answer], Iterator[str]]
) -> Iterator[str]:
    if isinstance(answer, NotComputable):
        yield f"  {title}: {answer.reason}"
    elif answer is not None:
        yield f"  {title}:"
        yield from (f"    {line}" for line in lines(answer))


def _staggered(found: Staggered) -> Iterator[str]:
    yield f"{found.estimator}; compared with {found.compared}."
    for each in (found.simple, found.time, found.group, found.wave):
        yield from _whole(each)
    for name, table in (
        ("Waves since the start", found.by_time),
        ("Start", found.by_group),
        ("Wave", found.by_wave),
    ):
        yield f"{name}:"
        yield from (f"  {_short(each)}" for each in table)
    if found.left_out:
        yield f"Left out, having begun before the first wave: {', '.join(found.left_out)}."
    yield from (f"Assumes: {each}" for each in found.assumes)


def _whole(each: Aggregate) -> Iterator[str]:
    yield f"{each.label}: {number_words(each.estimate)}"
    yield f"  {judged_words(each.influence, 'Influence function')}"
    yield f"  {judged_words(each.small_sample, 'Variance by start')}"
    yield f"  {judged_words(each.by_lot, 'By lot')}"


def _short(each: Aggregate) -> str:
    small, lot = short_words(each.small_sample), short_words(each.by_lot)
    return f"{each.label}: {number_words(each.estimate)}; by start {small}; by lot {lot}"


def _synthetic(found: Synthetic) -> Iterator[str]:
    yield f"{found.estimator}: mean {number_words(found.estimate)} over {len(found.sites)} sites."
    yield f"  {judged_words(found.jackknife, 'Jackknife')}"
    yield f"  {judged_words(found.by_lot, 'By lot')}"
    for each in found.sites:
        judged = judged_words(each.placebo, "All placebos")
        yield f"  {each.site}, from {each.start}: {number_words(each.estimate)}. {judged}"
    yield from (f"  Left out: {site}. {why}" for site, why in found.left_out)
    yield from (f"Assumes: {each}" for each in found.assumes)


def _moderation(found: Moderation) -> Iterator[str]:
    unit = f"above {found.cut:.4g} against the rest" if found.split == "median" else "one unit more"
    yield f"{found.moderator}, {unit}: {_value(found.difference)}. {found.estimator}."
    if isinstance(found.difference, Estimate):
        yield f"  {judged_words(found.difference.cr2, 'Cluster-robust')}"
    yield f"  {judged_words(found.dealt, 'Deals of the moderator')}"
    for half in found.halves:
        sites = f"{half.accelerators} accelerator and {half.comparisons} comparison sites"
        yield f"  {half.label} ({sites}): {_value(half.estimate)}"
        if isinstance(half.estimate, Estimate):
            yield f"    {judged_words(half.estimate.cr2, 'Cluster-robust')}"
        yield f"    {judged_words(half.exact, 'Randomisation')}"
    yield found.sentence.rpartition(". ")[2]
    yield from (f"  Left out: {site}. {why}" for site, why in found.left_out)
    yield from (f"Assumes: {each}" for each in found.assumes)


def _value(estimate: Estimate | NotComputable) -> str:
    return estimate.reason if isinstance(estimate, NotComputable) else number_words(estimate.value)


def _counts(found: CountEffect) -> Iterator[str]:
    reach = interval_words(found.ratio_interval)
    yield f"{found.estimator}: rate ratio {number_words(found.ratio)}, interval {reach}."
    kept = f"{found.noughts} counts of nought, kept"
    yield f"  {found.events} events; {kept}; dispersion {found.dispersion:.3g}."
    if isinstance(found.estimate, Estimate):
        yield f"  {judged_words(found.estimate.cr2, 'Cluster-robust')}"
    yield f"  {judged_words(found.pair_swaps, 'Randomisation over pair swaps')}"
    yield f"  {judged_words(found.splits, 'Randomisation over all splits')}"
    if found.without_part:
        yield f"  Without any event, so without a part in the ratio: {', '.join(found.without_part)}."
    yield from (f"Assumes: {each}" for each in found.assumes)


def _honest(found: Honest) -> Iterator[str]:
    yield found.sentence
    for each in found.bounds:
        value, reach = number_words(each.estimate), interval_words(each.judged.interval)
        yield f"  bending by at most {number_words(each.m)} a wave: {value}, interval {reach}"
    yield found.relative.sentence
    for one in found.relative.bounds:
        reach = interval_words(one.judged.interval)
        yield f"  moving by at most {number_words(one.times)} times the largest step before: interval {reach}"
    yield from (f"Assumes: {each}" for each in (*found.assumes, *found.relative.assumes))
