"""What `ithrive returns import-published` prints: what came in, and what was found, in plain words."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from ithrive.returns.published import Finding, FindingKind, Imported, ImportedFile, Rebased
from ithrive.tables import csv_text

# Of one kind in one file; the list of all goes to a file.
SHOWN = 3
HEADINGS = ("kind", "where", "what", "done")


def as_text(imported: Imported, moved: Rebased | None) -> str:
    """A paragraph for each file, then what re-basing did."""
    paragraphs = ["\n".join(_file(file)) for file in imported.files]
    return "\n\n".join([*paragraphs, *(["\n".join(_moved(moved))] if moved else [])])


def findings_csv(findings: Sequence[Finding]) -> str:
    """Every finding, safe to open in a spreadsheet."""
    return csv_text(HEADINGS, [(each.kind.value, each.where, each.what, each.done) for each in findings])


def _file(file: ImportedFile) -> Iterator[str]:
    yield f"{file.name}: {file.layout}."
    states = ", ".join(f"{count:,} {state}" for state, count in file.states.items())
    yield f"  {sum(file.states.values()):,} cells: {states or 'none'}."
    yield from _findings(file.findings)


def _findings(findings: Sequence[Finding]) -> Iterator[str]:
    order = list(FindingKind)
    by_kind = sorted(findings, key=lambda each: order.index(each.kind))
    for kind, group in groupby(by_kind, key=lambda each: each.kind):
        found = list(group)
        yield f"  {len(found):,} × {kind}:"
        yield from (f"    {each}" for each in found[:SHOWN])
        if len(found) > SHOWN:
            yield f"    … and {len(found) - SHOWN:,} more; --findings FILE.csv writes them all."


def _moved(moved: Rebased) -> Iterator[str]:
    yield f"Re-based: {moved.added:,} figures added up, {moved.refused:,} that cannot be had on those areas."
    yield from (f"  {finding}" for finding in moved.findings)
