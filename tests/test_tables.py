"""Reading people's CSV files with distrust, and writing ours so that they are safe to open."""

import csv
import gzip
import io
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ithrive.problems import BadInput
from ithrive.tables import Row, csv_text, decimal_number, read_csv, whole_number

MEMBERS = [Row(2, {"code": "E1", "role": "member"}), Row(3, {"code": "E2", "role": "paused"})]


def refused(content: bytes, name: str = "members.csv", **options: object) -> list[str]:
    with pytest.raises(BadInput) as caught:
        read_csv(content, name=name, **options)  # type: ignore[arg-type]  # options of many kinds
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "content",
    [
        b"code,role\nE1,member\nE2,paused\n",
        b"code,role\r\nE1,member\r\nE2,paused",
        b"code,role\rE1,member\rE2,paused\r",
        b"\xef\xbb\xbfcode,role\nE1,member\nE2,paused\n",
        b"code;role\nE1;member\nE2;paused\n",
        b"code\trole\nE1\tmember\nE2\tpaused\n",
        b'code , role \n E1 , member \n"E2",paused\n',
        b"code,role,,\nE1,member,,\nE2,paused,,\n",
    ],
    ids=["plain", "windows", "old mac", "byte-order mark", "semicolons", "tabs", "spaces", "empty columns"],
)
def test_a_table_reads_the_same_however_the_spreadsheet_wrote_it(content: bytes) -> None:
    assert read_csv(content, name="members.csv", needs=["code", "role"]) == MEMBERS


def test_a_file_on_disk_and_a_packed_one_read_the_same(tmp_path: Path) -> None:
    path = tmp_path / "members.csv.gz"
    path.write_bytes(gzip.compress(b"code,role\nE1,member\nE2,paused\n", mtime=0))
    assert read_csv(path, name=path.name) == MEMBERS


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    rows = read_csv(b'code,note\n\nE1,"two\nlines"\n,\nE2,x\n', name="members.csv")
    assert [row.number for row in rows] == [3, 5]
    assert rows[0].cells["note"] == "two\nlines"


def test_a_separator_is_chosen_by_the_headings_that_are_needed() -> None:
    rows = read_csv(b"code;name, in full, please\nE1;x\n", name="a.csv", needs=["code"])
    assert rows[0].cells["code"] == "E1"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "members.csv: The file has no rows."),
        (b"\n , \n", "members.csv: The file has no rows."),
        (b"code\nE\x001\n", "members.csv, line 2: There is a NUL byte"),
        (b"code\nE1\n\xe9t\xe9\n", "members.csv, line 3: There are letters that are not UTF-8"),
        (b"code,Code\nE1,E2\n", "members.csv, row 1, column B: The heading “Code” is there twice."),
        (b"code,,role\nE1,x,y\n", "members.csv, row 1, column B: This column has no heading."),
        (b"\ncode,role\nE1\n", "members.csv, row 3: The row has 1 cells under 2 headings."),
        (b"code,role\nE1,a,b\n", "members.csv, row 2: The row has 3 cells under 2 headings."),
        (b'code\n"E1\nE2\n', "members.csv, row 2: The row cannot be read"),
        (b'code\n"E1"x\n', "members.csv, row 2: The row cannot be read"),
        (b"code\n" + b"x" * 200_000, "members.csv, row 2: The row cannot be read"),
        (b"x" * 200_000 + b"\nE1\n", "members.csv, row 1: The row cannot be read"),
        (b",".join(b"c%d" % n for n in range(1001)), "members.csv, row 1: There are 1,001 columns."),
    ],
)
def test_a_bad_file_is_refused_naming_the_place(content: bytes, message: str) -> None:
    assert refused(content)[0].startswith(message)


def test_a_missing_column_is_named_beside_the_headings_that_are_there() -> None:
    assert refused(b"kode,role\nE1,member\n", needs=["code"]) == [
        "members.csv, row 1: The column “code” is missing. Add it. The headings are: kode, role."
    ]


def test_every_ragged_row_is_reported_up_to_twenty_and_the_others_are_counted() -> None:
    problems = refused(b"code,role\n" + b"E1\n" * 50)
    assert len(problems) == 21
    assert problems[19].startswith("members.csv, row 21:")
    assert problems[20] == "members.csv: And 30 more like these. Mend the first ones and try again."


def test_a_file_that_is_too_big_is_refused_packed_or_not() -> None:
    big = b"code\n" + b"E1\n" * 1000
    assert "bigger than 0.001 MB" in refused(big, limit_bytes=1000)[0]
    bomb = gzip.compress(b"code\n" + b"0" * 30_000_000, mtime=0)
    assert len(bomb) < 100_000
    assert "bigger than 20 MB" in refused(bomb, name="bomb.csv.gz")[0]


def test_fifty_megabytes_are_refused_before_they_are_all_read(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(BadInput, match=r"big\.csv: The file is bigger than 20 MB"):
        read_csv(path, name=path.name)


def test_a_small_file_of_many_cells_cannot_fill_the_memory() -> None:
    headings = ",".join(f"c{number}" for number in range(1000))
    content = (headings + "\n" + ("x" + "," * 999 + "\n") * 5001).encode()
    assert "more than 5,000,000 cells" in refused(content)[0]


@pytest.mark.parametrize(
    "content", [b"not packed", gzip.compress(b"code\nE1\n" * 99, mtime=0)[:-9], b"\x1f\x8b\x08"]
)
def test_a_damaged_packed_file_is_refused(content: bytes) -> None:
    assert "damaged or cut short" in refused(content, name="members.csv.gz")[0]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"nothing\.csv: The file cannot be opened"):
        read_csv(tmp_path / "nothing.csv", name="nothing.csv")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+44 20", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "'=1", "＝1+1", "＠x"],
)
def test_text_that_a_spreadsheet_would_run_is_written_with_an_apostrophe(text: str) -> None:
    written = csv_text(["note"], [[text]])
    assert written.removeprefix("note\r\n").lstrip('"').startswith("'")
    assert read_csv(written.encode(), name="a.csv")[0].cells["note"] == text.strip()


def test_numbers_stay_numbers_and_days_are_written_as_days() -> None:
    row = [-5, -0.25, Decimal("-1.5"), None, date(2015, 4, 1), True]
    assert csv_text("abcdef", [row]) == "a,b,c,d,e,f\r\n-5,-0.25,-1.5,,2015-04-01,True\r\n"


def test_headings_are_made_safe_too() -> None:
    assert csv_text(["=x"], []) == "'=x\r\n"


CELLS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
LIVELY = st.text(st.sampled_from("=+-@'\t\r\n ,;\"aＡ＝\u00a0"), max_size=6)
TABLES = st.lists(st.tuples(CELLS | LIVELY, CELLS | LIVELY, LIVELY), max_size=6)


@given(TABLES)
@example([("", "", " '\r;")])
def test_what_is_written_reads_back_but_for_space_around_cells(table: list[tuple[str, str, str]]) -> None:
    rows = read_csv(csv_text(["one", "two", "three"], table).encode(), name="a.csv")
    filled = [[cell.strip() for cell in row] for row in table if any(cell.strip() for cell in row)]
    assert [list(row.cells.values()) for row in rows] == filled


@given(TABLES)
def test_nothing_written_begins_like_a_formula(table: list[tuple[str, str, str]]) -> None:
    for row in csv.reader(io.StringIO(csv_text(["one", "two", "three"], table), newline="")):
        for cell in row:
            assert cell.lstrip()[:1] not in set("=+-@＝＋－＠")


@given(st.binary(max_size=60) | LIVELY.map(str.encode))
def test_any_bytes_at_all_are_read_or_refused_but_never_a_crash(content: bytes) -> None:
    with suppress(BadInput):
        assert all(row.number > 1 for row in read_csv(content, name="a.csv"))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("12.0", 12),
        ("-3", -3),
        ("1e3", 1000),
        ("0", 0),
        ("", None),
        ("1.5", None),
        ("1_000", None),
    ],
)
def test_a_whole_number_is_one_however_a_spreadsheet_writes_it(text: str, number: int | None) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "nan", "inf", "12%", "1,5", "1_0", "²", "１２", "1e999", "9" * 400, "abc", "0x1"]
)
def test_what_is_not_plainly_a_number_is_none(text: str) -> None:
    assert decimal_number(text) is None
    assert whole_number(text) is None


def test_numbers_longer_than_any_count_are_none() -> None:
    assert whole_number("9" * 16) is None
    assert whole_number("1e20") is None
    assert whole_number("٣") is None
    assert decimal_number(".5") == 0.5
