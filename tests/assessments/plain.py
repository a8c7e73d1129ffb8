"""The statistics of agreement from their definitions, in plain Python and fractions: slow twins of ours.

A table is a list of statements, each a list with one score for each rater, 0 where there is none.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, permutations
from math import sqrt

Table = list[list[int]]


def percent(table: Table) -> Fraction | None:
    same = [one == other for row in table for one, other in combinations([s for s in row if s], 2)]
    return Fraction(100 * sum(same), len(same)) if same else None


def kappa(table: Table, power: int, fewest: int) -> Fraction | None:
    """The mean over pairs of raters of one less observed over expected disagreement."""
    found = [each for pair in pairs(table) if (each := kappa_of_pair(pair, power, fewest)) is not None]
    return sum(found, Fraction(0)) / len(found) if found else None


def pairs(table: Table) -> Iterator[list[tuple[int, int]]]:
    """For each two raters, their two scores of every statement that both scored."""
    for one, other in combinations(range(len(table[0])), 2):
        yield [(row[one], row[other]) for row in table if row[one] and row[other]]


def kappa_of_pair(scores: list[tuple[int, int]], power: int, fewest: int) -> Fraction | None:
    if len(scores) < fewest:
        return None
    observed = Fraction(sum(abs(a - b) ** power for a, b in scores), len(scores))
    by_chance = [abs(a - b) ** power for a, _ in scores for _, b in scores]
    expected = Fraction(sum(by_chance), len(by_chance))
    return 1 - observed / expected if expected else None


def kappa_error(table: Table, power: int, fewest: int) -> float | None:
    """The jackknife's: what the mean over pairs would be without each statement that has a part in it."""
    usable = [
        (one, other)
        for one, other in combinations(range(len(table[0])), 2)
        if kappa_of_pair([(row[one], row[other]) for row in table if row[one] and row[other]], power, fewest)
        is not None
    ]
    counted = [row for row in table if any(row[one] and row[other] for one, other in usable)]
    without = [
        [
            kappa_of_pair(
                [(r[one], r[other]) for r in counted if r is not row and r[one] and r[other]], power, 0
            )
            for one, other in usable
        ]
        for row in counted
    ]
    if not usable or any(each is None for row in without for each in row):
        return None
    means = [sum(filter(None, row), Fraction(0)) / len(row) for row in without]
    mean = sum(means, Fraction(0)) / len(means)
    squares = sum(((each - mean) ** 2 for each in means), Fraction(0))
    return sqrt(squares * (len(means) - 1) / len(means))


def alpha(table: Table) -> Fraction | None:
    """Krippendorff's alpha, ordinal: from the list of all pairable values, two by two."""
    units = [[score for score in row if score] for row in table]
    values = [score for unit in units if len(unit) > 1 for score in unit]
    if len(set(values)) < 2:
        return None
    within = sum(
        Fraction(apart(a, b, values), len(unit) - 1)
        for unit in units
        if len(unit) > 1
        for a, b in permutations(unit, 2)
    )
    across = sum(apart(a, b, values) for a, b in permutations(values, 2))
    return 1 - (within / len(values)) / (across / (len(values) * (len(values) - 1)))


def apart(one: int, other: int, values: list[int]) -> Fraction:
    """Krippendorff's ordinal difference: the values from one to the other, the ends counting half."""
    low, high = sorted((one, other))
    between = sum(low <= value <= high for value in values)
    return (between - Fraction(values.count(low) + values.count(high), 2)) ** 2


def intraclass(table: Table) -> tuple[Fraction | None, Fraction | None]:
    """ICC(2,1) and ICC(2,k) from the mean squares of the statements that all raters scored."""
    full = [row for row in table if all(row)]
    n, k = len(full), len(table[0])
    mean = Fraction(sum(map(sum, full)), n * k)
    of_rows = [Fraction(sum(row), k) for row in full]
    of_columns = [Fraction(sum(row[rater] for row in full), n) for rater in range(k)]
    rows = k * sum((each - mean) ** 2 for each in of_rows) / (n - 1)
    columns = n * sum((each - mean) ** 2 for each in of_columns) / (k - 1)
    left = sum((full[i][j] - of_rows[i] - of_columns[j] + mean) ** 2 for i in range(n) for j in range(k))
    error = left / ((n - 1) * (k - 1))
    single = rows + (k - 1) * error + k * (columns - error) / n
    of_mean = rows + (columns - error) / n
    return (rows - error) / single if single else None, (rows - error) / of_mean if of_mean > 0 else None
