"""How implementation went: reach, adoption, implementation and maintenance, and a joint display.

From dated evidence alone. The four are the last of RE-AIM (Glasgow, Vogt & Boles 1999) that a site's own
records can show; effectiveness is what the rest of the results is about.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from ithrive.disclosure import Rule, rules
from ithrive.disclosure import rule as rule_on
from ithrive.evaluation.protocol import Protocol
from ithrive.evaluation.study.data import DatedEvidence, StudyData
from ithrive.evaluation.study.implementation_results import Dimension, ImplementationResult
from ithrive.evaluation.study.joint import joint_rows
from ithrive.evaluation.study.prepared import Prepared
from ithrive.evaluation.study.sources import Sources
from ithrive.periods import Quarter
from ithrive.problems import BadInput

DIMENSIONS = ("reach", "adoption", "implementation", "maintenance")
# What each kind of dated evidence shows. A programme may give its own table.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "event": "reach",
        "training": "reach",
        "module": "reach",
        "contact": "reach",
        "partner-joined": "adoption",
        "role-taken": "adoption",
        "plan-agreed": "adoption",
        "steering-group": "adoption",
        "step-begun": "implementation",
        "step-reached": "implementation",
        "action-done": "implementation",
        "cycle-done": "implementation",
        "round": "implementation",
    }
)
YEAR = 4  # quarters after the start from which on what goes on is maintained
LASTING = 2  # quarters with evidence beyond that year, for a site to count as maintaining


def implementation(
    protocol: Protocol,
    data: StudyData,
    ready: Mapping[str, Prepared],
    sources: Sources,
    *,
    on: date,
    kinds: Mapping[str, str] = KINDS,
) -> ImplementationResult:
    """Implementation from dated evidence. `on` is the day whose disclosure rule holds."""
    rule = rule_of(protocol, on)
    dimensions = tuple(
        _dimension(protocol, each.id, name, data.evidence, kinds, rule)
        for each in sorted(protocol.sites, key=lambda each: each.id)
        for name in DIMENSIONS
    )
    unknown = Counter(each.kind for each in data.evidence if each.kind not in kinds)
    return ImplementationResult(
        source=sources.bound(
            "implementation",
            sites="all sites",
            waves="dated evidence",
            method="Counting dated facts",
            of="evidence",
        ),
        dimensions=dimensions,
        maintained=tuple(
            each.site
            for each in dimensions
            if each.dimension == "maintenance" and each.arm == "accelerator" and each.quarters >= LASTING
        ),
        unknown=tuple(sorted(unknown.items())),
        context=tuple(sorted((site, name, value) for (site, name), value in data.moderators.items())),
        joint=joint_rows(protocol, data, ready, rule),
        rule=rule.code,
    )


def rule_of(protocol: Protocol, on: date) -> Rule:
    """The protocol's disclosure rule on a day; for a study older than the rule, its first form."""
    try:
        return rule_on(protocol.disclosure, on)
    except BadInput:
        same = [each for each in rules().rule if each.code == protocol.disclosure]
        return min(same, key=lambda each: each.in_force_from)


def _dimension(
    protocol: Protocol,
    site: str,
    dimension: str,
    evidence: tuple[DatedEvidence, ...],
    kinds: Mapping[str, str],
    rule: Rule,
) -> Dimension:
    starts = protocol.site(site).starts
    mine = [each for each in evidence if each.site == site and _shows(each, dimension, kinds, starts)]
    days = sorted(each.on for each in mine)
    people = [each.people for each in mine if each.people is not None]
    total = sum(people) if people else None
    hidden = total is not None and rule.hides(total)
    return Dimension(
        site=site,
        arm=protocol.site(site).arm,
        dimension=dimension,
        evidence=len(mine),
        first=days[0].isoformat() if days else "",
        last=days[-1].isoformat() if days else "",
        quarters=len({Quarter.of(day) for day in days}),
        people=None if hidden else total,
        hidden=hidden,
    )


def _shows(each: DatedEvidence, dimension: str, kinds: Mapping[str, str], starts: Quarter | None) -> bool:
    if dimension != "maintenance":
        return kinds.get(each.kind) == dimension
    if starts is None or kinds.get(each.kind) not in {"implementation", "maintenance"}:
        return False
    return Quarter.of(each.on) >= starts + YEAR
