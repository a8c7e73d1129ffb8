"""The first sheet of the workbook: whose return it is, and how to fill it in."""

from collections.abc import Collection, Iterator

from ithrive.returns.figures import Identity
from ithrive.returns.findings import Finding, Severity
from ithrive.returns.form import ReturnForm
from ithrive.returns.layout import (
    AREA,
    AREA_CODE,
    CHECK,
    COUNTRY,
    NOTE,
    NOTES,
    NOW,
    QUARTER,
    STATES,
    SUBMISSION,
    VERSION,
)
from ithrive.returns.marks import look_at

MOST_SHOWN = 200
HOW = (
    f"Type a number in the column “{NOW}”. Everything else is locked; no password is needed to unlock it.",
    "Nought is a number: type 0. An empty cell says that nobody sent the figure.",
    f"Where there is no number, choose why from the list in the cell: {', '.join(STATES)}.",
    "Send numbers as they are, small ones too. They are hidden when figures are shown, not before.",
    "Paste values, not formulas. Leave the codes in the last column, and hide nothing.",
    f"Where a figure is unusual and right, say why in “{NOTE}”. The reason goes with it to the report.",
    "The five groupings and those not known add up to all together.",
)

CoverRow = tuple[str, str, str]


def cover_rows(
    form: ReturnForm, identity: Identity, notes: str, findings: Collection[Finding]
) -> Iterator[CoverRow]:
    """Each row as what, the value, and what to know about it."""
    yield form.title, "", ""
    yield AREA, identity.area_name, ""
    yield AREA_CODE, identity.area_code, "By this we know whose return it is."
    yield COUNTRY, identity.country, ""
    yield QUARTER, identity.quarter.label, f"From {_day_span(identity)}."
    yield VERSION, identity.form_version, ""
    yield CHECK, form.digest, "By this we know which form it is."
    yield SUBMISSION, str(identity.submission_version), "1 is the first; each resubmission counts on."
    yield NOTES, notes, "What a reader of these figures should know."
    yield "", "", ""
    for number, sentence in enumerate(HOW):
        yield ("How to fill it in" if not number else ""), sentence, ""
    yield from _found(findings)


def _day_span(identity: Identity) -> str:
    quarter = identity.quarter
    return f"{quarter.starts:%-d %B %Y} up to, and not including, {quarter.ends:%-d %B %Y}"


def _found(findings: Collection[Finding]) -> Iterator[CoverRow]:
    if not findings:
        return
    wrong = sum(each.severity is Severity.MUST_FIX for each in findings)
    yield "", "", ""
    yield "What was found", f"{wrong} to mend, {len(findings) - wrong} to explain", ""
    for each in list(findings)[:MOST_SHOWN]:
        yield "", each.place, look_at([each])
    if len(findings) > MOST_SHOWN:
        yield "", f"And {len(findings) - MOST_SHOWN:,} more.", "Mend the first ones and send it again."
