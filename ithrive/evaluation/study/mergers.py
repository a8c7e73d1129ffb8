"""What becomes of a site whose area changes in mid-study: the rule was written down before anyone merged."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ithrive.evaluation.protocol import Protocol
from ithrive.evaluation.study.data import Merger
from ithrive.periods import Quarter


@dataclass(frozen=True, slots=True)
class AfterMerger:
    """A site's figures count before `stops`, or throughout where it is None. `out`: not at all."""

    stops: Quarter | None
    out: bool
    sentence: str


def after_mergers(protocol: Protocol, mergers: Sequence[Merger]) -> Mapping[str, AfterMerger]:
    """For each site whose area changed within the study, what the protocol's rule makes of it.

    A successor that two sites would be followed into is followed by neither: their figures would be the same.
    """
    by_site: dict[str, list[Merger]] = defaultdict(list)
    for each in mergers:
        if each.quarter <= protocol.quarters[-1]:
            by_site[each.site].append(each)
    first = {site: min(each.quarter for each in changes) for site, changes in by_site.items()}
    if protocol.mergers.rule != "follow-successor":
        return {site: _plain(protocol, quarter) for site, quarter in first.items()}
    main = {
        site: max(changes, key=lambda each: (each.share, each.successor)) for site, changes in by_site.items()
    }
    return {site: _followed(protocol, each, first[site], main) for site, each in main.items()}


def _plain(protocol: Protocol, quarter: Quarter) -> AfterMerger:
    if protocol.mergers.rule == "leave-site-out":
        return AfterMerger(
            None, True, f"Its area changed in {quarter.label}: left out, by the protocol's rule."
        )
    return AfterMerger(
        quarter,
        False,
        f"Its area changed in {quarter.label}: its figures stop there, by the protocol's rule.",
    )


def _followed(
    protocol: Protocol, change: Merger, quarter: Quarter, main: Mapping[str, Merger]
) -> AfterMerger:
    least, share = protocol.mergers.least_share, change.share
    sharing = [site for site, other in main.items() if other.successor == change.successor]
    began = f"Its area changed in {quarter.label}."
    if share < least:
        why = (
            f"{change.successor} holds {share:.0%} of its people, less than {least:.0%}: figures stop there."
        )
        return AfterMerger(quarter, False, f"{began} {why}")
    if len(sharing) > 1:
        why = f"{len(sharing)} sites of the study lie in {change.successor} now: their figures stop there."
        return AfterMerger(quarter, False, f"{began} {why}")
    why = f"It is followed into {change.successor}, which holds {share:.0%} of its people."
    return AfterMerger(None, False, f"{began} {why}")
