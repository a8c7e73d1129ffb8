"""Everything a study rests on besides its protocol, as values; `read_study` makes them from files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ithrive.evaluation.dose import Reliability
from ithrive.evaluation.study.figures import AT, OutcomeFigures
from ithrive.evaluation.study.results import DroppedRow, FileRead
from ithrive.periods import Quarter


@dataclass(frozen=True, slots=True)
class Merger:
    """From `quarter` on a site's area is part of `successor`, which holds `share` of its people."""

    site: str
    quarter: Quarter
    successor: str
    share: float


@dataclass(frozen=True, slots=True)
class Assessed:
    """Agreed scores of THRIVE assessments by site and quarter: overall from 1 to 4, and by level.

    `reliability` is that of agreed scores, an intraclass correlation of means (k raters), with what it was
    told from; or None.
    """

    overall: Mapping[AT, float] = field(default_factory=dict)
    by_level: Mapping[tuple[str, Quarter, str], float] = field(default_factory=dict)
    reliability: Reliability | None = None


@dataclass(frozen=True, slots=True)
class Covariates:
    """What sites were like before: names, and for each site its figures, None where missing.

    `sites` holds the study's sites, `others` candidates that were not chosen.
    """

    names: tuple[str, ...]
    sites: Mapping[str, tuple[float | None, ...]]
    others: Mapping[str, tuple[float | None, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody said in an interview. `people` of that sector were interviewed at that site in all."""

    site: str
    quarter: Quarter
    statement: str
    sector: str
    people: int
    consent: bool
    text: str


@dataclass(frozen=True, slots=True)
class DatedEvidence:
    """One dated fact of implementation at a site: its kind, and how many it reached where that is known."""

    site: str
    on: date
    kind: str
    people: int | None = None


@dataclass(frozen=True, slots=True)
class StudyData:
    """The figures of every outcome, and whatever else came. What did not come is empty or None.

    `figures` has an entry for each outcome of the protocol that has any figure.
    """

    figures: Mapping[str, OutcomeFigures]
    assessed: Assessed = Assessed()
    progress: Mapping[AT, float] = field(default_factory=dict)
    moderators: Mapping[tuple[str, str], float] = field(default_factory=dict)
    covariates: Covariates | None = None
    quotations: tuple[Quotation, ...] = ()
    evidence: tuple[DatedEvidence, ...] = ()
    mergers: tuple[Merger, ...] = ()
    exposure: Mapping[AT, float] = field(default_factory=dict)
    files: tuple[FileRead, ...] = ()
    dropped: tuple[DroppedRow, ...] = ()

    @property
    def last_quarter(self) -> Quarter | None:
        """The last quarter with a figure of any outcome, or None if there is none at all."""
        there = [
            at[1] for each in self.figures.values() for at, figure in each.items() if figure.cell.is_figure
        ]
        return max(there, default=None)
