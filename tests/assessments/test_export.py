"""The export: one row a score, missing told from cannot rate, nobody named, safe to open."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl

from ithrive.assessments.export import (
    COLUMNS,
    DICTIONARY_HEADINGS,
    HEADINGS,
    ExportedRound,
    dictionary_rows,
    long_rows,
)
from ithrive.assessments.export_workbook import DEMONSTRATION, cover, rounds_workbook
from ithrive.assessments.ratings import AgreedScore, Rating
from ithrive.tables import csv_text
from tests.assessments.instruments import instrument, statement

SMALL = instrument(statement("a1"), statement("a2"), statement("a3"))
ROUND = ExportedRound(
    country="thornmere", area_kind="local-area", area_code="T1", area_name="=Alderbrook", number=7,
    purpose="evaluated", study="", due_on=date(2016, 3, 31), held_on=None, imported=False, instrument=SMALL,
    ratings=[Rating("a1", "Rater 1", 2), Rating("a2", "Rater 1", cannot_rate="Nobody knew")],
    views={"Rater 1": "staff"},
    agreed={"a1": AgreedScore("a1", 3, "-1 was wrong", 2, 4), "a2": AgreedScore("a2", None, "Nobody knew")},
)  # fmt: skip


def told(*rounds: ExportedRound) -> list[tuple[object, ...]]:
    wanted = [
        HEADINGS.index(name)
        for name in ("statement", "source", "rater", "status", "score", "lowest", "highest")
    ]
    return [tuple(row[place] for place in wanted) for row in long_rows(rounds)]


def test_each_statement_has_a_row_for_each_rater_and_one_for_what_was_agreed() -> None:
    assert told(ROUND) == [
        ("a1", "rater", "Rater 1", "scored", 2, None, None),
        ("a1", "agreed", "", "scored", 3, 2, 4),
        ("a2", "rater", "Rater 1", "cannot rate", None, None, None),
        ("a2", "agreed", "", "cannot rate", None, None, None),
        ("a3", "rater", "Rater 1", "missing", None, None, None),
        ("a3", "agreed", "", "missing", None, None, None),
    ]


def test_what_may_not_be_seen_is_not_there() -> None:
    assert {row[1] for row in told(replace(ROUND, ratings=None))} == {"agreed"}
    assert {row[1] for row in told(replace(ROUND, agreed=None))} == {"rater"}
    assert told(replace(ROUND, ratings=None, agreed=None)) == []


def test_the_dictionary_explains_every_column() -> None:
    assert [row[0] for row in dictionary_rows()] == list(HEADINGS)
    assert all(each.meaning.endswith(".") for each in COLUMNS)


def test_text_that_a_spreadsheet_would_run_is_made_harmless() -> None:
    text = csv_text(HEADINGS, long_rows([ROUND]))
    assert ",'=Alderbrook," in text
    assert ",'-1 was wrong," in text


def test_the_workbook_has_a_cover_a_dictionary_and_scores_that_stay_numbers() -> None:
    book = openpyxl.load_workbook(BytesIO(rounds_workbook([ROUND], made_on=date(2026, 3, 1), site="Here")))
    assert book.sheetnames == ["Cover", "Data dictionary", "Scores"]
    scores = list(book["Scores"].iter_rows())
    first = dict(zip(HEADINGS, scores[1], strict=True))
    assert [cell.value for cell in scores[0]] == list(HEADINGS)
    assert (first["score"].value, first["due_on"].value.date()) == (2, date(2016, 3, 31))
    assert (first["area_name"].value, first["area_name"].data_type) == ("'=Alderbrook", "s")
    assert [cell.value for cell in next(book["Data dictionary"].iter_rows())] == list(DICTIONARY_HEADINGS)


def test_the_cover_names_instruments_with_their_licences_and_marks_demonstration_wording() -> None:
    plain = dict(cover([ROUND], made_on=date(2026, 3, 1), site="Here"))
    assert (plain["Rounds"], plain["Instrument"], plain["Its licence"]) == (1, "An example, version 1", "MIT")
    assert "Demonstration" not in plain
    ours = replace(ROUND, instrument=SMALL.model_copy(update={"demonstration": True}))
    assert ("Demonstration", DEMONSTRATION) in cover([ours], made_on=date(2026, 3, 1), site="Here")


def test_words_that_a_workbook_cannot_hold_do_not_break_it_and_what_reads_like_an_error_stays_text() -> None:
    scores = {
        "a1": AgreedScore("a1", 3, "Copied\x0bfrom Word", 3, 3),
        "a2": AgreedScore("a2", 2, "#N/A", 2, 2),
    }
    round = replace(ROUND, ratings=None, agreed=scores)
    made = rounds_workbook([round], made_on=date(2026, 3, 1), site="Here")
    _, first, second, third = openpyxl.load_workbook(BytesIO(made))["Scores"].iter_rows()
    place = HEADINGS.index("reason")
    assert [row[place].value for row in (first, second, third)] == ["Copied from Word", "#N/A", None]
    assert second[place].data_type == "s"
