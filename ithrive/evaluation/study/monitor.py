"""The data monitor: what came and how good it is, and never a figure of an outcome, let alone by arm.

It knows the state of each cell and no number, so nothing on it can tell which way a study goes.
"""

from collections import Counter
from dataclasses import dataclass

from ithrive.evaluation.protocol import Protocol
from ithrive.evaluation.study.data import StudyData
from ithrive.evaluation.study.received import HAVE, quality, states_of
from ithrive.evaluation.study.results import DroppedRow, FileRead, QualityResult
from ithrive.evaluation.study.sources import Sources
from ithrive.measures import CellState


@dataclass(frozen=True, slots=True)
class Exposed:
    """How much of the change a comparison site has had: its exposure when last measured (0 to 1 or None), its
    dated evidence, and the assessments held there. For evaluators: it names comparison sites.
    """

    site: str
    exposure: float | None
    quarter: str
    evidence: int
    kinds: tuple[str, ...]
    assessments: int


@dataclass(frozen=True, slots=True)
class Monitor:
    """`up_to` is the last quarter with any figure, empty if none came. `looks` are the waves planned."""

    study: str
    up_to: str
    quality: QualityResult
    exposure: tuple[Exposed, ...]
    looks: tuple[int, ...]
    files: tuple[FileRead, ...]
    dropped: tuple[DroppedRow, ...]
    sentences: tuple[str, ...]


def monitor(protocol: Protocol, data: StudyData) -> Monitor:
    """What a study's people may watch while it runs."""
    last = data.last_quarter
    states = states_of(protocol, data.figures, last or protocol.quarters[0])
    # Whether a figure is nought is already something about it.
    blind = {key: CellState.VALUE if state in HAVE else state for key, state in states.items()}
    up_to = last.label if last else ""
    found = quality(blind, Sources(data.files), f"{protocol.quarters[0].label} to {up_to}")
    exposure = tuple(
        _exposed(data, each.id) for each in sorted(protocol.arm("comparison"), key=lambda one: one.id)
    )
    return Monitor(
        study=protocol.id,
        up_to=up_to,
        quality=found,
        exposure=exposure,
        looks=protocol.looks,
        files=data.files,
        dropped=data.dropped,
        sentences=tuple(_sentences(found, exposure)),
    )


def _exposed(data: StudyData, site: str) -> Exposed:
    measured = sorted((at[1], share) for at, share in data.exposure.items() if at[0] == site)
    kinds = Counter(each.kind for each in data.evidence if each.site == site)
    return Exposed(
        site=site,
        exposure=measured[-1][1] if measured else None,
        quarter=measured[-1][0].label if measured else "",
        evidence=sum(kinds.values()),
        kinds=tuple(sorted(kinds)),
        assessments=sum(at[0] == site for at in data.assessed.overall),
    )


def _sentences(found: QualityResult, exposure: tuple[Exposed, ...]) -> list[str]:
    whole = found.all
    said = [f"{whole.received:,} of {whole.expected:,} expected figures have come: {whole.grade}."]
    said += [
        f"{each.of}: {each.received} of {each.expected} ({each.grade})."
        for each in found.by_site
        if each.grade != "good"
    ]
    said += [
        f"{each.site}, a comparison site, shows {each.evidence} dated facts of implementation"
        f" ({', '.join(each.kinds)})."
        for each in exposure
        if each.evidence
    ]
    return said
