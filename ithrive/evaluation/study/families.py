"""Outcomes judged together: each family that the protocol named, with what it found."""

from collections.abc import Mapping

from ithrive.evaluation.answers import NotComputable
from ithrive.evaluation.effect import Effect
from ithrive.evaluation.protocol import Protocol
from ithrive.evaluation.randomisation import Lots
from ithrive.evaluation.study.effects import lots_of
from ithrive.evaluation.study.results import FamilyResult
from ithrive.evaluation.study.sources import Sources
from ithrive.evaluation.study.units import over_all_pairs


def family_results(
    protocol: Protocol,
    families: Mapping[str, Mapping[str, float | NotComputable]],
    cores: Mapping[str, Effect | NotComputable],
    sources: Sources,
    waves: str,
    crossed: frozenset[str] | None = None,
) -> tuple[FamilyResult, ...]:
    """Primary first. The largest statistic over a family is what each of its outcomes is held against.

    Where looks were taken, `crossed` is what the primary family found: its alpha was spent on them.
    """
    alpha = protocol.analysis.alpha
    found = []
    for family, judged in families.items():
        p = tuple(sorted(judged.items()))
        found.append(
            FamilyResult(
                source=sources.bound(
                    f"family/{family}",
                    sites="all sites",
                    waves=waves,
                    method="Step-down max-T over assignments (Westfall & Young 1993)",
                ),
                family=family,
                outcomes=tuple(name for name, _ in p),
                alpha=alpha,
                over=_over(protocol, cores, list(judged)),
                p=p,
                found=_found(p, alpha) if family != "primary" or crossed is None else tuple(sorted(crossed)),
            )
        )
    return tuple(found)


def _found(p: tuple[tuple[str, float | NotComputable], ...], alpha: float) -> tuple[str, ...]:
    return tuple(name for name, each in p if not isinstance(each, NotComputable) and each <= alpha)


def _over(protocol: Protocol, cores: Mapping[str, Effect | NotComputable], names: list[str]) -> str:
    lots = over_all_pairs(protocol, {name: lots_of(protocol, cores[name]) for name in names})
    words = {each.assignments.words for each in lots.values() if isinstance(each, Lots)}
    return " or ".join(sorted(words)) or "none: no outcome can be judged"
