"""Past rounds from a list: every wrong cell is named, nothing is made up where raters differ."""

from datetime import date
from functools import partial

import pytest

from ithrive.assessments.past_rounds import (
    ONE_RATER,
    ONLY_AGREED,
    agreed_scores,
    exception,
    read_past_rounds,
    template_rows,
)
from ithrive.assessments.past_rows import NO_REASON
from ithrive.tables import csv_text
from tests.assessments import past_lists
from tests.assessments.instruments import instrument, statement

MEND = "Write a whole number from 1 to 4, or leave it empty."
SMALL = instrument(statement("a1"), statement("a2"))
read, refusal = partial(past_lists.read, small=SMALL), partial(past_lists.refusal, small=SMALL)


def test_rows_of_one_area_day_and_study_are_one_round() -> None:
    first, second = read(
        "code,due,study,rater,a1,a2\n"
        "T1,2016-03-31,s,A,1,2\n"
        "T1,31/03/2016,s,B,1,cannot rate: nobody knew\n"
        "T1,2016-03-31,s,Agreed,1,3\n"
        "T1,2016-03-31,,,4,\n"
    )
    assert (first.code, first.due, first.study, first.row) == ("T1", date(2016, 3, 31), "s", 2)
    assert first.raters == ("A", "B")
    assert {(each.rater, each.statement, each.score, each.cannot_rate) for each in first.ratings} == {
        ("A", "a1", 1, ""), ("A", "a2", 2, ""), ("B", "a1", 1, ""), ("B", "a2", None, "nobody knew"),
    }  # fmt: skip
    assert second.raters == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "code,due,a1,a2\nT1,2016-03-31,1,\nT2,2016-03-31,5,2\n",
            f"Row 3, column a1: 5 is not on the scale 1 to 4. {MEND}",
        ),
        ("code,due,a1\nT1,2016-03-31,2.5\n", "Row 2, column a1: 2.5 is not on the scale"),
        ("code,due,a1\nT1,2016-03-31,²\n", "Row 2, column a1: ² is not on the scale"),
        (f"code,due,rater,a1\nT1,2016-03-31,A,cannot rate: {'x' * 301}\n", "The reason is too long."),
        ("code,due,a1\nT1,2016-03-32,1\n", "Row 2, column due: “2016-03-32” is not a day."),
        ("code,due,a1\nT1,,1\n", "Row 2, column due: It is empty."),
        ("code,due,a1\nT1,2027-01-01,1\n", "Row 2, column due: This day lies in the future."),
        ("code,due,a1\n,2016-03-31,1\n", "Row 2, column code: It is empty."),
        ("code,due,study,a1\nT1,2016-03-31,a b,1\n", "Row 2, column study: “a b” is not"),
        (f"code,due,rater,a1\nT1,2016-03-31,{'A' * 41},1\n", "Row 2, column rater: It has 41 characters."),
        ("code,due,rater,a1\nT1,2016-03-31,A,1\nT1,2016-03-31,A,2\n", "Row 3, column rater: Row 2 has"),
        ("code,due,a1\nT1,2016-03-31,\n", "Row 2: It holds no score at all."),
        ("code,due,b9\nT1,2016-03-31,1\n", "Column b9: Version 1 of An example has no such statement."),
        ("code,due\nT1,2016-03-31\n", "past.csv: No column is a statement"),
        ("code,due,a1\n", "past.csv: There is no row below the headings."),
        ("code,a1\nT1,2\n", "The column “due” is missing."),
        ("code,due,a1\n" + "T1,2016-03-31,1\n" * 5001, "The list has 5,001 rows."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_by_its_cell(text: str, said: str) -> None:
    assert said in refusal(text)


def test_every_wrong_cell_is_named_in_the_order_of_the_rows() -> None:
    lines = refusal("code,due,a1,a2\nT1,2016-03-31,7,8\nT2,x,0,1\n").split("\n")
    assert [line.split(":")[0] for line in lines] == [
        "Row 2, column a1", "Row 2, column a2", "Row 3, column a1", "Row 3, column due",
    ]  # fmt: skip


def test_wrong_headings_and_wrong_cells_are_told_in_one_try() -> None:
    lines = refusal("code,due,b9,a1\nT1,2016-03-31,1,7\nT2,x,0,1\n").split("\n")
    assert [line.split(":")[0] for line in lines] == [
        "Column b9", "Row 2, column a1", "Row 3, column due",
    ]  # fmt: skip


def test_areas_are_known_even_where_scores_and_days_cannot_be_read() -> None:
    text = "code,kind,due,a1\nT1,,x,7\nT2,ccg,2016-03-31,1\nT2,ccg,2016-03-31,2\n,,2016-03-31,1\n"
    found = read_past_rounds(text.encode(), name="past.csv", instrument=SMALL, today=past_lists.TODAY)
    assert [(each.row, each.code, each.kind) for each in found.named] == [(2, "T1", ""), (3, "T2", "ccg")]
    assert len(found.problems) == 4


def agreed_of(text: str) -> dict[str, tuple[int | None, int | None, int | None, str]]:
    [past] = read(text)
    return {c: (a.score, a.low, a.high, a.reason) for c, a in agreed_scores(past, SMALL).items()}


def test_agreed_rows_stand_with_the_span_of_the_raters() -> None:
    rows = "T1,2016-03-31,A,1,2\nT1,2016-03-31,B,3,2\nT1,2016-03-31,agreed,2,\n"
    assert agreed_of("code,due,rater,a1,a2\n" + rows) == {"a1": (2, 1, 3, "")}


def test_without_agreed_rows_only_what_raters_said_alike_stands() -> None:
    rows = "T1,2016-03-31,A,1,2\nT1,2016-03-31,B,3,2\n"
    assert agreed_of("code,due,rater,a1,a2\n" + rows) == {"a2": (2, 2, 2, "")}


def test_what_could_not_be_rated_is_told_apart_from_what_is_missing() -> None:
    assert agreed_of("code,due,a1,a2\nT1,2016-03-31,Cannot rate,\n") == {"a1": (None, None, None, NO_REASON)}


@pytest.mark.parametrize(("raters", "said"), [("AB", ""), ("A", ONE_RATER), ("", ONLY_AGREED)])
def test_scores_with_fewer_than_two_raters_say_so(raters: str, said: str) -> None:
    rows = "".join(f"T1,2016-03-31,{each},1\n" for each in [*raters, "agreed"])
    [past] = read("code,due,rater,a1\n" + rows)
    assert exception(past) == said


def test_the_template_has_a_column_for_every_statement_and_reads_once_filled_in() -> None:
    headings, examples = template_rows(SMALL)
    assert headings == ["code", "kind", "due", "study", "rater", "a1", "a2"]
    rows = [
        [({"code": "T1", "a1": "2"} | dict(each)).get(heading) for heading in headings] for each in examples
    ]
    [past] = read(csv_text(headings, rows))
    assert past.raters == ("A", "B")
