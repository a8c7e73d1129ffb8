"""Why a figure is hidden, and what risk is left, in words that give nothing away."""

from collections.abc import Sequence

from ithrive.disclosure.attack import Reach
from ithrive.disclosure.cells import CellState
from ithrive.disclosure.publication import Publication
from ithrive.disclosure.tables import Name

# One sentence for small counts and for those that shield them: two would tell which are small.
WHY = {
    CellState.SUPPRESSED: (
        "Hidden to protect people’s privacy: it is a small number, or would let somebody work one out."
    ),
    CellState.NOT_SUBMITTED: "Not submitted: the area has not sent this figure.",
    CellState.NOT_APPLICABLE: "Not applicable: this figure does not exist here.",
    CellState.WITHHELD: "Withheld: the figure is not good enough to publish.",
}


def why_not_shown(publication: Publication, name: Name) -> str | None:
    """The sentence for a figure that is not shown; None for one that is."""
    return WHY.get(publication.cells[name].cell.state)


def residual_risk(publication: Publication, reaches: Sequence[Reach]) -> tuple[str, ...]:
    """What is left to worry about, for the release page. `reaches` is what `attack` found.

    For the people who release, not for the public: how closely hidden figures can be pinned down is told.
    """
    if not reaches:
        return ("No figure is hidden.", *_what_is_not_tested())
    small = [each for each in reaches if each.keeps is not None]
    exposed = [each for each in small if not each.open]
    return (
        f"{_figures(len(reaches))} hidden: {len(small)} for being small or telling, the rest to shield them.",
        _exposed(len(exposed), len(small)),
        *_limits(len(publication.limits)),
        *_pinned(reaches),
        _gap(publication.gap, len(reaches) - len(small)),
        *_stopped(publication.in_time),
        *_what_is_not_tested(),
    )


def public_risk(
    figures: int, hidden: int, gap: float, exposed: int, *, limited: bool = False, in_time: bool = True
) -> tuple[str, ...]:
    """What anybody may read of a release's residual risk: how much is hidden, tested how, with which gap.

    It does not tell which or how many of the hidden figures are small, nor how closely they are known.
    `limited`: no hiding could keep all of them as open as the rule asks.
    """
    if not hidden:
        return (f"None of the {figures:,} figures is hidden.", *_what_is_not_tested())
    tested = (
        "Every hidden figure was attacked with all sums over this release and all before it: of each small "
        "one, all that the rule asks for stays possible"
        + (", save what is public anyway." if limited else ".")
    )
    return (
        f"{_figures(hidden)} hidden, of {figures:,}.",
        tested if not exposed else "The rule used hides no more than small numbers: some can be worked out.",
        "It is proved that nothing less need be hidden." if gap == 0 else _cut_short(gap),
        *_stopped(in_time),
        *_what_is_not_tested(),
    )


def _figures(number: int) -> str:
    return "1 figure is" if number == 1 else f"{number:,} figures are"


def _exposed(exposed: int, small: int) -> str:
    if not exposed:
        return "Of every small one, all that its rule asks for stays possible to a reader who does every sum."
    return f"Of {small:,} small ones, {exposed:,} can be worked out more closely than their rule allows."


def _limits(limits: int) -> list[str]:
    because = "because of what is public anyway or of the zeros beside them"
    text = (
        f"{_figures(limits)} less open than the rule asks, and would be if everything were hidden, {because}."
    )
    return [text] if limits else []


def _pinned(reaches: Sequence[Reach]) -> list[str]:
    exact = sum(each.low == each.high for each in reaches)
    if not exact:
        return []
    return [f"{_figures(exact)} known exactly in spite of being hidden."]


def _gap(gap: float, shields: int) -> str:
    if not shields:
        return "Nothing else is hidden to shield them."
    if gap == 0:
        return "It is proved that nothing less need be hidden (a larger figure counting for more)."
    return _cut_short(gap)


def _cut_short(gap: float) -> str:
    return f"The search ended without a proof: at most {gap:.1%} of the shields, by cost, might be spared."


def _stopped(in_time: bool) -> tuple[str, ...]:
    text = "The clock ended the search before its usual end: another machine might have hidden other shields."
    return () if in_time else (text,)


def _what_is_not_tested() -> tuple[str, ...]:
    untested = "what somebody knows of people in the table, files outside the ledger, guesses"
    return (
        f"Not tested: {untested}, and counts of different measures that are nearly, not exactly, the same.",
    )
