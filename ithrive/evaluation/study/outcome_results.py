"""What a study found of one outcome: every number in a block that names its source.

Where something cannot be worked out, `NotComputable` stands in its place with the reason. Effects are in the
outcome's unit; where `scale` is “logarithm” they are differences of natural logarithms, and `percent` says
the same as a change in percent.
"""

from dataclasses import dataclass

from ithrive.evaluation.answers import Inference, Interval, NotComputable
from ithrive.evaluation.dose import DoseOverWaves, Reliability, Shape, TwoStage, Without
from ithrive.evaluation.event_study import JointTest
from ithrive.evaluation.missing import Outlying
from ithrive.evaluation.moderators import Moderation
from ithrive.evaluation.replication import Moderated, Synthesis
from ithrive.evaluation.sensitivity import Sensitivity
from ithrive.evaluation.study.other_results import (
    CountResult,
    DriftResult,
    OtherEstimate,
    StaggeredResult,
    SyntheticResult,
)


@dataclass(frozen=True, slots=True)
class Percent:
    """An effect on logarithms as a change in percent, with the interval of the model-based judgement."""

    value: float
    interval: Interval | NotComputable


@dataclass(frozen=True, slots=True)
class EffectResult:
    """The effect with its judgements together. `family_p` holds over all outcomes of the family.

    `primary` is the judgement that the protocol's `assignment` makes the primary one: it is `pair_swaps` or
    `splits` once more.
    """

    source: str
    estimator: str
    accelerators: int
    comparisons: int
    waves: int
    figures: int
    estimate: float | NotComputable
    percent: Percent | None
    cr2: Inference | NotComputable
    primary: Inference | NotComputable
    pair_swaps: Inference | NotComputable
    splits: Inference | NotComputable
    bootstrap: Inference | NotComputable
    family_p: float | NotComputable
    sensitivity: Sensitivity | NotComputable
    sensitivity_sentence: str
    changes: float | NotComputable
    assumes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WaveResult:
    """The effect at one wave against the reference wave. `wave` is counted from the baseline."""

    source: str
    wave: int
    quarter: str
    before: bool
    estimate: float
    cr2: Inference | NotComputable
    exact: Inference | NotComputable


@dataclass(frozen=True, slots=True)
class EventResult:
    """The event study. `before` and `after` test all waves of that side together."""

    source: str
    reference: int
    waves: tuple[WaveResult, ...]
    before: JointTest | NotComputable
    after: JointTest | NotComputable


@dataclass(frozen=True, slots=True)
class Variant:
    """The main effect once more under another choice: without flagged quarters, without outlying ones …"""

    source: str
    what: str
    why: str
    estimate: float | NotComputable
    interval: Interval | NotComputable
    p: float | NotComputable
    left_out: int


@dataclass(frozen=True, slots=True)
class ModeratorResult:
    """By how much the effect differs for one unit more of the moderator: `found` over pairs, `triple` by the
    triple difference of all sites with `sentence`.

    With `split` “median” the unit is the upper half of sites against the lower. `sites` are those with it.
    """

    source: str
    moderator: str
    title: str
    split: str
    pairs: int
    found: Moderated | NotComputable
    triple: Moderation | NotComputable
    sentence: str


@dataclass(frozen=True, slots=True)
class DosePoint:
    """One site's mean dose after its start and its change in the outcome."""

    site: str
    arm: str
    dose: float
    change: float


@dataclass(frozen=True, slots=True)
class DoseResult:
    """Whether more dose went with more change. `headline` is the two-stage slope over accelerator sites,
    judged by permutation; `both_arms` the same within both arms, where comparison sites had a dose too.

    `model` is the slope over all waves, `corrected` the same had raters made no error (given their
    `reliability`, which says what it was told from). `left_out` names each site without a part in it, with
    the reason.
    """

    source: str
    dose: str
    headline: TwoStage | NotComputable
    both_arms: TwoStage | NotComputable
    model: DoseOverWaves | NotComputable
    reliability: Reliability | NotComputable
    corrected: DoseOverWaves | NotComputable
    shape: Shape | NotComputable
    shape_sentence: str
    without: tuple[Without, ...]
    points: tuple[DosePoint, ...]
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReplicationResult:
    """What a new site may expect. `found` holds the single pairs, for a forest plot."""

    source: str
    found: Synthesis | NotComputable
    sentence: str
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ArmMean:
    """The mean over the sites of an arm that have a figure at a wave, in the outcome's unit."""

    source: str
    wave: int
    quarter: str
    arm: str
    sites: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class SitePoint:
    """One figure of one site as it was received. `state` is that of a cell; `used`: the effect rests on
    it, and `why_not` why it does not.
    """

    wave: int
    quarter: str
    state: str
    figure: float | None
    used: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class SiteSeries:
    source: str
    site: str
    arm: str
    points: tuple[SitePoint, ...]


@dataclass(frozen=True, slots=True)
class MissingResult:
    """What was missing of an outcome and what was done. `states` counts expected cells by their state.

    `cells` of the protocol's sites and waves were expected. `sites_left_out` have no part in the effect.
    """

    source: str
    expected: int
    received: int
    used: int
    states: tuple[tuple[str, int], ...]
    sites_left_out: tuple[tuple[str, str], ...]
    flagged: int
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutcomeResult:
    """One outcome, whole. `unit` is that of its figures; `sentence` says the effect in plain words."""

    id: str
    title: str
    measure: str
    figure: str
    grouping: str
    unit: str
    model: str
    scale: str
    better: str
    family: str
    sentence: str
    means: tuple[ArmMean, ...]
    series: tuple[SiteSeries, ...]
    effect: EffectResult
    events: EventResult | NotComputable
    others: tuple[OtherEstimate, ...]
    staggered: StaggeredResult
    synthetic: SyntheticResult
    drift: DriftResult
    counts: CountResult | None
    variants: tuple[Variant, ...]
    moderators: tuple[ModeratorResult, ...]
    doses: tuple[DoseResult, ...]
    replication: ReplicationResult
    missing: MissingResult
    outlying: tuple[Outlying, ...]
    notes: tuple[str, ...]
