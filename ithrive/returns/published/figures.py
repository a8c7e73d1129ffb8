"""The one tidy shape of published figures, and the table of them that lies in DuckDB."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from csv import writer
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from ithrive.measures import Cell, CellState
from ithrive.problems import BadInput, Problem
from ithrive.tables.rows import LIVE

if TYPE_CHECKING:  # heavy, and only those who read published files need it
    from duckdb import DuckDBPyConnection

# Each column with its kind in DuckDB's words, in the order in which files are written.
COLUMNS = {
    "source": "VARCHAR",
    "release": "VARCHAR",
    "status": "VARCHAR",
    "measure": "VARCHAR",
    "title": "VARCHAR",
    "unit": "VARCHAR",
    "breakdown": "VARCHAR",
    "subgroup": "VARCHAR",
    "area_kind": "VARCHAR",
    "geography": "VARCHAR",
    "area": "VARCHAR",
    "area_name": "VARCHAR",
    "period_start": "DATE",
    "period_end": "DATE",
    "state": "VARCHAR",
    "number": "DOUBLE",
    "note": "VARCHAR",
}
# One figure of one release: two rows alike in all of these are the same figure published twice.
KEY = (
    "source",
    "release",
    "status",
    "measure",
    "breakdown",
    "subgroup",
    "area_kind",
    "geography",
    "area",
    "period_start",
    "period_end",
)
UNKNOWN_AREA = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One figure of somebody's publication. `release` is the file it came from, `status` what the publisher
    calls it (final, performance, provisional); `measure` is the official id where there is one; `area` is the
    code as published; both days of the period are in it; `note` is what a reader of the figure should know.
    """

    source: str
    release: str
    status: str
    measure: str
    title: str
    unit: str
    breakdown: str
    subgroup: str
    area_kind: str
    geography: str
    area: str
    area_name: str
    period_start: date
    period_end: date
    state: str
    number: float | None
    note: str = ""

    @property
    def cell(self) -> Cell:
        """The figure with its state; whole where it is whole."""
        if self.number is None:
            return Cell.without(CellState(self.state))
        return Cell.of(int(self.number) if self.number.is_integer() else self.number)


def state_and_number(cell: Cell) -> tuple[str, float | None]:
    """A cell as the last columns of the tidy shape hold it."""
    return cell.state.value, None if cell.number is None else float(cell.number)


class PublishedFigures:
    """Published figures, one row each, in a DuckDB table that this object keeps to itself."""

    def __init__(self, connection: "DuckDBPyConnection | None" = None) -> None:
        import duckdb

        self.connection = connection or duckdb.connect()
        columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        self.connection.execute(f"CREATE TABLE IF NOT EXISTS figures ({columns})")

    @classmethod
    def of(cls, figures: Iterable[PublishedFigure]) -> Self:
        made = cls()
        made.add(figures)
        return made

    @classmethod
    def read(cls, path: Path) -> Self:
        """Figures that `write` wrote. Raises BadInput for anything else."""
        import duckdb

        made = cls()
        parquet = path.suffix == ".parquet"
        reader = "read_parquet(?)" if parquet else _csv_of_ours()
        columns = ", ".join(
            name if parquet or kind != "VARCHAR" else _plain(name) for name, kind in COLUMNS.items()
        )
        try:
            query = f"INSERT INTO figures SELECT {columns} FROM {reader}"  # noqa: S608 # columns of ours
            made.connection.execute(query, [str(path)])
        except duckdb.Error as error:
            what = "This is not a file of published figures."
            raise BadInput(
                Problem(path.name, what, "Give what “ithrive returns import-published” wrote.")
            ) from error
        return made

    def add(self, figures: Iterable[PublishedFigure]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "figures.csv")
            with path.open("w", encoding="utf-8", newline="") as file:
                writer(file).writerows(map(astuple, figures))
            if path.stat().st_size:
                query = f"INSERT INTO figures SELECT * FROM {_csv_without_headings()}"  # noqa: S608 # columns of ours
                self.connection.execute(query, [str(path)])

    def __len__(self) -> int:
        return int(self.value("SELECT count(*) FROM figures"))

    def __iter__(self) -> Iterator[PublishedFigure]:
        yield from self.where("true")

    def where(self, condition: str, given: Sequence[object] = ()) -> list[PublishedFigure]:
        """The figures that a condition on the columns holds for; never one that somebody else wrote."""
        rows = self.rows(f"SELECT * FROM figures WHERE {condition} ORDER BY {', '.join(KEY)}", given)  # noqa: S608 # written here
        return [PublishedFigure(*row) for row in rows]

    def only(self, condition: str, given: Sequence[object] = ()) -> "PublishedFigures":
        """A table of its own of the figures that a condition holds for."""
        made = PublishedFigures()
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder, "figures.parquet"))
            query = f"SELECT * FROM figures WHERE {condition}"  # noqa: S608 # written here
            self.connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)", list(given))
            made.connection.execute("INSERT INTO figures SELECT * FROM read_parquet(?)", [path])
        return made

    def rows(self, query: str, given: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, list(given)).fetchall()

    def value(self, query: str, given: Sequence[object] = ()) -> Any:
        return self.rows(query, given)[0][0]

    def write(self, path: Path) -> None:
        """Writes Parquet where the name ends in .parquet, otherwise CSV that is safe to open."""
        if path.suffix == ".parquet":
            self.connection.execute(
                "COPY figures TO $path (FORMAT parquet, COMPRESSION zstd)", {"path": str(path)}
            )
        else:
            safe = ", ".join(_safe(name) if kind == "VARCHAR" else name for name, kind in COLUMNS.items())
            query = f"COPY (SELECT {safe} FROM figures) TO $path (FORMAT csv, HEADER)"  # noqa: S608 # columns of ours
            self.connection.execute(query, {"path": str(path)})


_LIVE = f"^(?:{LIVE.pattern})".replace("'", "''")


def _safe(name: str) -> str:
    """Text that a spreadsheet would run gets an apostrophe, as in every CSV of ours."""
    return f"CASE WHEN regexp_matches({name}, '{_LIVE}') THEN chr(39) || {name} ELSE {name} END AS {name}"


def _plain(name: str) -> str:
    live = f"starts_with({name}, chr(39)) AND regexp_matches({name}[2:], '{_LIVE}')"
    return f"CASE WHEN {live} THEN {name}[2:] ELSE {name} END AS {name}"


def _csv_without_headings() -> str:
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in COLUMNS.items())
    return (
        "read_csv(?, header = false, delim = ',', quote = '\"', escape = '\"', auto_detect = false, "
        f"force_not_null = [{_texts()}], columns = {{{columns}}})"
    )


def _csv_of_ours() -> str:
    return _csv_without_headings().replace("header = false", "header = true")


def _texts() -> str:
    return ", ".join(f"'{name}'" for name, kind in COLUMNS.items() if kind == "VARCHAR")
