"""Which sectors may be shown, so that nobody's answers can be worked out from what is shown."""

from collections.abc import Mapping

MINIMUM = 5


def shown_sectors(respondents: Mapping[str, int], minimum: int = MINIMUM) -> frozenset[str]:
    """The sectors that may be shown beside the overall result.

    A sector with fewer respondents than the minimum is hidden. Whoever takes the shown sectors from the
    overall result is left with the hidden ones together, so these must be two sectors or more and reach the
    minimum themselves: the smallest shown sectors are hidden too until they do (complementary suppression).
    """
    shown = {sector for sector, number in respondents.items() if number >= minimum}
    hidden = {sector for sector, number in respondents.items() if 0 < number < minimum}
    smallest_first = sorted(shown, key=lambda sector: (respondents[sector], sector))
    for sector in smallest_first:
        if not hidden or (len(hidden) > 1 and sum(respondents[each] for each in hidden) >= minimum):
            break
        hidden.add(sector)
    return frozenset(shown - hidden)
