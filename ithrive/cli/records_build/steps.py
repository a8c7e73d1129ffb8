"""An engine that says how far it is: every table that it keeps is a step."""

from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ithrive.records.engine import Engine, FileFormat, Told

if TYPE_CHECKING:
    import ibis

Progress = Callable[[str, int, int], None]
# Tables kept by reading, checks and layers; one more or less only moves the bar.
STEPS = 70


class WatchedEngine:
    """The same engine, with a step told after each table."""

    def __init__(self, engine: Engine, progress: Progress) -> None:
        self._engine, self._progress, self._done = engine, progress, 0
        self.name, self.connection = engine.name, engine.connection

    def read(self, paths: Sequence[Path], file_format: FileFormat, told: Sequence[Told] = ()) -> "ibis.Table":
        return self._engine.read(paths, file_format, told)

    def view(self, name: str, table: "ibis.Table") -> "ibis.Table":
        return self._engine.view(name, table)

    def materialise(self, name: str, table: "ibis.Table") -> "ibis.Table":
        kept = self._engine.materialise(name, table)
        self._done += 1
        self._progress("Working out layers", self._done, max(STEPS, self._done))
        return kept

    def write(self, table: "ibis.Table", path: Path) -> None:
        self._engine.write(table, path)

    def close(self) -> None:
        self._engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)
