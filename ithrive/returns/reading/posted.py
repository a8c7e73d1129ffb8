"""Reading a return that was filled in on a page, or sent as JSON."""

from collections.abc import Iterator, Mapping
from typing import Any

from ithrive.returns.figures import Identity
from ithrive.returns.findings import Finding, Severity
from ithrive.returns.form import ReturnForm
from ithrive.returns.layout import AREA, AREA_CODE, CHECK, COUNTRY, QUARTER, SUBMISSION, VERSION
from ithrive.returns.reading.entries import Entry, FilledIn, Reading, reading_of
from ithrive.returns.reading.identity import Stated
from ithrive.returns.typed import quoted
from ithrive.tables import Held

FIGURE, NOTE, METHOD, NOTES = "figure:", "note:", "method:", "notes"
KIND = "i-thrive return"
# What a return file calls the labels of the cover.
LABELS = {
    "area": AREA_CODE,
    "area_name": AREA,
    "country": COUNTRY,
    "quarter": QUARTER,
    "form": VERSION,
    "form_hash": CHECK,
    "submission": SUBMISSION,
}
_FIELDS = {"number", "state", "reason", "provenance"}


def read_form_posts(posted: Mapping[str, str], *, form: ReturnForm, expected: Identity) -> Reading:
    """What a page posts: `figure:H3.started/getting-help`, `note:` the same, `method:D4`, and `notes`. Other
    fields, and the lines a page leaves out, are passed over.
    """
    entries = {
        field.removeprefix(FIGURE): Entry(
            _page_place(field.removeprefix(FIGURE), form),
            text,
            note=posted.get(field.replace(FIGURE, NOTE, 1), ""),
        )
        for field, text in posted.items()
        if field.startswith(FIGURE)
    }
    for question in form.questions:
        if METHOD + question.measure in posted:
            answer = posted[METHOD + question.measure]
            entries[question.code] = Entry(question.measure_title, answer)
    return reading_of(FilledIn(Stated(None, {}), entries, posted.get(NOTES, "")), form, expected)


def _page_place(code: str, form: ReturnForm) -> str:
    line = form.by_code.get(code)
    return f"{line.measure_title}, {line.title} ({line.whom})" if line else code


def read_json(sent: Mapping[str, Any], *, form: ReturnForm, expected: Identity) -> Reading:
    """What the API or a return file sends, in the shape that `return_file_out` writes. A figure may also be a
    bare number, a state in words, or null.
    """
    said = {label: str(sent.get(name, "")) for name, label in LABELS.items()}
    findings: list[Finding] = []
    entries = dict(_figures(sent.get("figures"), form, findings))
    methods = sent.get("methods", {})
    if not isinstance(methods, Mapping):
        findings.append(_must_fix("methods", "This is not a mapping of measures to words.", "Correct it."))
        methods = {}
    entries |= {f"{measure}?": Entry("methods", str(text)) for measure, text in methods.items()}
    stated = Stated(said, {label: name for name, label in LABELS.items()}, "the file")
    filled = FilledIn(stated, entries, str(sent.get("notes") or ""), tuple(findings))
    return reading_of(filled, form, expected)


def _figures(figures: Any, form: ReturnForm, findings: list[Finding]) -> Iterator[tuple[str, Entry]]:
    if not isinstance(figures, Mapping):
        mend = 'Send them by code: {"H3.started": {"number": 12}}.'
        findings.append(_must_fix("figures", "There are no figures.", mend))
        return
    for code, given in figures.items():
        place = form.places.get(str(code), str(code))
        if isinstance(given, Mapping):
            yield str(code), _entry(place, given, findings)
        else:
            yield str(code), Entry(place, *_text_of(given))


def _entry(place: str, given: Mapping[str, Any], findings: list[Finding]) -> Entry:
    for strange in sorted(map(str, given.keys() - _FIELDS)):
        mend = f"Use {', '.join(sorted(_FIELDS))}."
        findings.append(_must_fix(place, f"“{quoted(strange)}” is not known here.", mend))
    both = given.get("number") is not None and given.get("state") not in {None, "value", "zero"}
    if both:
        what = "There are both a number and a state without one."
        findings.append(_must_fix(place, what, "Send the number, or the reason why there is none."))
    told = given.get("number")
    text, held = _text_of(given.get("state") if told is None else told)
    reason, provenance = (str(given.get(name) or "") for name in ("reason", "provenance"))
    return Entry(place, text, held, reason, provenance)


def _text_of(given: object) -> tuple[str, Held]:
    if isinstance(given, bool):
        return str(given), Held.YES_NO
    if given is None:
        return "", Held.TEXT
    return (repr(given) if isinstance(given, int | float) else str(given)), Held.TEXT


def _must_fix(place: str, what: str, mend: str) -> Finding:
    return Finding(Severity.MUST_FIX, "file", place, what, mend)
