"""Whoever sends a file with several kinds of mistakes is told them all, and has to come back once."""

import csv
import io

import openpyxl

from ithrive.framework.instruments import to_redcap_csv, to_toml, to_xlsx
from ithrive.framework.instruments.redcap_columns import ABOUT, CHOICES, LABEL, TYPE, VARIABLE
from tests.framework.test_instruments_refused import OURS, refusal


def places(content: bytes, name: str) -> list[str]:
    return [line.split(":")[0].removeprefix(f"{name}, ") for line in refusal(content, name)]


def test_faults_of_fields_and_faults_between_them_are_told_in_one_try_in_toml() -> None:
    text = (
        to_toml(OURS).replace('level = "micro"', 'level = "mega"', 1).replace('question = "', 'asked = "', 1)
    )
    text = text.replace('code = "macro_joint_commissioning"', 'code = "macro_joint_policy"', 1)
    told = places(text.encode(), "t.toml")
    assert [each.rpartition(", ")[2] for each in told] == ["question", "asked", "code", "level"]


def radios(rows: list[list[str]]) -> list[int]:
    """Where the statements stand in a dictionary."""
    return [number for number, row in enumerate(rows) if row[rows[0].index(TYPE)] == "radio"]


def test_faults_of_every_kind_are_told_in_one_try_in_a_dictionary() -> None:
    rows = list(csv.reader(io.StringIO(to_redcap_csv(OURS))))
    columns = {heading: number for number, heading in enumerate(rows[0])}
    first, second, third, fourth, *_ = radios(rows)
    rows[first][columns[CHOICES]] = "1, One | 2, Two"
    rows[second][columns[LABEL]] = ""
    rows[third][columns[VARIABLE]] = rows[first][columns[VARIABLE]]
    rows[fourth][columns[TYPE]] = "calc"
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    told = places(out.getvalue().encode(), "d.csv")
    assert told == [
        f"row {first + 1}, column “{CHOICES}”", f"row {fourth + 1}, column “{TYPE}”",
        f"row {second + 1}, column “{LABEL}”", f"row {third + 1}, column “{VARIABLE}”",
    ]  # fmt: skip


def test_a_dictionary_that_does_not_say_what_it_is_says_so_once_beside_its_other_faults() -> None:
    rows = [row for row in csv.reader(io.StringIO(to_redcap_csv(OURS))) if row[0] != ABOUT]
    rows[radios(rows)[-1]][rows[0].index(LABEL)] = ""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    first, second = refusal(out.getvalue().encode(), "d.csv")
    assert "says title, version and licence" in first
    assert f"column “{LABEL}”: It is missing or empty." in second


def test_faults_of_every_sheet_are_told_in_one_try() -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(OURS)))
    about, statements = book["About"], book["Statements"]
    about.append(["Colour", "Blue"])
    statements["A3"] = "macro_joint_policy"
    statements["B2"] = "cosmos"
    out = io.BytesIO()
    book.save(out)
    told = refusal(out.getvalue(), "w.xlsx")
    assert len(told) == 3
    for line, said in zip(told, ("“Colour” is not known", "stands twice", "no level “cosmos”"), strict=True):
        assert said in line
    del book["Levels"]
    statements["A1"] = "Number"
    out = io.BytesIO()
    book.save(out)
    levels, code = refusal(out.getvalue(), "w.xlsx")
    assert "Levels" in levels
    assert "The column “Code” is missing" in code
