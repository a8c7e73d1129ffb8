"""Public Health Scotland's monthly CSVs of CAMHS by health board: a qualifier beside each."""

import re
from collections.abc import Iterator

from ithrive.measures import Cell, CellState
from ithrive.returns.published.figures import PublishedFigure
from ithrive.returns.published.findings import Finding, FindingKind
from ithrive.returns.published.marks import Read, read_mark
from ithrive.returns.published.raw import Raw, plain_heading
from ithrive.returns.published.spans import Span, month
from ithrive.returns.published.units import NUMBER, PEOPLE, WEEKS

SOURCE = "scotland-camhs"
NEEDS = ("HB", "Month")
SCOTLAND = "S92000003"
# What an empty cell means by the qualifier beside it. The others say something of a figure that is there.
EMPTY_MEANS = {"c": CellState.SUPPRESSED, "z": CellState.NOT_APPLICABLE, ":": CellState.NOT_SUBMITTED}
QUALIFIERS = {
    "b": "break in the series",
    "c": "confidential",
    "d": "derived",
    "e": "estimated",
    "f": "forecast",
    "n": "not significant",
    "p": "provisional",
    "r": "revised",
    "u": "low reliability",
    "x": "archived",
    "y": "incomplete",
    "~": "less than half the final digit",
    ":": "not available",
    "z": "not applicable",
}


def measures_in(headings: tuple[str, ...]) -> tuple[str, ...]:
    """The measures of a file of this layout: the columns that have a qualifier beside them."""
    return tuple(heading for heading in headings if f"{heading}QF" in headings)


def import_scotland(raw: Raw, *, release: str) -> None:
    """Adds the rows of the table `raw` to the figures, and what is odd about them to the findings."""
    measures = measures_in(raw.headings)
    listed = ", ".join(f'"{plain_heading(name)}", "{plain_heading(name)}qf"' for name in measures)
    rows = raw.figures.rows(f"SELECT rowid, hb, month, {listed} FROM raw ORDER BY rowid")  # noqa: S608 # quoted
    odd = [heading for heading in raw.headings if not _expected(heading, measures)]
    if odd:
        what = f"The columns {', '.join(odd)} have no qualifier beside them."
        raw.findings.append(Finding(FindingKind.DRIFT, raw.name, what, "Left out."))
    raw.figures.add([figure for row in rows for figure in _figures(raw, row, measures, release)])


def _expected(heading: str, measures: tuple[str, ...]) -> bool:
    return heading in NEEDS or heading in measures or heading.removesuffix("QF") in measures


def _figures(
    raw: Raw, row: tuple[object, ...], measures: tuple[str, ...], release: str
) -> Iterator[PublishedFigure]:
    at, board, printed, *cells = row
    where, board = raw.row(int(str(at))), str(board).strip()
    found = month(str(printed).strip())
    if not found or not board:
        words = " ".join(str(cell) for cell in row[1:] if cell)[:80]
        what = f"“{words}” is no row of a board and a month."
        raw.findings.append(Finding(FindingKind.FOOTER, where, what, "Left out."))
        return
    for measure, value, qualifiers in zip(measures, cells[::2], cells[1::2], strict=True):
        read = _read(raw, str(value), str(qualifiers).split(), f"{where}, column {measure}")
        yield _figure(measure, board, found, read, _note(str(qualifiers)), release)


def _read(raw: Raw, value: str, qualifiers: list[str], where: str) -> Read:
    read = read_mark(value)
    if read.doubt:
        raw.findings.append(Finding(FindingKind.UNREADABLE, where, read.doubt, "Only that cell."))
    if read.cell.state is not CellState.NOT_SUBMITTED:
        return read
    state = next((EMPTY_MEANS[each] for each in qualifiers if each in EMPTY_MEANS), None)
    if state is None:
        what = f"The cell is empty, and its qualifier “{' '.join(qualifiers)}” does not say why."
        raw.findings.append(Finding(FindingKind.UNREADABLE, where, what, "Taken as not submitted."))
    return Read(Cell.without(state or CellState.NOT_SUBMITTED))


def _note(qualifiers: str) -> str:
    return "; ".join(QUALIFIERS.get(each, f"qualifier {each}") for each in qualifiers.split())


def _figure(measure: str, board: str, span: Span, read: Read, note: str, release: str) -> PublishedFigure:
    return PublishedFigure(
        source=SOURCE,
        release=release,
        status="",
        measure=measure,
        title=_title(measure),
        unit=_unit(measure),
        breakdown="",
        subgroup="",
        area_kind="country" if board == SCOTLAND else "health-board",
        geography="",
        area=board,
        area_name="Scotland" if board == SCOTLAND else "",
        period_start=span.starts,
        period_end=span.ends,
        state=read.cell.state.value,
        number=None if read.cell.number is None else float(read.cell.number),
        note=note,
    )


def _title(measure: str) -> str:
    """ "TotalPatientsSeen" is "Total patients seen"."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z0-9])|(?<=\d)(?=[A-Z])|(?<=th)(?=[A-Z])", " ", measure).lower()
    return words[:1].upper() + words[1:]


def _unit(measure: str) -> str:
    if re.search(r"Median|Percentile", measure):
        return WEEKS
    return PEOPLE if "Patients" in measure else NUMBER
