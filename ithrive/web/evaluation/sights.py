"""Who may read what a study found, and when: the protocol's own words, asked on every page."""

from collections.abc import Sequence

from ithrive.evaluation.looks import LookTaken, why_not_show_contrasts
from ithrive.evaluation.protocol import Protocol

EVALUATORS, PROGRAMME, PUBLIC = "evaluators", "programme", "public"
SITES = {"accelerator": "accelerator-sites", "comparison": "comparison-sites"}
NOT_RELEASED = "The results of this study are not released yet."
NOBODY = "The protocol of this study does not show these readers how the arms compare."


def why_not_read(
    protocol: Protocol, ledger: Sequence[LookTaken], reader: str, *, released: bool
) -> str | None:
    """Why somebody may not read arm against arm yet, or None.

    `reader` is one of the protocol's readers. At a planned look evaluators learn whether a boundary was
    crossed; how large effects are, nobody reads before one is crossed or the study ends, unless the
    protocol says “always” of evaluators.
    """
    if released:
        return None
    wanted = "published-results" if reader == PUBLIC else "arm-contrasts"
    moment = next((each.when for each in protocol.seen if (each.who, each.what) == (reader, wanted)), None)
    if moment is None:
        return NOBODY
    if moment == "always" and reader == EVALUATORS:
        return None
    if moment == "after-release":
        return NOT_RELEASED
    ended = any(each.wave == protocol.waves.following for each in ledger)
    return why_not_show_contrasts(ledger, ended=ended)
