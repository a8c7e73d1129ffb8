"""How far a round's mean score tells rounds apart: the reliability of what several raters gave on average.

One-way random effects, since each round has raters of its own: ICC(1,k), Shrout and Fleiss (1979),
Psychological Bulletin 86, 420-428, case 1, written as one less the mean square within rounds over that
between them. With differing numbers of raters it is that of their effective number (Searle, Casella and
McCulloch 1992, Variance Components, section 3.6).
"""

from collections.abc import Sequence

import numpy as np

from ithrive.assessments.estimates import NotComputable

FEWEST_ROUNDS = 5  # ours: with fewer, one round could turn the figure round
TOO_FEW = "Fewer than {fewest} rounds have two raters or more, so how reliable their mean is cannot be told."
NO_SPREAD = "Raters of one round differ as much as rounds do, so their mean tells no round from another."


def reliability_of_means(rounds: Sequence[Sequence[float]]) -> float | NotComputable:
    """The share, above 0 and up to 1, of what rounds' means differ by that is not the raters' error.

    `rounds` holds, for each round, the mean score that each of its raters gave. Rounds with one rater tell
    nothing of it and have no part.
    """
    held = [np.asarray(each, dtype=np.float64) for each in rounds if len(each) > 1]
    if len(held) < FEWEST_ROUNDS:
        return NotComputable(TOO_FEW.format(fewest=FEWEST_ROUNDS))
    sizes = np.array([len(each) for each in held])
    means = np.array([each.mean() for each in held])
    overall = float(np.concatenate(held).mean())
    between = float((sizes * (means - overall) ** 2).sum()) / (len(held) - 1)
    within = sum(float(((each - each.mean()) ** 2).sum()) for each in held) / float(sizes.sum() - len(held))
    if between <= within:
        return NotComputable(NO_SPREAD)
    return 1 - within / between
