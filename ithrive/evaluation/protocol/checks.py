"""What is wrong with a protocol that a schema cannot say: who is paired with whom, and what names what."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import comb

from ithrive.disclosure.rules import rules
from ithrive.evaluation.protocol.tables import Outcome, Protocol
from ithrive.measures import Measure
from ithrive.measures.definition import Shown
from ithrive.problems import Problem

LEAST_SITES = 2  # in each arm: with one, nothing says how far sites differ anyway


def wrong(protocol: Protocol, name: str, measures: Mapping[str, Measure]) -> Iterator[Problem]:
    """Every problem of a protocol, each naming table and entry. `name` is what messages call the file."""
    yield from _repeated(protocol, name)
    yield from _arms(protocol, name)
    yield from _pairs(protocol, name)
    yield from _times(protocol, name)
    yield from _unknown(protocol, name)
    yield from _sights(protocol, name)
    for outcome in protocol.outcomes:
        yield from _measured(outcome, f"{name}, [[outcome]] {outcome.id}", measures)
    if not protocol.primary:
        mend = 'Write family = "primary" for what the study is judged by.'
        yield Problem(f"{name}, [[outcome]]", "No outcome is primary.", mend)


def why_nothing_can_be_found(protocol: Protocol) -> str | None:
    """Why no effect, however large, could reach alpha with so few sites; None where one could."""
    mine, others = len(protocol.arm("accelerator")), len(protocol.arm("comparison"))
    pairs = protocol.analysis.assignment == "pair-swaps"
    ways = 2**mine if pairs else comb(mine + others, mine)
    # With arms alike, every assignment has another that is as extreme the other way.
    least = (2 if mine == others else 1) / ways
    if least <= protocol.analysis.alpha:
        return None
    words = f"{mine} pairs can be swapped" if pairs else f"{mine + others} sites can be divided"
    return (
        f"{words} in {ways:,} ways, so p cannot be below {least:.3g}, nor reach {protocol.analysis.alpha:g}."
    )


def _repeated(protocol: Protocol, name: str) -> Iterator[Problem]:
    places = [f"{each.area} of {each.geography}" for each in protocol.sites]
    for table, entries in (
        ("[[site]]", [each.id for each in protocol.sites]),
        ("[[site]]", places),
        ("[[outcome]]", [each.id for each in protocol.outcomes]),
        ("[[moderator]]", [each.id for each in protocol.moderators]),
        ("[[seen]]", [f"{each.what} for {each.who}" for each in protocol.seen]),
    ):
        for entry in _twice(entries):
            yield Problem(f"{name}, {table} {entry}", "It is there twice.", "Keep one of them.")


def _twice(entries: Iterable[str]) -> list[str]:
    return [entry for entry, count in Counter(entries).items() if count > 1]


def _arms(protocol: Protocol, name: str) -> Iterator[Problem]:
    for arm in ("accelerator", "comparison"):
        count = sum(each.arm == arm for each in protocol.sites)
        if count < LEAST_SITES:
            what = f"The number of {arm} sites is {count}."
            yield Problem(f"{name}, [[site]]", what, f"Each arm needs at least {LEAST_SITES}.")
    for site in protocol.sites:
        place = f"{name}, [[site]] {site.id}"
        if site.arm == "accelerator" and site.starts is None:
            yield Problem(place, "“starts” is missing.", "Say in which quarter this site started.")
        if site.arm == "comparison" and site.starts is not None:
            yield Problem(place, "A comparison site does not start.", "Remove “starts”, or mend “arm”.")


def _pairs(protocol: Protocol, name: str) -> Iterator[Problem]:
    unpaired = [each.id for each in protocol.sites if each.pair is None]
    if unpaired and (len(unpaired) < len(protocol.sites) or protocol.analysis.assignment == "pair-swaps"):
        mend = 'Give every site a “pair”, or none and assignment = "all-splits".'
        yield Problem(f"{name}, [[site]] {unpaired[0]}", "“pair” is missing.", mend)
    for pair in sorted({each.pair for each in protocol.sites if each.pair}):
        count = Counter(each.arm for each in protocol.sites if each.pair == pair)
        if (count["accelerator"], count["comparison"]) != (1, 1):
            mine, others = count["accelerator"], count["comparison"]
            what = f"Pair {pair} has {mine} accelerator and {others} comparison sites."
            yield Problem(f"{name}, [[site]]", what, "Make every pair one of each.")


def _times(protocol: Protocol, name: str) -> Iterator[Problem]:
    first, last = -protocol.waves.retrospective, protocol.waves.following
    within = f"Waves here go from {first} to {last}, counted from the baseline."
    for site in protocol.sites:
        if site.starts and not protocol.waves.baseline < site.starts <= protocol.quarters[-1]:
            what = f"It starts in {site.starts.label}, which is no quarter after the baseline."
            baseline, last_quarter = protocol.waves.baseline.label, protocol.quarters[-1].label
            mend = f"The baseline is {baseline}, the last wave {last_quarter}."
            yield Problem(f"{name}, [[site]] {site.id}", what, mend)
    for place, waves in (
        ("[analysis] looks", protocol.analysis.looks),
        ("[waves] assessments", protocol.waves.assessments),
        *((f"[[moderator]] {each.id}", (each.wave,)) for each in protocol.moderators),
    ):
        for wave in waves:
            if not first <= wave <= last:
                yield Problem(f"{name}, {place}", f"There is no wave {wave}.", within)
    if protocol.missing.least_waves > len(protocol.quarters):
        what = f"No site can have {protocol.missing.least_waves} waves of {len(protocol.quarters)}."
        yield Problem(f"{name}, [missing] least_waves", what, "Give a smaller number.")
    for flag in protocol.flags:
        if flag.last < flag.first:
            yield Problem(
                f"{name}, [[flag]] {flag.what}", "It ends before it begins.", "Correct its quarters."
            )


def _unknown(protocol: Protocol, name: str) -> Iterator[Problem]:
    sites, outcomes = {each.id for each in protocol.sites}, {each.id for each in protocol.outcomes}
    for flag in protocol.flags:
        for site in sorted(set(flag.sites) - sites):
            yield Problem(f"{name}, [[flag]] {flag.what}", f"There is no site {site}.", "Correct its id.")
    for outcome in sorted(set(protocol.dose.outcomes) - outcomes) if protocol.dose else ():
        yield Problem(f"{name}, [dose] outcomes", f"There is no outcome {outcome}.", "Correct its id.")
    known = sorted({each.code for each in rules().rule})
    if protocol.disclosure not in known:
        what = f"There is no disclosure rule “{protocol.disclosure}”."
        yield Problem(f"{name}, disclosure", what, f"Choose from: {', '.join(known)}.")


def _sights(protocol: Protocol, name: str) -> Iterator[Problem]:
    """Who would see too much: arm contrasts spoil a study that still runs, names tell comparison sites."""
    for seen in protocol.seen:
        place = f"{name}, [[seen]] {seen.what} for {seen.who}"
        if seen.what == "arm-contrasts" and seen.who != "evaluators" and seen.when in ("always", "at-looks"):
            mend = "Write “boundary-or-end” or “after-release”."
            yield Problem(place, "Contrasts of arms, seen while the study runs, would spoil it.", mend)
        if seen.what == "site-names" and seen.who != "evaluators":
            yield Problem(place, "Comparison sites are known to evaluators only.", "Remove this entry.")


def _measured(outcome: Outcome, place: str, measures: Mapping[str, Measure]) -> Iterator[Problem]:
    measure = measures.get(outcome.measure)
    if measure is None:
        known = ", ".join(measures)
        yield Problem(place, f"There is no measure {outcome.measure}.", f"Choose from: {known}.")
        return
    shown = {each.code: each for each in measure.shown}
    figure = shown.get(outcome.figure or measure.headline.code)
    if figure is None:
        what = f"{measure.id} has no figure “{outcome.figure}”."
        yield Problem(place, what, f"Choose from: {', '.join(shown)}.")
    else:
        yield from _offset(outcome, figure, place, {each.code for each in measure.returned if each.counts})
    if measure.direction not in ("neither", outcome.better):
        what = f"{measure.id} says that {measure.direction} is better, and here it is {outcome.better}."
        yield Problem(place, what, "Correct “better”.")
    if outcome.grouping and not measure.by_grouping:
        yield Problem(place, f"{measure.id} is not told by grouping.", "Remove “grouping”.")


def _offset(outcome: Outcome, figure: Shown, place: str, counts: set[str]) -> Iterator[Problem]:
    if outcome.model == "gaussian" and outcome.offset:
        yield Problem(place, "A gaussian outcome has no offset.", "Remove “offset”, or use log or count.")
    elif outcome.offset and outcome.offset not in {"population", *counts}:
        choices = ", ".join(sorted({"population", *counts}))
        yield Problem(place, f"There is no count “{outcome.offset}”.", f"Choose from: {choices}.")
    if outcome.model != "count":
        return
    if not counts.issuperset(figure.top):
        yield Problem(place, f"“{figure.code}” is not made of counts.", "Use the model gaussian or log.")
    elif not (outcome.offset or figure.bottom):
        what = f"“{figure.code}” is not counted out of anything."
        yield Problem(place, what, "Say “offset”, such as “population”.")
