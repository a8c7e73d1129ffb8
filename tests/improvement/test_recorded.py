"""Notes and rebases that people record, and mergers that charts are annotated with."""

from datetime import date, timedelta

import pytest

from ithrive.areas.fictional import thornmere
from ithrive.improvement import (
    Annotation,
    AnnotationKind,
    Rebase,
    merger_annotations,
    rebases_among,
    why_not_note,
    why_not_rebase,
)

TODAY = date(2026, 5, 1)
QUARTERS = [date(2025, month, 1) for month in (1, 4, 7, 10)]


def rebase(on: date, reason: str = "A clinic", by: str = "Jo") -> Rebase:
    return Rebase(on, reason, by)


@pytest.mark.parametrize(
    ("wanted", "others", "why"),
    [
        (rebase(TODAY), [], None),
        (rebase(TODAY, " "), [], "Say what changed, and who decided to rebase."),
        (rebase(TODAY, by=""), [], "Say what changed, and who decided to rebase."),
        (rebase(TODAY + timedelta(1)), [], "This day is still to come."),
        (rebase(TODAY), [rebase(TODAY, "Other")], "Lines begin anew on this day already."),
    ],
    ids=["known change", "no reason", "nobody", "to come", "twice"],
)
def test_lines_begin_anew_only_for_a_reason_that_somebody_answers_for(
    wanted: Rebase, others: list[Rebase], why: str | None
) -> None:
    assert why_not_rebase(wanted, others, TODAY) == why


def test_a_note_says_what_happened_and_not_what_will() -> None:
    def why(words: str, day: date) -> str | None:
        return why_not_note(Annotation(day, AnnotationKind.MERGER, words), TODAY)

    assert why("Two in one", TODAY) is None
    assert why("  ", TODAY) == "Say what happened."
    assert why("Two in one", TODAY + timedelta(1)) == "This day is still to come."


def test_a_rebase_takes_effect_at_the_first_figure_on_or_after_its_day() -> None:
    recorded = [rebase(date(2025, 4, 1)), rebase(date(2025, 7, 2))]
    assert [each.on for each in rebases_among(recorded, QUARTERS)] == [QUARTERS[1], QUARTERS[3]]


def test_one_before_the_first_figure_or_after_the_last_is_left_out() -> None:
    recorded = [rebase(date(2024, 6, 1)), rebase(QUARTERS[0]), rebase(date(2025, 10, 2))]
    assert rebases_among(recorded, QUARTERS) == ()
    assert rebases_among(recorded, []) == ()


def test_two_that_fall_on_one_figure_are_one_with_both_reasons() -> None:
    recorded = [rebase(date(2025, 5, 9), "New forms.", "Ada"), rebase(date(2025, 4, 2), "A clinic.", "Jo")]
    assert rebases_among(recorded, QUARTERS) == (Rebase(QUARTERS[2], "A clinic; New forms.", "Jo, Ada"),)


def annotated(name: str) -> list[tuple[date, str]]:
    """What became of the local areas of Thornmere with this name."""
    gazetteer = thornmere()
    codes = {
        place.code
        for geography in gazetteer.geographies
        if geography.kind == "local-area"
        for place in gazetteer.places_by_geography[geography.key].values()
        if place.name == name
    }
    found = [each for code in sorted(codes) for each in merger_annotations(gazetteer, "local-area", code)]
    assert {each.kind for each in found} <= {AnnotationKind.MERGER}
    return [(each.day, each.words) for each in found]


def test_mergers_and_splits_are_annotated_on_either_side_of_the_day() -> None:
    day = date(2020, 4, 1)
    assert annotated("Kestrelbridge") == [(day, "Became Kestrelbridge East, Kestrelbridge West")]
    assert annotated("Kestrelbridge East") == [(day, "Formed of part of Kestrelbridge")]
    assert annotated("Linnetcross") == [(day, "Became part of Linnetcross and Ouzelmere")]
    assert annotated("Linnetcross and Ouzelmere") == [(day, "Formed of Ouzelmere, Linnetcross")]


def test_an_area_nobody_knows_of_has_no_mergers() -> None:
    assert merger_annotations(thornmere(), "local-area", "nowhere") == ()
