"""Loading a country's areas from official files: all of them or nothing."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TypeVar

from ithrive.areas.gazetteer import Attribute, AttributeValue, Boundary, Gazetteer, Link, Population, Source
from ithrive.areas.manifest import (
    AttributeFile,
    BoundariesFile,
    CodesFile,
    File,
    LineageFile,
    Manifest,
    Nesting,
    PopulationFile,
    SameAreas,
    SmallAreasFile,
    read_manifest,
)
from ithrive.areas.places import Country, Geography
from ithrive.areas.reading.attributes import attributes_of, read_values
from ithrive.areas.reading.codes import Named, Parents, Places, read_codes
from ithrive.areas.reading.figures import Figure
from ithrive.areas.reading.files import Files
from ithrive.areas.reading.lineage import read_lineage, same_areas
from ithrive.areas.reading.nesting import nested
from ithrive.areas.reading.outlines import named_figures, read_boundaries, read_figures
from ithrive.areas.reading.populations import read_populations
from ithrive.areas.reading.small_areas import read_small_areas
from ithrive.areas.reading.whole import check_whole
from ithrive.problems import BadInput, Problem

# Files that can be read once it is known which areas there are.
SpeaksOfCodes = BoundariesFile | LineageFile | PopulationFile | AttributeFile

T = TypeVar("T", bound=File)
# What is being read, how many files are done, how many there are.
Progress = Callable[[str, int, int], None]


def load(
    manifest: Path, *, folder: Path | None = None, progress: Progress | None = None, today: date | None = None
) -> Gazetteer:
    """The gazetteer that a manifest describes, from the files in `folder` (else the manifest's own).

    Boundaries come in metres on the country's grid. `progress` hears what is being read, how many
    files are done and how many there are. Raises BadInput with what is wrong in every file read up
    to then; nothing is given back by halves.
    """
    today = today or _today()
    described = read_manifest(manifest, today=today)
    folder = folder or manifest.parent / described.folder
    if not folder.is_dir():
        what = f"The folder of its files, {folder}, is not there."
        raise BadInput(Problem(manifest.name, what, "Say where they are with --folder."))
    return Loading(described, Files(folder), manifest, today, progress or _unheard).gazetteer()


def _today() -> date:
    return date.today()  # noqa: DTZ011  # the day where the person sits, which is what they call today


def _unheard(_label: str, _done: int, _total: int) -> None:
    pass


class Loading:
    """One run over a manifest's files: codes first, then what speaks of codes, then the whole."""

    def __init__(self, manifest: Manifest, files: Files, path: Path, today: date, progress: Progress) -> None:
        self.manifest = manifest
        self.files = files
        self.name = path.name
        self.sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        self.today = today
        self._progress = progress
        self._done = 0
        self._problems: list[Problem] = []
        self._rows: dict[int, int] = {}
        self.places: Places = {}
        self.parents: Parents = {}
        self.figures: dict[int, list[Figure]] = {}
        self.links: list[Link] = []
        self.populations: list[Population] = []
        self.values: list[AttributeValue] = []
        self.boundaries: list[Boundary] = []

    def gazetteer(self) -> Gazetteer:
        self._read_codes()
        self._read_outlines_that_name_areas()
        self._refuse_unnamed()
        self._stop_if_faulty()
        self._read_all_that_speaks_of_codes()
        self._stop_if_faulty()
        self._link_small_areas()
        self._stop_if_faulty()
        gazetteer = self._assembled()
        check_whole(gazetteer, self.name)
        return gazetteer

    # --- One step after another --------------------------------------------------------------------

    def _read_codes(self) -> None:
        for number, file in self._of(CodesFile):
            with self._reading(file):
                named = read_codes(file, self.files)
                self._take(named, file)
                self._rows[number] = named.rows

    def _take(self, named: Named, file: File) -> None:
        for key, places in named.places.items():
            if self.places.setdefault(key, places) is not places:
                what = f"The codes of {key} are given by another file too."
                raise BadInput(
                    Problem(f"{self.name}, {file.path}", what, "Keep one file for each geography.")
                )
        self.parents |= named.parents

    def _read_outlines_that_name_areas(self) -> None:
        # Areas may be missing here only because the file that gives their codes was refused.
        codes_refused = bool(self._problems)
        for number, file in self._of(BoundariesFile):
            with self._gathering():
                self.figures[number] = read_figures(file, self.files)
                unnamed = file.geography not in self.places
                if unnamed and (file.columns.name or not codes_refused):
                    self.places[file.geography] = named_figures(self.figures[number], file)

    def _refuse_unnamed(self) -> None:
        if self._problems:
            return
        for geography in self.manifest.geography:
            if geography.key not in self.places:
                place = f"{self.name}, [[geography]] {geography.key}"
                what = "No file says which areas it has."
                self._problems.append(Problem(place, what, "Add a file of codes, or boundaries with names."))
        for (_, larger), codes in self.parents.items():
            for code in sorted(set(codes.values()) - self.places.get(larger, {}).keys()):
                what = f"The code {code} is used as a larger area but is not one of {larger}."
                self._problems.append(Problem(self.name, what, "Add it to the codes, or recode it."))

    def _read_all_that_speaks_of_codes(self) -> None:
        for number, file in enumerate(self.manifest.file):
            if not isinstance(file, (CodesFile, SmallAreasFile)):
                with self._reading(file):
                    self._rows[number] = self._read(number, file)
        for same in self.manifest.same_areas:
            with self._reading(same):
                self.links += same_areas(same, self.places, self.name)

    def _read(self, number: int, file: SpeaksOfCodes) -> int:
        """Reads one file into what is known so far; gives back its rows."""
        match file:
            case BoundariesFile():
                figures = self.figures[number]
                self.boundaries += read_boundaries(figures, file, self.places, self.manifest.country)
                return len(figures)
            case LineageFile():
                links = read_lineage(file, self.files, self.places)
                self.links += links
                return len(links)
            case PopulationFile():
                populations = read_populations(file, self.files, self.places, today=self.today)
                self.populations += populations
                return sum(len(population.persons) for population in populations)
            case _:
                values = read_values(file, self.files, self.places)
                self.values += values
                return len(values) // len(file.attribute)

    def _link_small_areas(self) -> None:
        """Last, for it may climb by way of parents that only the outlines show."""
        for nesting in self.manifest.nesting:
            with self._reading(nesting):
                holders = nested(nesting, self.boundaries, self.name)
                self.parents[nesting.small, nesting.large] = holders
        self._stop_if_faulty()
        for number, file in self._of(SmallAreasFile):
            with self._reading(file):
                links, rows = read_small_areas(file, self.files, self.places, self.parents)
                self.links += links
                self._rows[number] = rows

    # --- What is read, and what was wrong with it --------------------------------------------------

    def _of(self, kind: type[T]) -> Iterator[tuple[int, T]]:
        return ((number, file) for number, file in enumerate(self.manifest.file) if isinstance(file, kind))

    @contextmanager
    def _reading(self, what: File | SameAreas | Nesting) -> Iterator[None]:
        total = len(self.manifest.file) + len(self.manifest.same_areas) + len(self.manifest.nesting)
        self._progress(what.title, self._done, total)
        with self._gathering():
            yield
        self._done += 1
        self._progress(what.title, self._done, total)

    @contextmanager
    def _gathering(self) -> Iterator[None]:
        try:
            yield
        except BadInput as bad:
            self._problems += bad.problems

    def _stop_if_faulty(self) -> None:
        if self._problems:
            raise BadInput(self._problems)

    # --- The whole ---------------------------------------------------------------------------------

    def _assembled(self) -> Gazetteer:
        country = self.manifest.country
        return Gazetteer(
            country=Country(country.slug, country.name, country.fictional),
            geographies=tuple(
                Geography(each.key, each.kind, each.title, each.starts, each.ends, each.follows or "")
                for each in self.manifest.geography
            ),
            places=tuple(
                place for each in self.manifest.geography for place in self.places[each.key].values()
            ),
            links=tuple(self.links),
            populations=tuple(self.populations),
            attributes=tuple(self._attributes()),
            values=tuple(self.values),
            boundaries=tuple(self.boundaries),
            sources=tuple(self._sources()),
        )

    def _attributes(self) -> Iterator[Attribute]:
        found = (each for _, file in self._of(AttributeFile) for each in attributes_of(file))
        yield from dict.fromkeys(found)

    def _sources(self) -> Iterator[Source]:
        for number, file in enumerate(self.manifest.file):
            yield self.files.source(file, self._rows[number])
        for same in self.manifest.same_areas:
            rows = len(self.places[same.from_geography])
            yield self._stated(same, "lineage", rows)
        for nesting in self.manifest.nesting:
            yield self._stated(nesting, "lineage", len(self.places[nesting.small]))

    def _stated(self, words: SameAreas | Nesting, kind: str, rows: int) -> Source:
        """A source that is the manifest itself: what somebody states there."""
        said = (words.title, kind, words.publisher, words.licence, words.vintage)
        return Source(*said, file=self.name, sha256=self.sha256, rows=rows)
