"""Reading somebody's published CSV into DuckDB: as text, row by row, and nothing trusted."""

import csv
import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ithrive.problems import BadInput, Problem
from ithrive.returns.published.figures import PublishedFigures
from ithrive.returns.published.findings import Finding, FindingKind
from ithrive.tables.rows import MOST_COLUMNS

# The longest published file has 90 MB unpacked. A bomb has no end.
MOST_BYTES = 2_000_000_000
CHUNK = 1 << 20
# More rows of another shape than this, and it is not a table with notes below it.
MOST_FOOTERS = 50
LONGEST_HEADINGS = 100_000


@dataclass(frozen=True, slots=True)
class Raw:
    """A CSV as the table `raw` of texts. `headings` are as printed; columns are called by `named`."""

    name: str
    headings: tuple[str, ...]
    figures: PublishedFigures
    findings: list[Finding]

    def row(self, rowid: int) -> str:
        """Where a row of the table is in the file, as a spreadsheet numbers it."""
        return f"{self.name}, row {rowid + 2}"


def plain_heading(heading: str) -> str:
    """A heading without what drifts from file to file: case, spaces, underscores."""
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """The file as it lies there, or unpacked for a while where it is a gzip. Raises BadInput if damaged."""
    if path.suffix != ".gz":
        yield path
        return
    with TemporaryDirectory() as folder:
        plain = Path(folder, path.stem)
        _unpack(path, plain)
        yield plain


def _unpack(packed: Path, plain: Path) -> None:
    try:
        with gzip.open(packed) as source, plain.open("wb") as target:
            while chunk := source.read(CHUNK):
                target.write(chunk)
                if target.tell() > MOST_BYTES:
                    what = f"The file unpacks to more than {MOST_BYTES / 1e9:g} GB."
                    raise BadInput(Problem(packed.name, what, "Send it in parts."))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        what = "The packed file is damaged or cut short."
        raise BadInput(Problem(packed.name, what, "Download it again.")) from error


def headings_of(path: Path, name: str) -> tuple[str, ...]:
    """The headings in the first row. Raises BadInput where that is no row of CSV."""
    with path.open("rb") as file:
        first = file.readline(LONGEST_HEADINGS)
    if b"\0" in first:
        raise BadInput(Problem(name, "This is not a CSV file.", "Give the file as it was published."))
    try:
        text = first.decode("utf-8-sig")
        return tuple(cell.strip() for cell in next(csv.reader([text], strict=True), []))
    except (UnicodeDecodeError, csv.Error) as error:
        what = "The first row cannot be read as CSV in UTF-8."
        raise BadInput(Problem(f"{name}, row 1", what, "Give the file as it was published.")) from error


def read_raw(
    path: Path,
    name: str,
    headings: tuple[str, ...],
    into: PublishedFigures,
    *,
    is_figure: Callable[[str], bool],
) -> Raw:
    """Reads the rows of a CSV below its headings into the table `raw`, all as text, empty where empty.

    Notes below the table are set aside and reported; `is_figure` tells from its first cell whether a row of
    another shape was meant to be one, for then the file is cut short. Raises BadInput for what is no table.
    """
    _refuse_repeated(headings, name)
    raw = Raw(name, headings, into, [])
    if not _loaded(path, raw):
        with TemporaryDirectory() as folder:
            mended = Path(folder, "mended.csv")
            raw.findings.extend(_without_footers(path, mended, raw, is_figure))
            if not _loaded(mended, raw):
                raise BadInput(Problem(name, "The rows cannot be read as CSV.", "Download the file again."))
    return raw


def _refuse_repeated(headings: tuple[str, ...], name: str) -> None:
    plain = [plain_heading(heading) for heading in headings]
    if len(plain) > MOST_COLUMNS:
        raise BadInput(Problem(name, f"There are {len(plain):,} columns.", f"Send at most {MOST_COLUMNS:,}."))
    if twice := next((h for h, p in zip(headings, plain, strict=True) if p and plain.count(p) > 1), None):
        raise BadInput(
            Problem(f"{name}, row 1", f"The heading “{twice}” is there twice.", "Rename one of them.")
        )


def _loaded(path: Path, raw: Raw) -> bool:
    """Whether DuckDB could read every row in one go."""
    import duckdb

    columns = ", ".join(f"'{_column(raw.headings, at)}': 'VARCHAR'" for at in range(len(raw.headings)))
    names = ", ".join(f"'{_column(raw.headings, at)}'" for at in range(len(raw.headings)))
    try:
        raw.figures.connection.execute(
            "CREATE OR REPLACE TEMP TABLE raw AS SELECT * FROM read_csv($path, header = true, delim = ',', "  # noqa: S608 # names are ours
            "quote = '\"', escape = '\"', auto_detect = false, strict_mode = true, compression = 'none', "
            f"force_not_null = [{names}], columns = {{{columns}}})",
            {"path": str(path)},
        )
    except duckdb.Error:
        return False
    return True


def _column(headings: tuple[str, ...], at: int) -> str:
    """A name of letters and digits that no other column has."""
    plain = plain_heading(headings[at])
    return plain or f"column {at}".replace(" ", "")


def _without_footers(
    path: Path, mended: Path, raw: Raw, is_figure: Callable[[str], bool]
) -> Iterator[Finding]:
    width, aside = len(raw.headings), 0
    with mended.open("w", encoding="utf-8", newline="") as target:
        out = csv.writer(target)
        out.writerow(raw.headings)
        for number, record in _records(path, raw.name):
            if len(record) > width and not any(map(str.strip, record[width:])):
                record = record[:width]
            if len(record) == width:
                out.writerow(record)
            elif any(map(str.strip, record)):
                aside += 1
                yield _set_aside(record, f"{raw.name}, row {number}", is_figure, aside)


def _set_aside(record: list[str], where: str, is_figure: Callable[[str], bool], aside: int) -> Finding:
    if is_figure(record[0]):
        what = f"The row has {len(record)} cells, fewer or more than there are headings."
        raise BadInput(Problem(where, what, "The file is damaged or cut short. Download it again."))
    if aside > MOST_FOOTERS:
        what = f"There are more than {MOST_FOOTERS} rows that are no part of the table."
        raise BadInput(Problem(where, what, "Give the file as it was published."))
    words = " ".join(cell.strip() for cell in record if cell.strip())[:80]
    return Finding(FindingKind.FOOTER, where, f"“{words}” is no row of the table.", "Left out.")


def _records(path: Path, name: str) -> Iterator[tuple[int, list[str]]]:
    """The records below the headings, as Python reads them: slower, and says where it stumbles."""
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = f"{name}, byte {error.start + 1:,}"
        what = "There are letters that are not UTF-8 text."
        raise BadInput(Problem(place, what, "Give the file as it was published.")) from error
    reader = csv.reader(io.StringIO(content.replace("\0", ""), newline=""), strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, 1):
            if number > 1:
                yield number, record
    except csv.Error as error:
        what = f"The row cannot be read ({error})."
        raise BadInput(Problem(f"{name}, row {number + 1}", what, "Download the file again.")) from error
