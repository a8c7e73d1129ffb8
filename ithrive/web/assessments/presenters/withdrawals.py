"""What evaluators and raters of a round are told when evidence is gone because consent was withdrawn."""

from collections.abc import Iterable

from ithrive.areas.timeline import plain_day
from ithrive.web.assessments.models import Informant
from ithrive.web.assessments.presenters.figures import counted

UNCHANGED = "No score has changed by it. Look again at those that rested on it."


def withdrawal_notices(withdrawn: Iterable[Informant]) -> tuple[str, ...]:
    """A notice for each informant whose consent was withdrawn: who recorded it, when, and what is gone."""
    return tuple(_notice(each) for each in withdrawn if each.withdrawn_on)


def _notice(informant: Informant) -> str:
    assert informant.withdrawn_on is not None  # the caller leaves out the others
    by = f" {informant.withdrawn_by.name} recorded it." if informant.withdrawn_by else ""
    withdrawn = f"Consent of {informant} was withdrawn on {plain_day(informant.withdrawn_on)}.{by}"
    if not informant.passages_withdrawn:
        return f"{withdrawn} No passage of theirs was marked as evidence."
    passages = counted(informant.passages_withdrawn, "passage that was", "passages that were")
    return f"{withdrawn} {passages} marked as evidence cannot be seen any more. {UNCHANGED}"
