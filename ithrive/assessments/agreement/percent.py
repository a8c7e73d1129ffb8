"""Percent agreement: of all pairs of scores given to one statement, how many are the same."""

import numpy as np

from ithrive.assessments.agreement.grid import Real, Whole

# The 97.5% point of the normal distribution.
Z = 1.959963984540054


def percent_agreement(given: Whole) -> tuple[Real, Real, Real]:
    """Value and both ends of a 95% interval, in percent, for each round; NaN where no pair can be compared.

    `given` counts scores (rounds x statements x scores). The interval is Wilson's with the statements as
    trials (Wilson 1927). For two raters that is exact in kind; for more it is cautious, because a
    statement's share of agreeing pairs varies less than a plain yes or no.
    """
    of_statement = given.sum(axis=-1)
    pairs = (of_statement * (of_statement - 1)).sum(axis=-1)
    agreeing = (given * (given - 1)).sum(axis=(-2, -1))
    statements = (of_statement >= 2).sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = agreeing / pairs
        middle = (share + Z**2 / (2 * statements)) / (1 + Z**2 / statements)
        spread = share * (1 - share) / statements + Z**2 / (4 * statements**2)
        reach = Z * np.sqrt(spread) / (1 + Z**2 / statements)
    return 100 * share, 100 * np.maximum(middle - reach, 0), 100 * np.minimum(middle + reach, 1)
