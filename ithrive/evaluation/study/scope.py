"""Of which outcome, sites and waves the numbers of one analysis are: what its sources say."""

from dataclasses import dataclass

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.panel import Panel
from ithrive.evaluation.study.data import Merger
from ithrive.evaluation.study.sources import Sources
from ithrive.periods import Quarter


@dataclass(frozen=True, eq=False)
class Scope:
    """One outcome's part of a run: `sites` and `waves` in words."""

    sources: Sources
    outcome: str
    sites: str
    waves: str
    mergers: tuple[Merger, ...] = ()
    last: Quarter | None = None

    def bound(self, name: str, method: str, *, sites: str = "", waves: str = "", of: str = "figures") -> str:
        """The id of a source of this outcome."""
        return self.sources.bound(
            name,
            outcome=self.outcome,
            sites=sites or self.sites,
            waves=waves or self.waves,
            method=method,
            of=of,
        )


def sites_in_words(panel: Panel | NotComputable) -> str:
    if isinstance(panel, NotComputable):
        return "none"
    mine = int(panel.accelerator.sum())
    return f"{mine} accelerator and {len(panel.sites) - mine} comparison sites"


def waves_in_words(panel: Panel | NotComputable) -> str:
    if isinstance(panel, NotComputable):
        return "none"
    return f"{len(panel.waves)} waves, {panel.waves[0]} to {panel.waves[-1]}"
