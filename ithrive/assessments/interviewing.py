"""Interviews for a round: what consent covers, and what may not be kept without it.

The people interviewed are told apart by number, sector, level and view. Their names are kept nowhere.
"""

from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum

from ithrive.assessments.life import State

LONGEST_NOTES = 200_000


# What was said can be added while scores are still open to it.
INTERVIEWS_IN = frozenset({State.SCHEDULED, State.OPEN, State.MODERATING, State.MISSED})


class Covers(StrEnum):
    """What somebody agreed to. Everything is asked apart, so that they may agree to a part."""

    NOTES = "notes"
    TRANSCRIPT = "transcript"
    PASSAGES = "passages"
    QUOTED = "quoted"


COVERS = {
    Covers.NOTES: "Notes of what they said are kept",
    Covers.TRANSCRIPT: "A transcript of the conversation is kept",
    Covers.PASSAGES: "Passages are shown, without a name, to those who rate and agree the scores",
    Covers.QUOTED: "Passages are quoted, without a name, in reports to a study’s evaluators, which are kept",
}


def covers(codes: Iterable[str]) -> frozenset[Covers]:
    """What a consent covers, from its codes. ValueError for a code that is none."""
    return frozenset(Covers(code) for code in codes)


def label_of(number: int) -> str:
    """What an informant is called wherever they are mentioned: "Informant 3"."""
    return f"Informant {number}"


def why_not_interview(state: State) -> str | None:
    """The reason nothing can be added to a round's interviews, or taken from its evidence."""
    if state in INTERVIEWS_IN:
        return None
    return f"This round is {state}: its evidence stands as it was. Reopen the round first, with a reason."


def why_not_consent(given_on: date, covered: Collection[Covers], today: date) -> str | None:
    """The reason a consent cannot be recorded so."""
    if given_on > today:
        return "The day of consent lies in the future. Record it once it is given."
    if Covers.NOTES not in covered and Covers.TRANSCRIPT not in covered:
        return "Say whether notes or a transcript may be kept. Without either there is nothing to record."
    return None


def why_not_keep(
    what: Covers, held_on: date, today: date, *, consented_on: date | None, covered: Collection[Covers]
) -> str | None:
    """The reason notes or a transcript cannot be kept, or None if they can."""
    if consented_on is None:
        return "Record this person's consent before anything they said is kept."
    if what not in covered:
        return f"This person's consent does not cover it: “{COVERS[what]}”."
    if held_on > today:
        return "The day of the interview lies in the future."
    if held_on < consented_on:
        return f"The interview was held before consent was given on {consented_on:%-d %B %Y}."
    return None


def why_not_narrow(covered: Collection[Covers], *, notes: int, transcripts: int, passages: int) -> str | None:
    """The reason a consent cannot be narrowed while what it covered is still kept."""
    kept = {Covers.NOTES: notes, Covers.TRANSCRIPT: transcripts, Covers.PASSAGES: passages}
    left = [COVERS[each].lower() for each, number in kept.items() if number and each not in covered]
    if not left:
        return None
    return f"Remove first what is kept under the consent so far ({'; '.join(left)})."
