"""Whether parts are no more than the whole that they are part of, and the whole is there at all."""

from collections.abc import Iterator

from ithrive.measures import FigureKey
from ithrive.returns.checks.subject import Subject, as_text
from ithrive.returns.findings import Finding
from ithrive.returns.form import Line


def wrong_parts(seen: Subject) -> Iterator[Finding]:
    """Numerators above their denominators or without one, and some people above everybody."""
    for line, number in seen.counted:
        yield from _against_whole(seen, line, number)
        yield from _against_everybody(seen, line, number)
    yield from _breakdowns(seen)


def _against_whole(seen: Subject, line: Line, number: int) -> Iterator[Finding]:
    if line.part_of is None:
        return
    whole = seen.count(line.part_of)
    if whole is not None and number > whole:
        what = f"{as_text(number)} is more than the {as_text(whole)} of {seen.title(line.part_of)}."
        yield seen.must_fix("part", line.key, what, "It is part of them: correct one of the two.")
    elif not seen.sent(line.part_of):
        what = f"{seen.title(line.part_of)}, of which this is a part, is empty."
        yield seen.must_fix("denominator", line.key, what, "Give both, or choose why there is none.")


def _against_everybody(seen: Subject, line: Line, number: int) -> Iterator[Finding]:
    """A breakdown against the same figure of everybody. Groupings are looked at where they are added up."""
    if not line.key.breakdown:
        return
    everybody = FigureKey(line.key.measure, line.key.figure, line.key.grouping)
    whole = seen.count(everybody)
    if whole is not None and number > whole:
        what = f"{as_text(number)} ({line.whom}) is more than the {as_text(whole)} of all together."
        yield seen.must_fix("part", line.key, what, "Correct one of the two.")


def _breakdowns(seen: Subject) -> Iterator[Finding]:
    """The kinds of one breakdown added up, against everybody."""
    sums: dict[tuple[FigureKey, str], int] = {}
    for line, number in seen.counted:
        if line.key.breakdown:
            everybody = FigureKey(line.key.measure, line.key.figure, line.key.grouping)
            kind = line.key.breakdown.partition("=")[0]
            sums[everybody, kind] = sums.get((everybody, kind), 0) + number
    for (everybody, kind), added in sums.items():
        whole = seen.count(everybody)
        if whole is not None and added > whole:
            what = f"By {kind} they add up to {as_text(added)}, and all together are {as_text(whole)}."
            yield seen.must_fix("sum", everybody, what, "Find who is counted twice, or correct the sum.")
