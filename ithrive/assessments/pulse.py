"""A pulse for one round: how many links may be made, and when it can be answered, closed and read."""

from ithrive.assessments.life import State

MOST_LINKS = 500  # of one pulse: an area's partners, not a population
OPENS_IN = frozenset({State.SCHEDULED, State.OPEN, State.MODERATING, State.MISSED})


def why_not_open_pulse(state: State, *, opened: bool, imported: bool) -> str | None:
    """The reason no pulse can be opened for a round."""
    if opened:
        return "This round has its pulse already."
    if imported:
        return "This round was held elsewhere: only its scores are here."
    if state not in OPENS_IN:
        return f"This round is {state}, so a pulse can no longer be opened for it."
    return None


def why_not_make_links(number: int, *, made: int, closed: bool) -> str | None:
    """The reason this many links cannot be made."""
    if closed:
        return "This pulse is closed."
    if not 1 <= number <= MOST_LINKS - made:
        return f"A pulse has at most {MOST_LINKS} links. You can make {MOST_LINKS - made} more."
    return None


def why_not_close(*, closed: bool) -> str | None:
    return "This pulse is closed already." if closed else None
