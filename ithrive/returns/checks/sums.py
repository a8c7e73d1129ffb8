"""Whether the five groupings and those not known add up to all together."""

from collections.abc import Iterator, Sequence

from ithrive.measures import NOT_KNOWN, FigureKey, grouping_codes
from ithrive.returns.checks.subject import Subject, as_text
from ithrive.returns.findings import Finding
from ithrive.returns.form import Line


def wrong_sums(seen: Subject) -> Iterator[Finding]:
    """Sums that cannot be right, and groupings of which some are filled in and others left empty."""
    for line in seen.form.lines:
        keys = _groupings(seen, line)
        if not keys or not any(seen.sent(key) for key in keys):
            continue
        yield from _uneven(seen, keys)
        together, parts = seen.count(line.key), [seen.count(key) for key in keys]
        if together is not None:
            yield from _wrong(seen, line.key, together, keys, parts)


def _groupings(seen: Subject, line: Line) -> tuple[FigureKey, ...]:
    """The parts of a count by grouping; none for what cannot be added up."""
    if not line.required or not line.counts:
        return ()
    keys = (FigureKey(line.key.measure, line.key.figure, code) for code in grouping_codes())
    return tuple(key for key in keys if key in seen.form.by_key)


def _uneven(seen: Subject, keys: Sequence[FigureKey]) -> Iterator[Finding]:
    empty = [key for key in keys if key.grouping != NOT_KNOWN and not seen.sent(key)]
    if empty:
        what = f"{seen.title(empty[0])} is empty, while other groupings are filled in."
        yield seen.query("gap", empty[0], what, "Put 0 where there is nobody; say why where it is not known.")


def _wrong(
    seen: Subject,
    whole: FigureKey,
    together: int,
    keys: Sequence[FigureKey],
    parts: Sequence[int | None],
) -> Iterator[Finding]:
    added = sum(part for part in parts if part is not None)
    five_are_known = all(
        part is not None for key, part in zip(keys, parts, strict=True) if key.grouping != NOT_KNOWN
    )
    # Those not known count as declared where a number stands for them, or nothing at all.
    unknown = next((key for key in keys if key.grouping == NOT_KNOWN), None)
    declared = unknown is None or seen.count(unknown) is not None or not seen.sent(unknown)
    over = added - together
    if over > 0:
        what = f"The groupings add up to {as_text(added)}, and all together are {as_text(together)}."
        yield seen.must_fix(
            "sum", whole, what, f"Find the {as_text(over)} counted twice, or correct the sum."
        )
    elif over < 0 and five_are_known and declared:
        what = f"The groupings add up to {as_text(added)}, and all together are {as_text(together)}."
        mend = (
            f"Put the {as_text(-over)} whose grouping is not known beside “Grouping not known”, or correct."
        )
        yield seen.must_fix("sum", whole, what, mend)
