"""Small published files, made up in the layouts of real ones. The areas are fictional."""

import csv
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from ithrive.returns.published import Imported, import_published
from ithrive.returns.published.mhsds import NEEDS

MHSDS = {
    "REPORTING_PERIOD_START": "01/04/2021",
    "REPORTING_PERIOD_END": "30/04/2021",
    "STATUS": "Final",
    "BREAKDOWN": "CCG of Residence",
    "PRIMARY_LEVEL": "90A",
    "PRIMARY_LEVEL_DESCRIPTION": "ALDERBROOK CCG",
    "SECONDARY_LEVEL": "NONE",
    "SECONDARY_LEVEL_DESCRIPTION": "NONE",
    "MEASURE_ID": "MHS32",
    "MEASURE_NAME": "Referrals starting in RP",
    "MEASURE_VALUE": "120",
}


def mhsds_row(**changes: str) -> dict[str, str]:
    """A row of the national data set, with some cells of its own."""
    return MHSDS | {name.upper(): value for name, value in changes.items()}


def mhsds(folder: Path, *rows: dict[str, str], headings: Sequence[str] = NEEDS, tail: str = "") -> Path:
    path = folder / "mhsds.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(headings)
        out.writerows([row[name] for name in NEEDS] for row in rows)
        file.write(tail)
    return path


def text_file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def workbook(folder: Path, title: str, rows: Sequence[Sequence[object]]) -> Path:
    """A workbook as NHS Digital lays it out: notes, title, headings, blocks parted by blank rows, footer."""
    book = Workbook()
    contents = book.worksheets[0]
    contents.title = "Title sheet"
    for line in (title, title.replace("Table 3b", "Table 3a")):
        contents.append([line])
    page = book.create_sheet("3b")
    for line in ("Return to Contents", None, "Notes:", title, None):
        page.append([line])
    for row in rows:
        page.append(list(row))
    page.append([])
    page.append(["Copyright © 2020, somebody"])
    path = folder / "waits.xlsx"
    book.save(path)
    return path


def brought_in(*paths: Path) -> Imported:
    return import_published(paths)


def kinds(imported: Imported) -> list[str]:
    """The names of the kinds of what was found, each once."""
    return sorted({finding.kind.name for finding in imported.findings})
