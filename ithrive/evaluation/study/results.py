"""The results of a study: frozen values, the same bytes for the same protocol and data."""

from dataclasses import dataclass

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.matching import CovariateBalance
from ithrive.evaluation.study.implementation_results import ImplementationResult
from ithrive.evaluation.study.outcome_results import OutcomeResult


@dataclass(frozen=True, slots=True)
class Source:
    """Where numbers come from: of which outcome, sites and waves, from which vintage, by which method.

    `id` is what blocks of results name in `source`. `vintage` is the label of the figures and the start of
    their SHA-256.
    """

    id: str
    outcome: str
    sites: str
    waves: str
    vintage: str
    method: str


@dataclass(frozen=True, slots=True)
class FileRead:
    """One file that results rest on. `rows` were read; each that was set aside is counted in `dropped`."""

    what: str
    name: str
    vintage: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class DroppedRow:
    """Rows set aside: from which file, which ones in words, how many, and why."""

    file: str
    what: str
    rows: int
    why: str


@dataclass(frozen=True, slots=True)
class WaveName:
    """One wave: counted from the baseline, its quarter, and whether an assessment was due in it."""

    wave: int
    quarter: str
    assessment: bool


@dataclass(frozen=True, slots=True)
class SiteFlow:
    """One site from the protocol to the analysis. `outcomes` counts those in which it has a part.

    `starts` is a quarter, empty for a comparison site. `merger` says what became of its area, if anything.
    """

    site: str
    area: str
    arm: str
    pair: str
    starts: str
    waves_received: int
    outcomes: int
    merger: str


@dataclass(frozen=True, slots=True)
class FlowStage:
    """How many sites of each arm reached a stage: planned, sent a figure, analysed."""

    stage: str
    accelerators: int
    comparisons: int


@dataclass(frozen=True, slots=True)
class Flow:
    source: str
    stages: tuple[FlowStage, ...]
    sites: tuple[SiteFlow, ...]


@dataclass(frozen=True, slots=True)
class BalanceResult:
    """Balance of covariates: `before` against `candidates` sites outside the study (none: arms alone).

    `filled` counts figures that were imputed for each covariate; `sets` is the number of completed tables.
    """

    source: str
    candidates: int
    covariates: tuple[CovariateBalance, ...]
    filled: tuple[tuple[str, int], ...]
    sets: int
    left_out: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Received:
    """Cells received of those expected, for a site, a quarter or an outcome. No outcome by arm in it.

    `states` counts cells by state; `grade` is “good” (95% and more), “fair” (80% and more) or “poor”.
    """

    of: str
    expected: int
    received: int
    states: tuple[tuple[str, int], ...]
    grade: str


@dataclass(frozen=True, slots=True)
class QualityResult:
    source: str
    all: Received
    by_site: tuple[Received, ...]
    by_quarter: tuple[Received, ...]
    by_outcome: tuple[Received, ...]


@dataclass(frozen=True, slots=True)
class FamilyResult:
    """One family judged together. `found` are its outcomes with family-wise p at most alpha; where looks were
    taken, the primary outcomes that crossed at one.
    """

    source: str
    family: str
    outcomes: tuple[str, ...]
    alpha: float
    over: str
    p: tuple[tuple[str, float | NotComputable], ...]
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandingResult:
    """`label` is “confirmatory” or “exploratory”: say it wherever a result appears."""

    label: str
    reason: str
    protocol_sha256: str
    frozen: str
    amendments: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LookShown:
    """One look from the ledger. `threshold` is None where nothing could cross; `crossed` are outcomes."""

    wave: int
    at: str
    by: str
    information: float
    may_be_spent: float
    threshold: float | None
    crossed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StudyResults:
    """Everything one run found. `at` is the moment it was told, not a clock's. Floats are rounded already."""

    form: int
    study: str
    name: str
    question: str
    fictional: bool
    at: str
    disclosure: str
    alpha: float
    standing: StandingResult
    looks: tuple[LookShown, ...]
    files: tuple[FileRead, ...]
    dropped: tuple[DroppedRow, ...]
    waves: tuple[WaveName, ...]
    flow: Flow
    balance: BalanceResult | NotComputable
    quality: QualityResult
    implementation: ImplementationResult
    families: tuple[FamilyResult, ...]
    outcomes: tuple[OutcomeResult, ...]
    sources: tuple[Source, ...]
    notes: tuple[str, ...]

    def outcome(self, id: str) -> OutcomeResult:  # noqa: A002  # the word of the protocol
        """The results of one outcome. Raises KeyError where there is none."""
        return {each.id: each for each in self.outcomes}[id]

    def source(self, id: str) -> Source:  # noqa: A002  # the word of the file
        """The source of that id. Raises KeyError where there is none."""
        return {each.id: each for each in self.sources}[id]

    def to_json(self) -> str:
        """The results as text: sorted names, one line, the same bytes for the same results."""
        from ithrive.evaluation.study.as_json import to_json

        return to_json(self)
