"""A workbook that we hand out: safe to open, whatever stands in it."""

import io
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from ithrive.tables.outgoing_workbook import xlsx_bytes


def cells(*row: object) -> list[Any]:
    book = load_workbook(io.BytesIO(xlsx_bytes("Sheet", [f"c{place}" for place in range(len(row))], [row])))
    return list(book["Sheet"][2])


def test_numbers_days_and_empty_cells_stay_what_they_are() -> None:
    number, share, day, empty, truth = cells(3, 0.5, date(2026, 3, 1), None, True)
    assert (number.value, share.value, day.value.date(), empty.value) == (3, 0.5, date(2026, 3, 1), None)
    assert truth.value == "True"


def test_what_cannot_be_stored_becomes_a_space() -> None:
    assert cells("a\x00b")[0].value == "a b"


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=20))
def test_no_text_is_ever_a_formula(text: str) -> None:
    [cell] = cells(text)
    assert cell.data_type != "f"
    assert not str(cell.value or "").startswith(("=", "+", "@"))
