"""A match as sentences and as tables, the same on a page and in files."""

from collections import Counter
from collections.abc import Iterable

from ithrive.evaluation.matching.alternatives import Alternative
from ithrive.evaluation.matching.balance import CovariateBalance, Sample
from ithrive.evaluation.matching.matches import Match

SET_HEADINGS = ("Accelerator site", "Its name", "Candidate", "Candidate’s name", "Distance")
EXCLUSION_HEADINGS = ("Site", "Name", "Ground", "Because")
BALANCE_HEADINGS = (
    "Covariate",
    *(
        f"{words} {when}"
        for when in ("before", "after")
        for words in (
            "Mean of accelerators",
            "Mean of others",
            "Standardised difference",
            "Variance ratio",
            "eCDF mean",
            "eCDF largest",
        )
    ),
)
ALTERNATIVE_HEADINGS = (
    "Way",
    "Sites matched",
    "Total distance",
    "Largest difference left",
    "Pairs in common",
)


def set_rows(match: Match) -> list[tuple[object, ...]]:
    title = match.candidates.title
    return [
        (each.site, title(each.site), other, title(other), apart)
        for each in match.sets
        for other, apart in zip(each.others, each.distances, strict=True)
    ]


def exclusion_rows(match: Match) -> list[tuple[object, ...]]:
    return [
        (each.site, match.candidates.title(each.site), each.guard, each.because)
        for each in match.candidates.exclusions
    ]


def balance_rows(found: Iterable[CovariateBalance]) -> list[tuple[object, ...]]:
    return [(each.covariate, *_figures(each.before), *_figures(each.after)) for each in found]


def _figures(sample: Sample) -> tuple[float | None, ...]:
    return (
        sample.accelerator,
        sample.others,
        sample.difference,
        sample.ratio,
        sample.ecdf_mean,
        sample.ecdf_max,
    )


def alternative_rows(others: Iterable[Alternative]) -> list[tuple[object, ...]]:
    return [
        (each.way.words, each.why_not or each.matched, each.total, each.largest_difference, each.kept)
        for each in others
    ]


def summary(match: Match) -> list[str]:
    """What the match is, in sentences."""
    mine = int(match.candidates.accelerator.sum())
    others = len(match.candidates.sites) - mine
    guards = Counter(each.guard for each in match.candidates.exclusions)
    counted = ", ".join(f"{guard} {count}" for guard, count in sorted(guards.items()))
    left = len(match.candidates.barred)
    others_open = int(match.candidates.open.sum())
    matched = (
        f"{len(match.sets)} of {mine} accelerator sites are matched, with {len(match.pairs)} of "
        f"{others_open} open candidates. Way: {match.way.words}."
    )
    excluded = f"{left} candidates were excluded ({counted}); one may be excluded on several grounds."
    return [
        matched,
        excluded if left else f"All {others} other sites were open candidates.",
        f"The total distance is {match.total:.3f}. {_next_best(match)}",
    ]


def _next_best(match: Match) -> str:
    if match.margin is None:
        return "How much worse the next best match is was not worked out."
    if match.margin == float("inf"):
        return "There is no other match of as many sites."
    if match.margin < 1e-9:
        return "Another match is just as good; this one was taken by a fixed order of the sites' covariates."
    return f"The next best match is {match.margin:.3f} worse."
