"""Loading England's official files, beside reading the same files and keeping nothing."""

import csv
import gzip
import io
import json
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import shapely

from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.loading import load

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "docs/examples/england/manifest.toml"
FOLDER = ROOT.parent / "shared/data"
RUNS = 5

Result = TypeVar("Result")


def main() -> None:
    """Prints how long both take (the best of some runs) and how many times longer loading is."""
    if not FOLDER.is_dir():
        print(f"loading: the official files are not at {FOLDER}; nothing is measured.")
        return
    paths = [FOLDER / path for path in _paths()]
    raw, _ = _best(lambda: [_read_raw(path) for path in paths])
    loading, gazetteer = _best(lambda: load(MANIFEST, folder=FOLDER))
    points = _points(gazetteer)
    print(f"loading: {loading:.2f} s; reading the same {len(paths)} files raw: {raw:.2f} s", end="; ")
    print(f"{loading / raw:.1f} times (at most 10)")
    print(f"loading: {points:,} points of outlines; {loading / points * 1e6:.1f} s for a million", end=", ")
    print(f"raw {raw / points * 1e6:.1f} s")


def _paths() -> list[str]:
    """Each file once, though a manifest may take several things from it."""
    manifest = tomllib.loads(MANIFEST.read_text(encoding="utf-8"))
    return list(dict.fromkeys(file["path"] for file in manifest["file"]))


def _read_raw(path: Path) -> object:
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    if "json" in path.suffix:
        return json.loads(content)
    return list(csv.reader(io.StringIO(content.decode())))


def _best(task: Callable[[], Result]) -> tuple[float, Result]:
    spent = []
    for _ in range(RUNS):
        start = time.process_time()
        result = task()
        spent.append(time.process_time() - start)
    return min(spent), result


def _points(gazetteer: Gazetteer) -> int:
    return sum(int(shapely.get_num_coordinates(each.outline)) for each in gazetteer.boundaries)


if __name__ == "__main__":
    main()
