"""A workbook of 2,000 figures read and checked, beside openpyxl merely reading the same workbook."""

import io
import time
from collections.abc import Callable, Mapping

import openpyxl

from ithrive.measures import Cell, FigureKey, measures
from ithrive.periods import Quarter
from ithrive.returns import (
    Identity,
    ReturnedFigure,
    ReturnFigures,
    ReturnForm,
    check,
    read_workbook,
    return_form,
    workbook_out,
)

FIGURES, TIMES, AIM_SECONDS = 2_000, 5, 2.0
WHO = Identity("B1", "Bench", "Nowhere", Quarter(2026, 3), "1")


def main() -> None:
    """Prints seconds for reading with checks, and how many times openpyxl's own reading that is."""
    form = a_form()
    last = {line.key: Cell.of(40 + number % 3_000) for number, line in enumerate(form.lines)}
    now = {key: ReturnedFigure(Cell.of((cell.number or 0) * 1.1 // 1)) for key, cell in last.items()}
    content = workbook_out(form, WHO, last=last, figures=ReturnFigures(WHO, now))
    plain = shortest(lambda: read_plainly(content))
    whole = shortest(lambda: read_and_checked(content, form, last))
    found = read_and_checked(content, form, last)
    print(f"{len(form.lines):,} figures, {len(content) / 1_000:,.0f} kB, {found:,} findings")
    print(f"openpyxl reads the cells: {plain:.2f} s; read and checked: {whole:.2f} s", end="")
    print(f" ({whole / plain:.1f} times; the aim is {AIM_SECONDS:g} s)")
    made = shortest(lambda: workbook_out(form, WHO, last=last, figures=ReturnFigures(WHO, now)))
    print(f"the workbook made: {made:.2f} s")


def a_form() -> ReturnForm:
    """The form of all measures, with as many breakdowns as give it enough figures."""
    breakdowns: list[str] = []
    while len((form := return_form(measures(), breakdowns=breakdowns)).lines) < FIGURES:
        breakdowns.append(f"team={len(breakdowns) + 1}")
    return form


def read_plainly(content: bytes) -> int:
    """Every value of every sheet, as quickly as openpyxl gives them."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return sum(1 for page in book.worksheets for row in page.iter_rows(values_only=True) for _ in row)


def read_and_checked(content: bytes, form: ReturnForm, last: Mapping[FigureKey, Cell]) -> int:
    reading = read_workbook(content, "return.xlsx", form=form, expected=WHO)
    return len(reading.findings) + len(check(form, reading.figures, last, places=reading.places))


def shortest(task: Callable[[], object]) -> float:
    """Processor seconds of the quickest of several runs."""
    taken = []
    for _ in range(TIMES):
        start = time.process_time()
        task()
        taken.append(time.process_time() - start)
    return min(taken)


if __name__ == "__main__":
    main()
