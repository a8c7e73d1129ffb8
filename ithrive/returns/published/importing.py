"""Bringing published files in: each by its layout, checked against itself, into one tidy table."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from ithrive.problems import BadInput, Problem
from ithrive.returns.published.figures import PublishedFigures
from ithrive.returns.published.findings import Finding
from ithrive.returns.published.layouts import import_one
from ithrive.returns.published.plausibility import implausible
from ithrive.returns.published.repeats import gaps, without_repeats

# What is being read, how many files are done, how many there are.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """One file brought in: its layout, its figures by state, and everything found in it."""

    name: str
    layout: str
    states: dict[str, int]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """Every file brought in. `figures` holds them all, each under its own release."""

    figures: PublishedFigures
    files: tuple[ImportedFile, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for file in self.files for finding in file.findings)


def import_published(paths: Iterable[Path], *, progress: Progress | None = None) -> Imported:
    """The figures of published files, and what was found in them. All files or none.

    Raises BadInput, naming every file that could not be read: of unknown layout, damaged or cut short.
    """
    files = tuple(paths)
    together = PublishedFigures()
    imported: list[ImportedFile] = []
    problems: list[Problem] = []
    for number, path in enumerate(files):
        if progress:
            progress("Reading published files", number, len(files))
        try:
            # The first file needs no schema of its own: hundreds of thousands of rows are not copied again.
            imported.append(_joined(path, together) if number else _imported(path, together))
        except BadInput as bad:
            problems += bad.problems
    if not files:
        problems.append(Problem("Published files", "None was given.", "Give at least one."))
    if problems:
        raise BadInput(problems)
    if progress:
        progress("Reading published files", len(files), len(files))
    return Imported(together, tuple(imported))


def _joined(path: Path, together: PublishedFigures) -> ImportedFile:
    """Each further file is read and checked in a schema of its own, and joins the others when it is whole."""
    execute = together.connection.execute
    execute("CREATE OR REPLACE SCHEMA one_file")
    execute("USE one_file")
    try:
        imported = _imported(path, PublishedFigures(together.connection))
        execute("INSERT INTO main.figures SELECT * FROM one_file.figures")
    finally:
        execute("USE main")
        execute("DROP SCHEMA one_file CASCADE")
    return imported


def _imported(path: Path, one: PublishedFigures) -> ImportedFile:
    layout, findings = import_one(path, one)
    findings += without_repeats(one, path.name)
    findings += implausible(one, path.name)
    findings += gaps(one, path.name)
    states = dict(one.rows("SELECT state, count(*) FROM figures GROUP BY ALL ORDER BY ALL"))
    return ImportedFile(path.name, layout, states, tuple(findings))
