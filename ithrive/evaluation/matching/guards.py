"""Candidates that would see the accelerator sites' change: they must not be compared with them."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from ithrive.evaluation.matching.candidates import Candidates, Exclusion

MEMBER, NEIGHBOUR, PROVIDER, INCOMPLETE = "member", "neighbour", "shared provider", "missing covariate"


def members(candidates: Candidates, joined: Mapping[str, str] | Iterable[str]) -> tuple[Exclusion, ...]:
    """Candidates that take part themselves. A mapping says of each in which way."""
    words = joined if isinstance(joined, Mapping) else dict.fromkeys(joined, "")
    return tuple(
        Exclusion(site, MEMBER, words[site] or "It takes part itself.")
        for site in _others(candidates)
        if site in words
    )


def neighbours(candidates: Candidates, touching: Iterable[tuple[str, str]]) -> tuple[Exclusion, ...]:
    """Candidates that share a boundary with an accelerator site. Each pair is said once, either way round."""
    beside: dict[str, set[str]] = {}
    for one, other in touching:
        beside.setdefault(one, set()).add(other)
        beside.setdefault(other, set()).add(one)
    return _meeting(candidates, beside, NEIGHBOUR, "It borders")


def shared_providers(candidates: Candidates, providers: Mapping[str, Set[str]]) -> tuple[Exclusion, ...]:
    """Candidates served by a provider that also serves an accelerator site."""
    serving: dict[str, set[str]] = {}
    for site, names in providers.items():
        for name in names:
            serving.setdefault(name, set()).add(site)
    beside = {site: set().union(*(serving[name] for name in names)) for site, names in providers.items()}
    return _meeting(candidates, beside, PROVIDER, "It shares a provider with")


def guarded(candidates: Candidates, *found: Iterable[Exclusion]) -> Candidates:
    """The candidates with these exclusions added to those they have."""
    every = {*candidates.exclusions, *(each for group in found for each in group)}
    order = sorted(every, key=lambda each: (each.guard, each.site, each.because))
    return replace(candidates, exclusions=tuple(order))


def _meeting(
    candidates: Candidates, beside: Mapping[str, Set[str]], guard: str, words: str
) -> tuple[Exclusion, ...]:
    began = {site for site, yes in zip(candidates.sites, candidates.accelerator, strict=True) if yes}
    return tuple(
        Exclusion(site, guard, f"{words} {', '.join(sorted(map(candidates.title, met)))}.")
        for site in _others(candidates)
        if (met := began & beside.get(site, set()))
    )


def _others(candidates: Candidates) -> list[str]:
    return sorted(site for site, yes in zip(candidates.sites, candidates.accelerator, strict=True) if not yes)
