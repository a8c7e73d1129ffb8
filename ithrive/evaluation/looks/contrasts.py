"""When arms may be compared: asked by a run, by a report and by every page that would show it."""

from collections.abc import Iterable
from typing import Protocol


class OfALook(Protocol):
    """A look, on the ledger or in results: the outcomes that crossed their boundary at it."""

    @property
    def crossed(self) -> tuple[str, ...]: ...


def why_not_show_contrasts(looks: Iterable[OfALook], *, ended: bool) -> str | None:
    """Why sites, the programme and the public may not yet see arm against arm, or None."""
    if ended or any(each.crossed for each in looks):
        return None
    return (
        "Arms are not compared before the study ends or a planned look crosses its boundary:"
        " until then each site sees its own charts and the quality of its figures."
    )
