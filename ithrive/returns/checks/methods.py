"""Whether figures say how they were made, and whether that is how they were made last quarter."""

from collections.abc import Iterator

from ithrive.returns.checks.subject import Subject
from ithrive.returns.findings import Finding, Severity
from ithrive.returns.typed import quoted


def mixed_methods(seen: Subject) -> Iterator[Finding]:
    """Figures of no known instrument, and series that would mix instruments, versions or rules."""
    for question in seen.form.questions:
        lines = seen.by_measure[question.measure]
        if all(seen.number(line.key) is None for line in lines):
            continue
        now = seen.figures.methods.get(question.measure, "")
        before = seen.last_methods.get(question.measure, "")
        if not now:
            what = f"“{question.title}” is not answered."
            mend = "Answer in words: figures of different instruments or rules are never put together."
            yield Finding(Severity.MUST_FIX, "method", seen.form.places[question.code], what, mend)
        elif before and " ".join(before.split()).casefold() != " ".join(now.split()).casefold():
            what = f"“{question.title}” was answered “{quoted(before)}”, and now “{quoted(now)}”."
            mend = "If that is so, say since when in the note: a new series begins. Else correct it."
            yield seen.query("method", lines[0].key, what, mend)
