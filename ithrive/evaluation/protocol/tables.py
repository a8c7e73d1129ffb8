"""What a protocol holds, each table as a checked value.

In the file the tables are called by their singular ([[site]], [[outcome]]); here a list has a plural name.
"""

from datetime import date
from typing import Annotated

from pydantic import Field

from ithrive.evaluation.draws import Draws
from ithrive.evaluation.protocol.words import (
    Arm,
    Assignment,
    AtMerger,
    AtOutlier,
    Better,
    DoseSource,
    Family,
    Key,
    Model,
    ModeratorSource,
    Moment,
    Period,
    Reader,
    Share,
    Sight,
    Spending,
    Split,
    Table,
    Text,
)
from ithrive.periods import Quarter


class Site(Table):
    """An area in the study. `area` is its code in `geography`; a comparison site never starts."""

    id: Key
    area: Key
    geography: Key
    country: Key = "england"
    arm: Arm
    pair: Key | None = None
    starts: Period | None = None


class Waves(Table):
    """When sites are measured: quarters around a baseline, and assessment rounds by their wave."""

    baseline: Period
    retrospective: Annotated[int, Field(ge=0, le=8)] = 0
    following: Annotated[int, Field(ge=1, le=8)] = 8
    # Waves, counted from the baseline as nought, in which a THRIVE assessment is held.
    assessments: tuple[Annotated[int, Field(ge=-8, le=8)], ...] = (0, 2, 4, 6, 8)


class Outcome(Table):
    """One outcome. `figure` is a code under which the measure is shown, its headline if left out.

    With model `count`, the counts at the top of that figure are added up and compared over `offset`, which is
    its bottom if left out. With `log` the figure, over `offset` if there is one, is compared as a logarithm.
    An offset is “population” or a count that is returned for the measure.
    """

    id: Key
    measure: Key
    figure: Key | None = None
    grouping: Key | None = None
    model: Model = "gaussian"
    offset: Key | None = None
    better: Better
    family: Family = "secondary"


class Analysis(Table):
    """How effects are judged. `looks` are waves counted from the baseline; the last wave is always one."""

    alpha: Annotated[float, Field(gt=0, le=0.2)] = 0.05
    spending: Spending = "obrien-fleming"
    looks: tuple[Annotated[int, Field(ge=1, le=8)], ...] = ()
    assignment: Assignment = "pair-swaps"
    # Where assignments are too many to list, and for the bootstrap: the same draws every time.
    draws: Annotated[int, Field(ge=999, le=999_999)] = 9_999
    seed: Annotated[int, Field(ge=0, le=2**32 - 1)] = 2015

    @property
    def drawn(self) -> Draws:
        """What is drawn where not everything can be listed."""
        return Draws(self.draws, self.seed)


class Moderator(Table):
    """What may make the effect larger or smaller, measured before it: `wave` is counted from the baseline."""

    id: Key
    title: Text
    source: ModeratorSource
    figure: Key
    wave: Annotated[int, Field(ge=-8, le=0)] = 0
    split: Split = "as-measured"


class Dose(Table):
    """How much implementation there was, `lag` waves before the outcome: its level, or its change."""

    source: DoseSource
    form: Annotated[str, Field(pattern="^(level|change)$")] = "level"
    lag: Annotated[int, Field(ge=0, le=8)] = 1
    outcomes: tuple[Key, ...] = ()


class Missing(Table):
    """What is done where figures are missing. `least_waves`: a site with fewer has no part in an outcome."""

    outcomes: Annotated[str, Field(pattern="^available-waves$")] = "available-waves"
    covariates: Annotated[str, Field(pattern="^(multiple-imputation|complete-sites)$")] = (
        "multiple-imputation"
    )
    imputations: Annotated[int, Field(ge=2, le=200)] = 20
    least_waves: Annotated[int, Field(ge=2, le=17)] = 2
    outliers: AtOutlier = "keep-and-flag"


class Flag(Table):
    """Quarters in which something else happened, such as a pandemic. All sites unless some are named."""

    what: Text
    first: Period
    last: Period
    sites: tuple[Key, ...] = ()
    leave_out: bool = False


class Mergers(Table):
    """What happens when an area changes in mid-study. A successor is followed if it holds `least_share`."""

    rule: AtMerger = "follow-successor"
    least_share: Share = 0.8


class Seen(Table):
    """Who may see what, from when on."""

    who: Reader
    what: Sight
    when: Moment


class Guards(Table):
    """Which sites must not be matched, since one would see the other's change."""

    members: bool = True
    neighbours: bool = True
    shared_providers: bool = True


DEFAULT_SIGHTS = (
    Seen(who="evaluators", what="arm-contrasts", when="at-looks"),
    Seen(who="evaluators", what="site-names", when="always"),
    Seen(who="accelerator-sites", what="own-charts", when="always"),
    Seen(who="comparison-sites", what="own-charts", when="always"),
    Seen(who="accelerator-sites", what="data-quality", when="always"),
    Seen(who="comparison-sites", what="data-quality", when="always"),
    Seen(who="programme", what="arm-contrasts", when="boundary-or-end"),
    Seen(who="accelerator-sites", what="arm-contrasts", when="boundary-or-end"),
    Seen(who="comparison-sites", what="arm-contrasts", when="boundary-or-end"),
    Seen(who="public", what="published-results", when="after-release"),
)


class Protocol(Table):
    """A study's protocol, whole and checked. `schema` counts the form of the file, and is 1."""

    form: Annotated[int, Field(alias="schema", ge=1, le=1)]
    id: Key
    name: Text
    fictional: bool = False
    question: Text
    written: date | None = None
    sites: Annotated[tuple[Site, ...], Field(alias="site")]
    waves: Waves
    outcomes: Annotated[tuple[Outcome, ...], Field(alias="outcome", min_length=1)]
    analysis: Analysis = Analysis()
    moderators: Annotated[tuple[Moderator, ...], Field(alias="moderator")] = ()
    dose: Dose | None = None
    missing: Missing = Missing()
    flags: Annotated[tuple[Flag, ...], Field(alias="flag")] = ()
    mergers: Mergers = Mergers()
    guards: Guards = Guards()
    # The code of a rule of `ithrive.disclosure`, under which results go to anyone.
    disclosure: Key = "programme"
    seen: tuple[Seen, ...] = DEFAULT_SIGHTS

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """Every quarter of the study, the earliest first."""
        before, after = self.waves.retrospective, self.waves.following
        return tuple(self.waves.baseline + step for step in range(-before, after + 1))

    @property
    def primary(self) -> tuple[Outcome, ...]:
        return tuple(each for each in self.outcomes if each.family == "primary")

    @property
    def secondary(self) -> tuple[Outcome, ...]:
        return tuple(each for each in self.outcomes if each.family == "secondary")

    @property
    def looks(self) -> tuple[int, ...]:
        """The waves after which effects are looked at, counted from the baseline; the last always."""
        return tuple(sorted({*self.analysis.looks, self.waves.following}))

    def arm(self, arm: Arm) -> tuple[Site, ...]:
        """The sites of one arm, in the order of the file."""
        return tuple(each for each in self.sites if each.arm == arm)

    def site(self, id: str) -> Site:  # noqa: A002  # the word of the file
        """The site of that id. Raises KeyError where there is none."""
        return {each.id: each for each in self.sites}[id]

    def outcome(self, id: str) -> Outcome:  # noqa: A002  # the word of the file
        """The outcome of that id. Raises KeyError where there is none."""
        return {each.id: each for each in self.outcomes}[id]
