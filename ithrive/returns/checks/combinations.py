"""Figures that cannot stand beside one another."""

from collections.abc import Iterator

from ithrive.returns.checks.subject import Subject, as_text
from ithrive.returns.findings import Finding
from ithrive.returns.form import Line


def impossible(seen: Subject) -> Iterator[Finding]:
    """Medians of nobody or above their 90th percentile, and one count that is given as two numbers."""
    for line in seen.form.lines:
        if seen.number(line.key) is not None:
            yield from _rests_on_nobody(seen, line)
            yield from _below(seen, line)
            yield from _differs(seen, line)


def _rests_on_nobody(seen: Subject, line: Line) -> Iterator[Finding]:
    if line.rests_on is None:
        return
    if not seen.sent(line.rests_on):
        what = f"There is no {seen.title(line.rests_on)}, so nobody knows how many this rests on."
        yield seen.must_fix("rests on", line.key, what, "Give how many, or take this figure away.")
    elif seen.number(line.rests_on) == 0:
        what = f"{seen.title(line.rests_on)} is 0: nobody has no median or mean."
        yield seen.must_fix("rests on", line.key, what, "Choose “not applicable”, or correct the number.")


def _below(seen: Subject, line: Line) -> Iterator[Finding]:
    number, under = seen.number(line.key), seen.number(line.at_least)
    if line.at_least is not None and number is not None and under is not None and number < under:
        what = f"{as_text(number)} is below the {as_text(under)} of {seen.title(line.at_least)}."
        yield seen.must_fix(
            "order", line.key, what, "It cannot be lower: they may stand in each other's row."
        )


def _differs(seen: Subject, line: Line) -> Iterator[Finding]:
    number, other = seen.number(line.key), seen.number(line.same_as)
    if line.same_as is not None and other is not None and number is not None and number != other:
        title = seen.form.by_key[line.same_as].measure_title
        what = f"It is {as_text(number)} here and {as_text(other)} under “{title}”, which means the same."
        yield seen.query("same", line.key, what, "Correct one of them, or say in the note why they differ.")
