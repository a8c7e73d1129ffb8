"""Consent comes first, covers what is kept, and cannot be narrowed behind what is kept."""

from datetime import date, timedelta

import pytest

from ithrive.assessments.interviewing import (
    INTERVIEWS_IN,
    Covers,
    covers,
    label_of,
    why_not_consent,
    why_not_interview,
    why_not_keep,
    why_not_narrow,
)
from ithrive.assessments.life import State
from ithrive.assessments.sectors import SECTORS, STAFF, YOUNG_PEOPLE, why_not_from

TODAY = date(2026, 3, 1)
NOTES = frozenset({Covers.NOTES})


def test_an_informant_is_called_by_a_number() -> None:
    assert label_of(3) == "Informant 3"


def test_nothing_is_kept_without_consent_that_covers_it() -> None:
    asked = {"held_on": TODAY, "today": TODAY}
    assert "Record this person's consent" in str(
        why_not_keep(Covers.NOTES, **asked, consented_on=None, covered=frozenset())
    )
    assert "does not cover it" in str(
        why_not_keep(Covers.TRANSCRIPT, **asked, consented_on=TODAY, covered=NOTES)
    )
    assert why_not_keep(Covers.NOTES, **asked, consented_on=TODAY, covered=NOTES) is None


@pytest.mark.parametrize(
    ("days", "said"), [(1, "in the future"), (-1, "before consent was given on 1 March 2026")]
)
def test_an_interview_lies_between_consent_and_today(days: int, said: str) -> None:
    held_on = TODAY + timedelta(days)
    assert said in str(why_not_keep(Covers.NOTES, held_on, TODAY, consented_on=TODAY, covered=NOTES))


def test_consent_lies_in_the_past_and_covers_something_that_can_be_kept() -> None:
    assert why_not_consent(TODAY, NOTES, TODAY) is None
    assert why_not_consent(TODAY, frozenset({Covers.TRANSCRIPT}), TODAY) is None
    assert "future" in str(why_not_consent(TODAY + timedelta(1), NOTES, TODAY))
    assert "notes or a transcript" in str(why_not_consent(TODAY, frozenset({Covers.PASSAGES}), TODAY))


def test_a_consent_narrows_only_once_what_it_covered_is_gone() -> None:
    assert why_not_narrow(NOTES, notes=1, transcripts=0, passages=0) is None
    reason = str(why_not_narrow(NOTES, notes=1, transcripts=1, passages=2))
    assert "a transcript of the conversation is kept" in reason
    assert "passages are shown" in reason


def test_codes_of_consent_are_known() -> None:
    assert covers(["notes"]) == NOTES
    with pytest.raises(ValueError, match="everything"):
        covers(["everything"])


@pytest.mark.parametrize("state", list(State))
def test_evidence_changes_only_while_scores_are_open_to_it(state: State) -> None:
    assert (why_not_interview(state) is None) == (state in INTERVIEWS_IN)


@pytest.mark.parametrize(
    ("sector", "view", "fits"),
    [
        ("education", STAFF, True),
        ("", STAFF, False),
        ("magic", STAFF, False),
        ("", YOUNG_PEOPLE, True),
        ("education", YOUNG_PEOPLE, False),
        ("education", "cats", False),
    ],
)
def test_staff_have_a_sector_and_young_people_none(sector: str, view: str, fits: bool) -> None:
    assert (why_not_from(sector, view) is None) == fits


def test_sectors_are_named() -> None:
    assert all(SECTORS.values())
