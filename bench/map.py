"""The spread map of England's 209 areas of 2015: how large it is, and how long it takes to draw."""

import gzip
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ithrive.areas.ages import AgeBand
from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.hexagons import hexagons, layout
from ithrive.areas.legend import swatch
from ithrive.areas.loading import load
from ithrive.areas.paints import ROLES
from ithrive.areas.populations import populations
from ithrive.areas.shapes import Outlines, land
from ithrive.areas.spread_map import MapArea, draw

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "docs/examples/england/manifest.toml"
FOLDER = ROOT.parent / "shared/data"
GEOGRAPHY = "CCG15"
RUNS = 50

Result = TypeVar("Result")


def main() -> None:
    """Prints kilobytes (gzipped, as they travel) and milliseconds of processor time."""
    if not FOLDER.is_dir():
        print(f"map: the official files are not at {FOLDER}; nothing is measured.")
        return
    gazetteer = load(MANIFEST, folder=FOLDER)
    boundaries = [each for each in gazetteer.boundaries if each.geography == GEOGRAPHY]
    preparing, outlines = _spent(lambda: land(boundaries), runs=1)
    _report("land map", preparing, outlines, _areas(gazetteer))
    preparing, outlines = _spent(lambda: _hexagons(gazetteer), runs=1)
    _report("hexagons", preparing, outlines, _areas(gazetteer))


def _hexagons(gazetteer: Gazetteer) -> Outlines:
    positions = {
        each.code: (each.outline.centroid.x, each.outline.centroid.y)
        for each in gazetteer.boundaries
        if each.geography == GEOGRAPHY
    }
    return hexagons(layout(positions, populations(gazetteer, GEOGRAPHY, AgeBand(0, 17)).people))


def _areas(gazetteer: Gazetteer) -> list[MapArea]:
    """Every area with a class, a sentence and a link, as on the page; the classes in turn."""
    classes = list(ROLES)
    return [
        MapArea(
            code=place.code,
            name=place.name,
            css_class=classes[number % len(classes)],
            label=f"{place.name}: {ROLES[classes[number % len(classes)]].words} since 1 April 2017",
            href=f"/areas/england/ccg/{place.code}/",
        )
        for number, place in enumerate(gazetteer.places_by_geography[GEOGRAPHY].values())
    ]


def _report(what: str, preparing: float, outlines: Outlines, areas: list[MapArea]) -> None:
    words = {"title": "England", "description": "Who takes part"}
    drawing, svg = _spent(lambda: draw(outlines, areas, **words), runs=RUNS)
    samples = "".join(swatch(each, ROLES) for each in ROLES)
    size = len(gzip.compress((svg + samples).encode()))
    print(f"{what}: {len(outlines.paths)} areas, {size / 1000:.0f} kB gzipped (at most 150)", end="; ")
    print(f"{drawing * 1000:.1f} ms to draw from cached paths (at most 5)", end="; ")
    print(f"{preparing:.2f} s to prepare, once")


def _spent(task: Callable[[], Result], runs: int) -> tuple[float, Result]:
    """Processor seconds for one run, on average."""
    start = time.process_time()
    for _ in range(runs):
        result = task()
    return (time.process_time() - start) / runs, result


if __name__ == "__main__":
    main()
