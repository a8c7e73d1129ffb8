"""The statistics of agreement in words: what each tells, how its interval is made, why one is not given."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statistic:
    """One way to measure agreement. `code` is its field in an Agreement."""

    code: str
    title: str
    tells: str
    interval: str


STATISTICS = (
    Statistic(
        "percent",
        "Percent agreement",
        "Of all pairs of scores given to the same statement, how many are the same.",
        "Wilson's interval, with statements as trials.",
    ),
    Statistic(
        "kappa_linear",
        "Weighted kappa, linear",
        "Agreement beyond chance; a score two steps away counts twice as much against it as one step. "
        "With more than two raters, the mean over pairs of raters.",
        "Jackknife over statements (Fleiss and Davies 1982), on Fisher's scale (1925) for so many raters.",
    ),
    Statistic(
        "kappa_quadratic",
        "Weighted kappa, quadratic",
        "Agreement beyond chance; a score two steps away counts four times as much against it as one step. "
        "With more than two raters, the mean over pairs of raters.",
        "Jackknife over statements (Fleiss and Davies 1982), on Fisher's scale (1925) for so many raters.",
    ),
    Statistic(
        "alpha",
        "Krippendorff's alpha, ordinal",
        "Agreement beyond chance for any number of raters, using only the order of the scores.",
        "Percentiles of 1,000 resamples of the statements, drawn the same way every time.",
    ),
    Statistic(
        "icc_single",
        "ICC(2,1)",
        "How far one rater's score could stand for any other's: absolute agreement, two-way random effects.",
        "F-based interval (Shrout and Fleiss 1979; McGraw and Wong 1996).",
    ),
    Statistic(
        "icc_mean",
        "ICC(2,k)",
        "The same for the mean of this round's raters.",
        "F-based interval (Shrout and Fleiss 1979; McGraw and Wong 1996).",
    ),
)


def why_not_compared(raters: int, statements: int, fewest: int, *, every: bool = False) -> str | None:
    """The reason a statistic of these raters on these statements is not given, or None if it can be."""
    if raters == 0:
        return "Nobody has rated yet."
    if raters == 1:
        return "Only one rater took part, and agreement needs two."
    if statements < fewest:
        whom = "every rater" if every else "two raters"
        return f"{_how_many(statements)} scored by {whom}, and at least {fewest} are needed."
    return None


def _how_many(statements: int) -> str:
    if statements == 0:
        return "No statement was"
    return "Only one statement was" if statements == 1 else f"Only {statements} statements were"
