"""Sites from the protocol to the analysis: how many of each arm, and what became of each."""

from collections.abc import Mapping

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.protocol import Protocol, Site
from ithrive.evaluation.study.data import StudyData
from ithrive.evaluation.study.mergers import after_mergers
from ithrive.evaluation.study.prepared import Prepared
from ithrive.evaluation.study.results import Flow, FlowStage, SiteFlow
from ithrive.evaluation.study.sources import Sources


def flow(
    protocol: Protocol, data: StudyData, ready: Mapping[str, Prepared], sources: Sources, waves: str
) -> Flow:
    sites = tuple(
        _site(protocol, each, data, ready) for each in sorted(protocol.sites, key=lambda each: each.id)
    )
    primary = {each.id for each in protocol.primary}
    analysed = {
        site
        for name, each in ready.items()
        if name in primary and not isinstance(each.panel, NotComputable)
        for site in each.panel.sites
    }
    return Flow(
        source=sources.bound("flow", sites="all sites", waves=waves, method="Counting sites"),
        stages=(
            _stage("In the protocol", sites),
            _stage("Sent at least one figure", [each for each in sites if each.waves_received]),
            _stage("Analysed for a primary outcome", [each for each in sites if each.site in analysed]),
        ),
        sites=sites,
    )


def _stage(stage: str, sites: list[SiteFlow] | tuple[SiteFlow, ...]) -> FlowStage:
    mine = sum(each.arm == "accelerator" for each in sites)
    return FlowStage(stage, mine, len(sites) - mine)


def _site(protocol: Protocol, site: Site, data: StudyData, ready: Mapping[str, Prepared]) -> SiteFlow:
    came = {
        at[1]
        for figures in data.figures.values()
        for at, figure in figures.items()
        if at[0] == site.id and figure.cell.is_figure
    }
    merged = after_mergers(protocol, data.mergers).get(site.id)
    return SiteFlow(
        site=site.id,
        area=site.area,
        arm=site.arm,
        pair=site.pair or "",
        starts=site.starts.label if site.starts else "",
        waves_received=len(came),
        outcomes=sum(
            not isinstance(each.panel, NotComputable) and site.id in each.panel.sites
            for each in ready.values()
        ),
        merger=merged.sentence if merged else "",
    )
