"""Reading people's Excel workbooks with distrust."""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ithrive.problems import BadInput
from ithrive.tables import Row, read_xlsx
from ithrive.tables.incoming import LIMIT_BYTES
from ithrive.tables.opening import refuse_unsafe

TABLE = [["code", "people"], ["E1", 12], ["E2", None]]


def workbook(*rows: list[Any], change: Callable[[Any], object] = lambda book: None) -> bytes:
    """A workbook whose first sheet, Return, holds these rows."""
    book = openpyxl.Workbook()
    book.active.title = "Return"
    for row in rows:
        book.active.append(row)
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(content: bytes, changed: dict[str, bytes]) -> bytes:
    """The same workbook with some of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changed.pop(name, None) or old.read(name))
        for name, part in changed.items():
            new.writestr(name, part)
    return out.getvalue()


def refused(content: bytes, **options: Any) -> list[str]:
    with pytest.raises(BadInput) as caught:
        read_xlsx(content, name="return.xlsx", **options)
    return [str(problem) for problem in caught.value.problems]


def test_a_workbook_reads_like_a_csv_file_of_the_same_table() -> None:
    assert read_xlsx(workbook(*TABLE), name="return.xlsx", needs=["code"]) == [
        Row(2, {"code": "E1", "people": "12"}),
        Row(3, {"code": "E2", "people": ""}),
    ]


def test_cells_come_as_the_text_a_person_means() -> None:
    morning = datetime.combine(date(2015, 4, 1), time(9, 30))
    cells = [12.0, 0.1, date(2015, 4, 1), morning, time(9, 30), True, "  x ", "E01"]
    content = workbook([f"c{number}" for number in range(8)], cells)
    texts = list(read_xlsx(content, name="return.xlsx")[0].cells.values())
    assert texts == ["12", "0.1", "2015-04-01", "2015-04-01T09:30:00", "09:30:00", "True", "x", "E01"]


def test_a_whole_number_that_another_program_wrote_with_a_point_is_whole() -> None:
    content = workbook(*TABLE)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").replace(b"<v>12</v>", b"<v>12.0</v>")
    rows = read_xlsx(repacked(content, {"xl/worksheets/sheet1.xml": sheet}), name="return.xlsx")
    assert rows[0].cells["people"] == "12"


def test_a_file_on_disk_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "return.xlsx"
    path.write_bytes(workbook(*TABLE))
    assert len(read_xlsx(path, name=path.name)) == 2


def test_blank_rows_are_passed_over_and_numbers_stay_those_of_the_sheet() -> None:
    content = workbook([], ["code", "people"], [], ["E1", 12])
    assert [row.number for row in read_xlsx(content, name="return.xlsx")] == [4]


def test_a_sheet_is_chosen_by_name() -> None:
    content = workbook(["x"], change=lambda book: book.create_sheet("More").append(["code"]))
    assert read_xlsx(content, name="return.xlsx", sheet="More", needs=["code"]) == []
    assert refused(content, sheet="Third") == [
        "return.xlsx: There is no sheet “Third”. Its sheets are: Return, More."
    ]


def test_a_size_that_a_sheet_declares_falsely_is_not_believed() -> None:
    content = workbook(*TABLE)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    lying = sheet.replace(b'ref="A1:B3"', b'ref="A1:XFD1048576"')
    assert lying != sheet
    assert len(read_xlsx(repacked(content, {"xl/worksheets/sheet1.xml": lying}), name="return.xlsx")) == 2


def test_every_formula_is_refused_naming_its_cell() -> None:
    content = workbook(["code", "people"], ["E1", "=1+1"], ["=A2", 3])
    assert refused(content) == [
        "return.xlsx, row 2, column B: The cell holds a formula. Copy the cell and paste it as a value.",
        "return.xlsx, row 3, column A: The cell holds a formula. Copy the cell and paste it as a value.",
    ]


def test_a_formula_without_a_stored_result_is_refused_too() -> None:
    content = workbook(["code", "people"], ["E1", "=NOW()"])
    assert "holds a formula" in refused(content)[0]


def test_an_error_cell_is_refused_naming_its_cell() -> None:
    content = workbook(["code", "people"], ["E1", "#DIV/0!"])
    assert refused(content)[0].startswith("return.xlsx, row 2, column B: The cell holds an error")


def test_merged_headings_are_refused() -> None:
    content = workbook(
        ["code", "people", "x"], ["E1", 1, 2], change=lambda book: book.active.merge_cells("A1:B1")
    )
    (problem,) = refused(content)
    assert problem.startswith("return.xlsx, row 1, column B: This column has no heading.")
    assert problem.endswith("If headings are merged, unmerge them.")


def test_a_cell_far_to_the_right_is_refused() -> None:
    content = workbook(["code"], change=lambda book: book.active.cell(3, 16_000, "x"))
    assert "row 3: There is something in column WQJ" in refused(content)[0]


def test_a_workbook_that_unpacks_without_end_is_refused_before_it_is_opened() -> None:
    bomb = repacked(workbook(*TABLE), {"xl/media/nothing.bin": b"0" * 50_000_000})
    assert len(bomb) < 100_000
    (problem,) = refused(bomb)
    assert problem.startswith("return.xlsx: The workbook unpacks to far more than it seems to hold.")


def test_a_workbook_that_unpacks_far_beyond_the_limit_is_refused() -> None:
    content = workbook(*[["code", "people", "role"]] * 5000)
    assert len(read_xlsx(content, name="return.xlsx")) == 4999
    assert "unpacks to far more" in refused(content, limit_bytes=len(content))[0]


def test_a_false_unpacked_size_does_not_open_the_door() -> None:
    content = repacked(workbook(*TABLE), {"xl/worksheets/sheet1.xml": b"<x>" + b" " * 9_000_000 + b"</x>"})
    honest = (9_000_007).to_bytes(4, "little")
    assert honest in content
    assert "damaged" in refused(content.replace(honest, (900).to_bytes(4, "little")))[0]


def test_xml_that_feeds_on_itself_is_refused() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><x>&b;&b;&b;</x>'
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"):
        assert "damaged" in refused(repacked(workbook(*TABLE), {part: laughs}))[0]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "locked with a password, or has the old .xls"),
        (b"code,people\nE1,12\n", "not an Excel workbook, or it is cut short"),
        (b"", "not an Excel workbook, or it is cut short"),
        (workbook(*TABLE)[:-40], "not an Excel workbook, or it is cut short"),
        (repacked(b"PK\x05\x06" + b"\0" * 18, {"a.txt": b"hello"}), "damaged"),
    ],
    ids=["locked", "a csv file", "empty", "cut short", "another archive"],
)
def test_what_is_not_a_workbook_is_refused_in_plain_words(content: bytes, message: str) -> None:
    assert message in refused(content)[0]


@pytest.mark.parametrize("flip", [0xFF, 0x80, 0x01])
def test_any_spoilt_byte_of_the_envelope_is_let_pass_or_refused_but_never_a_crash(flip: int) -> None:
    content = bytearray(workbook(*TABLE))
    for position in range(len(content)):
        content[position] ^= flip
        with suppress(BadInput):
            refuse_unsafe(bytes(content), "return.xlsx", LIMIT_BYTES)
        content[position] ^= flip


@pytest.mark.parametrize("position", range(0, 5000, 97))
def test_a_workbook_with_a_spoilt_byte_is_read_or_refused_but_never_a_crash(position: int) -> None:
    content = bytearray(workbook(*TABLE))
    content[position % len(content)] ^= 0xFF
    with suppress(BadInput):
        assert len(read_xlsx(bytes(content), name="return.xlsx")) <= 2


def test_a_workbook_that_is_too_big_is_refused() -> None:
    assert "bigger than 0.001 MB" in refused(workbook(*TABLE), limit_bytes=1000)[0]


def test_published_workbooks_with_title_sheets_are_read_or_refused_in_words(shared_data: Path) -> None:
    for path in sorted((shared_data / "cyp_waits/raw").glob("*.xlsx")):
        with pytest.raises(BadInput, match=r"row \d+: The column “code” is missing"):
            read_xlsx(path, name=path.name, needs=["code"])
