"""Whether a count is what the counts that it is made of add up to, by its measure's definition."""

from collections.abc import Iterator, Sequence

from ithrive.returns.checks.subject import Subject, as_text
from ithrive.returns.findings import Finding
from ithrive.returns.form import Line


def wrong_makings(seen: Subject) -> Iterator[Finding]:
    """Wholes that are no sum of their parts; with a part missing, those that are less than the others."""
    for line, whole in seen.counted:
        if not line.made_of:
            continue
        parts = [seen.count(key) for key in line.made_of]
        added = sum(part for part in parts if part is not None)
        if added > whole or (added < whole and None not in parts):
            yield _wrong(seen, line, whole, parts, added)


def _wrong(seen: Subject, line: Line, whole: int, parts: Sequence[int | None], added: int) -> Finding:
    told = zip(line.made_of, parts, strict=True)
    named = [f"{as_text(part)} in {seen.place(key)}" for key, part in told if part is not None]
    what = f"It is {as_text(whole)}, and what it is made of adds up to {as_text(added)}: {', '.join(named)}."
    mend = "Everybody counted here is counted in exactly one of those: correct what is wrong."
    return seen.must_fix("made of", line.key, what, mend)
