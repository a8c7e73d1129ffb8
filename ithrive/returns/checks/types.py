"""Whether each number is one that its figure can be."""

from collections.abc import Iterator

from ithrive.returns.checks.subject import Subject, as_text, whole
from ithrive.returns.findings import Finding


def wrong_numbers(seen: Subject) -> Iterator[Finding]:
    """Counts that are not whole, numbers below nought, scores above their highest."""
    for line in seen.form.lines:
        number = seen.number(line.key)
        if number is None:
            continue
        if number < 0:
            what = f"{as_text(number)} is below nought."
            yield seen.must_fix("number", line.key, what, "Write how many there are, from 0 up.")
        elif line.counts and whole(seen.cell(line.key)) is None:
            what = f"{as_text(number)} is not a whole number, and this counts people or things."
            yield seen.must_fix("number", line.key, what, "Write how many there are, not a share or a mean.")
        elif line.highest is not None and number > line.highest:
            what = f"{as_text(number)} is above {line.highest}, the highest there can be."
            yield seen.must_fix(
                "number", line.key, what, f"Rescale it to 0 to {line.highest}, or correct it."
            )
