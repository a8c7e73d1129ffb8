"""A workbook read as a person sees it: what each cell holds, what is hidden, what is merged."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest

from ithrive.problems import BadInput
from ithrive.tables import Held, SheetCell, cell_name, read_sheets
from ithrive.tables.sheets import Merged

HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def workbook(change: Callable[[Any], object]) -> bytes:
    book = openpyxl.Workbook()
    change(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_sheet(xml: str) -> bytes:
    """A workbook whose only sheet is this XML."""
    out = io.BytesIO()
    old = zipfile.ZipFile(io.BytesIO(workbook(lambda page: page.append([1]))))
    with zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return out.getvalue()


def read(content: bytes, most_rows: int = 100) -> Any:
    (sheet,) = read_sheets(content, name="a.xlsx", most_rows=most_rows)
    return sheet


def test_every_cell_says_what_it_holds() -> None:
    row = [
        12,
        1.5,
        "x",
        True,
        date(2026, 7, 1),
        datetime.combine(date(2026, 7, 1), time(9, 30)),
        time(9, 30),
        "=A1",
        "#N/A",
        None,
    ]
    sheet = read(workbook(lambda page: page.append(row)))
    assert sheet.rows[1] == {
        1: SheetCell("12", Held.NUMBER),
        2: SheetCell("1.5", Held.NUMBER),
        3: SheetCell("x", Held.TEXT),
        4: SheetCell("True", Held.YES_NO),
        5: SheetCell("2026-07-01", Held.DAY),
        6: SheetCell("2026-07-01T09:30:00", Held.DAY),
        7: SheetCell("09:30:00", Held.DAY),
        8: SheetCell("=A1", Held.FORMULA),
        9: SheetCell("#N/A", Held.ERROR),
    }


def test_what_is_hidden_or_merged_is_known() -> None:
    def change(page: Any) -> None:
        page["A1"] = page["C3"] = 1
        page.row_dimensions[3].hidden = True
        page.column_dimensions["C"].hidden = True
        page.merge_cells("A5:B6")

    sheet = read(workbook(change))
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({3}, {3})
    assert sheet.merged == (Merged("A5:B6", 5, 1, 6, 2),)
    assert not sheet.hidden


def test_a_hidden_sheet_is_known() -> None:
    def change(page: Any) -> None:
        page.parent.create_sheet("Seen")
        page.sheet_state = "veryHidden"

    hidden, seen = read_sheets(workbook(change), name="a.xlsx", most_rows=10)
    assert (hidden.hidden, seen.hidden) == (True, False)


def test_rows_that_do_not_say_their_number_follow_one_another() -> None:
    xml = (
        f'{HEAD}<sheetData><row hidden="x"><c><v>1</v></c></row><row hidden="true"/></sheetData></worksheet>'
    )
    assert read(with_sheet(xml)).hidden_rows == {2}


def test_one_cell_can_be_merged_with_itself_and_nonsense_cannot() -> None:
    cells = '<mergeCells><mergeCell ref="B2"/></mergeCells>'
    assert read(with_sheet(f"{HEAD}<sheetData/>{cells}</worksheet>")).merged == (Merged("B2", 2, 2, 2, 2),)
    with pytest.raises(BadInput, match="damaged"):
        read(with_sheet(f"{HEAD}<sheetData/>{cells.replace('B2', 'nonsense')}</worksheet>"))


def test_empty_rows_do_not_count_and_filled_ones_do() -> None:
    content = workbook(lambda page: [page.cell(row, 1, row) for row in (1, 50, 99)])
    assert len(read(content, most_rows=3).rows) == 3
    with pytest.raises(BadInput, match=r"a\.xlsx, sheet Sheet, row 99: There are more filled rows"):
        read(content, most_rows=2)


def test_rows_of_all_sheets_count_together() -> None:
    def change(page: Any) -> None:
        page.append([1])
        page.parent.create_sheet("More").append([1])

    with pytest.raises(BadInput, match="sheet More, row 1: There are more filled rows"):
        read_sheets(workbook(change), name="a.xlsx", most_rows=1)


def test_a_row_beyond_every_sheet_is_refused_before_it_is_counted_up_to() -> None:
    far = f'{HEAD}<sheetData><row r="9999999999"><c><v>1</v></c></row></sheetData></worksheet>'
    with pytest.raises(BadInput, match="far below where a sheet ends"):
        read(with_sheet(far))


def test_xml_that_feeds_on_itself_is_refused() -> None:
    laughs = f'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>{HEAD}&b;<sheetData/></worksheet>'
    with pytest.raises(BadInput, match="damaged"):
        read(with_sheet(laughs))


@pytest.mark.parametrize(("row", "column", "name"), [(1, 1, "A1"), (14, 4, "D14"), (2, 27, "AA2")])
def test_a_cell_is_called_as_a_spreadsheet_calls_it(row: int, column: int, name: str) -> None:
    assert cell_name(row, column) == name
