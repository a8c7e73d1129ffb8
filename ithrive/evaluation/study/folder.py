"""A folder of a study's files, read whole: figures.csv, and whichever of the others are there."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from ithrive.evaluation.protocol import Protocol
from ithrive.evaluation.study.data import Assessed, StudyData
from ithrive.evaluation.study.figures_file import NEEDS, figures_of
from ithrive.evaluation.study.other_files import (
    assessed_of,
    covariates_of,
    evidence_of,
    mergers_of,
    moderators_of,
    progress_of,
    quotations_of,
)
from ithrive.evaluation.study.reading import StudyFile
from ithrive.evaluation.study.results import DroppedRow, FileRead
from ithrive.problems import BadInput, Problem

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "figures": NEEDS,
    "assessments": ("site", "score"),
    "progress": ("site", "progress"),
    "moderators": ("site", "moderator", "value"),
    "covariates": ("site",),
    "mergers": ("site", "successor", "share"),
    "quotations": ("site", "statement", "sector", "people", "consent", "text"),
    "evidence": ("site", "date", "kind"),
    "exposure": ("site", "exposure"),
}
Made = TypeVar("Made")


def read_study(source: Path | Mapping[str, bytes], protocol: Protocol, *, vintage: str = "") -> StudyData:
    """The study's data from a folder, or from the contents of its files by name (“figures.csv”).

    `vintage` says which release the figures are of. Raises BadInput with every problem of the first file
    that has any.
    """
    files = _Files(source, protocol, vintage)
    return StudyData(
        figures=files.made("figures", figures_of, {}),
        assessed=files.made("assessments", assessed_of, Assessed()),
        progress=files.made("progress", progress_of, {}),
        moderators=files.made("moderators", moderators_of, {}),
        covariates=files.made("covariates", covariates_of, None),
        mergers=files.made("mergers", mergers_of, ()),
        quotations=files.made("quotations", quotations_of, ()),
        evidence=files.made("evidence", evidence_of, ()),
        exposure=files.made("exposure", lambda file: progress_of(file, "exposure"), {}),
        files=tuple(files.read),
        dropped=tuple(files.dropped),
    )


class _Files:
    """The files that are there, read one after the other."""

    def __init__(self, source: Path | Mapping[str, bytes], protocol: Protocol, vintage: str) -> None:
        self.protocol, self.vintage = protocol, vintage
        self.read: list[FileRead] = []
        self.dropped: list[DroppedRow] = []
        self.there: Mapping[str, Path | bytes] = (
            {each.name: each for each in source.glob("*.csv")} if isinstance(source, Path) else source
        )
        if "figures.csv" not in self.there:
            place = source.name if isinstance(source, Path) else "The study's files"
            raise BadInput(
                Problem(place, "There is no figures.csv.", "Put the figures of the outcomes in it.")
            )
        for name in sorted(self.there):
            if name.removesuffix(".csv") not in COLUMNS:
                self.dropped.append(
                    DroppedRow(name, "the whole file", 0, "No file of a study has this name.")
                )

    def made(self, what: str, make: Callable[[StudyFile], Any], otherwise: Any) -> Any:
        source = self.there.get(f"{what}.csv")
        if source is None:
            return otherwise
        file = StudyFile.opened(source, what, self.protocol, needs=COLUMNS[what], vintage=self.vintage)
        found = make(file)
        self.read.append(file.read)
        self.dropped += file.dropped
        return found
