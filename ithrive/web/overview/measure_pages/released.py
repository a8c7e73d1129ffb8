"""What has been published of a measure: the only place from which its public page shows figures of areas."""

from ithrive.measures import Measure


def released_links(measure: Measure) -> tuple[tuple[str, str], ...]:
    """Releases that hold figures of this measure, as (words, address), the latest first.

    Publications are not joined in yet, so nothing is.
    """
    return ()
