"""What was filled in, wherever it was filled in: the one set of rules for sheet, form and API."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ithrive.measures import FigureKey
from ithrive.returns.figures import NOT_SENT, Identity, ReturnedFigure, ReturnFigures
from ithrive.returns.findings import Finding, Severity
from ithrive.returns.form import ReturnForm
from ithrive.returns.reading.identity import Stated, identity_findings
from ithrive.returns.typed import Refused, quoted, typed_cell
from ithrive.tables import Held
from ithrive.tables.rows import MOST_PROBLEMS, plain_text

# More is a story, not a reason.
LONGEST_NOTE = 2_000


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands under one code, and where."""

    place: str
    text: str
    held: Held = Held.TEXT
    note: str = ""
    provenance: str = ""


@dataclass(frozen=True, slots=True)
class FilledIn:
    """Everything that was filled in, by the code beside it, and who says whose return it is. `findings` are
    what was already found on the way.
    """

    stated: Stated
    entries: Mapping[str, Entry]
    notes: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. `identity` is what the sender says it is, None where that cannot be told; `figures`
    carry the identity that was expected. `typed` is the text of every figure as it came, `places` where
    it stood.
    """

    figures: ReturnFigures
    findings: tuple[Finding, ...]
    identity: Identity | None
    typed: Mapping[FigureKey, str] = field(default_factory=lambda: MappingProxyType({}))
    places: Mapping[FigureKey, str] = field(default_factory=lambda: MappingProxyType({}))


def reading_of(filled: FilledIn, form: ReturnForm, expected: Identity) -> Reading:
    """The return that was filled in. A figure nobody could read counts as not submitted."""
    findings = [*identity_findings(filled.stated, form, expected), *filled.findings]
    findings += _strangers(filled.entries, form)
    entries = {
        line.key: filled.entries[line.key.text] for line in form.lines if line.key.text in filled.entries
    }
    figures: dict[FigureKey, ReturnedFigure] = {}
    for key, entry in entries.items():
        cell = typed_cell(entry.text, entry.held)
        if isinstance(cell, Refused):
            findings.append(Finding(Severity.MUST_FIX, "number", entry.place, cell.what, cell.mend, key))
            cell = NOT_SENT
        figures[key] = ReturnedFigure(cell, _note(entry), entry.provenance)
    return Reading(
        ReturnFigures(expected, figures, _methods(filled.entries, form), filled.notes[:LONGEST_NOTE]),
        tuple(findings),
        filled.stated.identity,
        {key: plain_text(entry.text) for key, entry in entries.items()},
        {key: entry.place for key, entry in entries.items()},
    )


def _note(entry: Entry) -> str:
    return plain_text(entry.note)[:LONGEST_NOTE]


def _methods(entries: Mapping[str, Entry], form: ReturnForm) -> dict[str, str]:
    answers = {each.measure: entries.get(each.code) for each in form.questions}
    said = {measure: plain_text(entry.text)[:LONGEST_NOTE] for measure, entry in answers.items() if entry}
    return {measure: text for measure, text in said.items() if text}


def _strangers(entries: Mapping[str, Entry], form: ReturnForm) -> Iterator[Finding]:
    strange = [(code, entry) for code, entry in entries.items() if code not in form.places]
    for code, entry in strange[:MOST_PROBLEMS]:
        what = f"The code “{quoted(code)}” is not in this form."
        mend = "Use the workbook made for this quarter, and leave its codes as they are."
        yield Finding(Severity.MUST_FIX, "code", entry.place, what, mend)
    if len(strange) > MOST_PROBLEMS:
        what = f"And {len(strange) - MOST_PROBLEMS:,} more codes that are not in this form."
        yield Finding(
            Severity.MUST_FIX, "code", strange[-1][1].place, what, "Use the workbook of this quarter."
        )
