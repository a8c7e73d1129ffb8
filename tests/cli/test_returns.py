"""`ithrive returns`: published files in by one command, and a chart of an area."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ithrive.cli.published_series import Asked, series_of, sources_of
from ithrive.improvement import AnnotationKind
from ithrive.measures import Direction
from ithrive.problems import BadInput
from ithrive.returns.published import PublishedFigure, PublishedFigures
from tests.commands import Run, refused
from tests.returns.published.small_files import mhsds, mhsds_row, text_file

MONTHS = [("2020", month) for month in range(4, 13)] + [("2021", month) for month in range(1, 7)]


@pytest.fixture
def published(tmp_path: Path) -> Path:
    last = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
    rows = [
        mhsds_row(
            reporting_period_start=f"01/{month:02d}/{year}",
            reporting_period_end=f"{last[month]}/{month:02d}/{year}",
            measure_value=str(100 + 5 * (month % 3)),
        )
        for year, month in MONTHS
    ]
    return mhsds(tmp_path, *rows)


def test_published_files_come_in_by_one_command_and_a_chart_goes_out(
    ithrive: Run, tmp_path: Path, published: Path
) -> None:
    ran = ithrive("returns", "import-published", published, "--out", "tidy.parquet", "--findings", "odd.csv")
    assert ran.returncode == 0, ran.stderr
    assert "15 cells: 15 value" in ran.stdout
    assert (tmp_path / "odd.csv").read_text(encoding="utf-8").startswith("kind,where,what,done")
    words = ("--area", "90A", "--measure", "MHS32", "--better", "lower")
    drawn = ithrive("returns", "spc", "tidy.parquet", *words, "--out", "page.html")
    assert drawn.returncode == 0, drawn.stderr
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.count('<th scope="row">') == 15
    # One drawing for a screen and one for a telephone.
    assert page.count("<svg") == 2
    assert "ALDERBROOK CCG: Referrals starting in RP" in drawn.stdout


def test_commands_need_no_website(ithrive: Run, published: Path) -> None:
    ran = ithrive("returns", "import-published", published, "--out", "tidy.csv", website=False)
    assert ran.returncode == 0, ran.stderr


def test_what_cannot_be_done_is_said_in_a_sentence(ithrive: Run, tmp_path: Path, published: Path) -> None:
    bring = ("returns", "import-published")
    unknown = text_file(tmp_path, "x.csv", "a,b\n1,2\n")
    assert "layout is not one we know" in refused(ithrive(*bring, unknown, "--out", "t.csv"))
    assert "Give it one of these endings" in refused(ithrive(*bring, published, "--out", "t.xlsx"))
    assert "Add --manifest" in refused(ithrive(*bring, published, "--out", "t.csv", "--rebase-to", "CCG21"))
    assert not (tmp_path / "t.csv").exists()


def state_and_number(text: str) -> tuple[str, float | None]:
    return ("value", float(text)) if text.isdigit() else (text, None)


def figures(*rows: tuple[str, str, str]) -> PublishedFigures:
    """Quarterly figures of one area: the quarter's first day, the number, the note."""
    made = []
    for start, number, note in rows:
        first = date.fromisoformat(start)
        last = date(first.year, first.month + 2, 30)
        words = (
            "s",
            "r",
            "Final",
            "m",
            "Children seen",
            "number",
            "people",
            "",
            "ccg",
            "G21",
            "91N",
            "Newmere",
        )
        made.append(PublishedFigure(*words, first, last, *state_and_number(number), note))
    return PublishedFigures.of(made)


def test_a_merger_is_marked_where_sums_end() -> None:
    note = "sum of 90A, 90B; each rounded when published"
    table = figures(("2020-10-01", "30", note), ("2021-04-01", "32", ""), ("2021-07-01", "31", ""))
    series = series_of(table, Asked("91N", "m"), better=Direction.HIGHER, target=None)
    mergers = [
        each for each in series.annotations if each.kind is AnnotationKind.MERGER and "90A" in each.words
    ]
    assert [(each.day.isoformat(), each.words) for each in mergers] == [
        ("2021-04-01", "Merger of 90A, 90B; figures before are added up")
    ]


def test_a_merger_is_marked_too_where_figures_before_it_cannot_be_had() -> None:
    note = "An average of several areas cannot be made from theirs. It would be of 90A, 90B."
    table = figures(("2020-10-01", "not applicable", note), ("2021-04-01", "32", ""))
    asked = Asked("91N", "m")
    series = series_of(table, asked, better=Direction.LOWER, target=None)
    assert "Merger of 90A, 90B; figures before cannot be had" in [each.words for each in series.annotations]
    assert sources_of(table, asked) == [f"s, r, Final: {note}", "s, r, Final"]


def test_sources_are_those_of_the_figures_that_are_drawn() -> None:
    note = "sum of 90A, 90B; each rounded when published"
    table = figures(("2020-10-01", "30", note), ("2021-04-01", "32", ""), ("2021-07-01", "31", ""))
    other = figures(("2020-10-01", "3", "one of 90A, 90B is suppressed")).where("true")
    table.add(replace(each, breakdown="referrals") for each in other)
    assert sources_of(table, Asked("91N", "m", breakdown="people")) == [f"s, r, Final: {note}", "s, r, Final"]


@pytest.mark.parametrize(
    ("area", "measure", "breakdown", "said"),
    [
        ("90B", "m", None, "“90B” was brought to other areas. It is part of 91N here."),
        ("zzz", "m", None, "No figure is of “zzz”"),
        ("91N", "zzz", None, "Give one of: m"),
        ("91N", "m", "zzz", "Give one of: “people”"),
    ],
)
def test_a_chart_of_what_is_not_there_says_what_is(
    area: str, measure: str, breakdown: str | None, said: str
) -> None:
    table = figures(("2021-01-01", "30", "sum of 90A, 90B"), ("2021-04-01", "32", ""))
    asked = Asked(area, measure, breakdown=breakdown)
    with pytest.raises(BadInput, match=said):
        series_of(table, asked, better=Direction.NEITHER, target=None)
