"""What was left empty, or is held back without a word."""

from collections.abc import Iterator, Sequence

from ithrive.measures import CellState
from ithrive.returns.checks.subject import Subject
from ithrive.returns.findings import Finding
from ithrive.returns.form import Line

_WHY = "Give the figure, or choose why there is none and say so in the note."
_HELD_BACK = {
    CellState.SUPPRESSED: "It is suppressed, though the programme hides small numbers itself.",
    CellState.WITHHELD: "It is withheld for its quality.",
}


def gaps(seen: Subject) -> Iterator[Finding]:
    """One query where a whole measure is empty, else one for each figure that is missing from it."""
    for lines in seen.by_measure.values():
        if any(seen.sent(line.key) for line in lines):
            yield from _missing(seen, lines)
        else:
            what = f"Nothing was filled in for “{lines[0].measure_title}”."
            mend = "Give its figures, or say in the note of its first figure why there are none."
            yield seen.query("gap", lines[0].key, what, mend)


def _missing(seen: Subject, lines: Sequence[Line]) -> Iterator[Finding]:
    for line in lines:
        state = seen.cell(line.key).state
        if line.required and state is CellState.NOT_SUBMITTED:
            yield seen.query("gap", line.key, f"{seen.title(line.key)} is empty.", _WHY)
        if line.required and state in _HELD_BACK:
            yield seen.query(
                "held back", line.key, _HELD_BACK[state], "Say in the note what stands behind it."
            )
