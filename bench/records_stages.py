"""Time, processor and peak memory of a run by stage, kept on disk so that a run that was stopped adds up."""

import json
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.records import processor

SPENT = ("wall", "cpu")


class Stages:
    """Seconds and gigabytes by stage. `file` is where they are kept while the run is under way."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.spent: dict[str, dict[str, float]] = json.loads(file.read_text()) if file.exists() else {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        wall, cpu = time.perf_counter(), processor()
        _forget_peak()
        try:
            yield
        finally:
            before = self.spent.get(name, {"wall": 0.0, "cpu": 0.0, "peak": 0.0})
            self.spent[name] = {
                "wall": before["wall"] + time.perf_counter() - wall,
                "cpu": before["cpu"] + processor() - cpu,
                "peak": max(before["peak"], _peak()),
            }
            self._file.write_text(json.dumps(self.spent))

    def timed(self, task: Callable[..., Any], name: str) -> Callable[..., Any]:
        def timed(*words: Any, **named: Any) -> Any:
            with self.stage(name):
                return task(*words, **named)

        return timed

    def end(self) -> None:
        """The run is whole: nothing is left to add to."""
        self._file.unlink(missing_ok=True)

    def every(self) -> dict[str, float]:
        """Of all stages together, also those of runs that were stopped."""
        sums = {name: sum(stage[name] for stage in self.spent.values()) for name in SPENT}
        return sums | {"peak": max(stage["peak"] for stage in self.spent.values())}


def _forget_peak() -> None:
    """Linux alone can begin anew with the highest memory; elsewhere stages tell that of the run so far."""
    place = Path("/proc/self/clear_refs")
    if place.exists():
        place.write_text("5")


def _peak() -> float:
    place = Path("/proc/self/status")
    if not place.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    lines = (line.split() for line in place.read_text().splitlines())
    return next(float(words[1]) / 1e6 for words in lines if words and words[0] == "VmHWM:")
