"""Whether what came is the return that was asked for: the area, the quarter, the version of the form."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ithrive.periods import Quarter
from ithrive.problems import BadInput
from ithrive.returns.figures import Identity
from ithrive.returns.findings import Finding, Severity
from ithrive.returns.form import ReturnForm
from ithrive.returns.layout import AREA, AREA_CODE, CHECK, COUNTRY, QUARTER, SUBMISSION, VERSION
from ithrive.returns.typed import quoted

# Spreadsheets count days from here; the numbers are those of days from 1954 to 2119.
_DAY_NOUGHT = date(1899, 12, 30)
_SERIAL = re.compile(r"[2-7]\d{4}")
_OURS = re.compile(r"(\d\d?)[-/.](\d\d?)[-/.](\d{4})")


@dataclass(frozen=True, slots=True)
class Stated:
    """What a return says of itself, by the labels of its cover, and where it says it. None: it was not asked,
    as on a page that belongs to one return only.
    """

    said: Mapping[str, str] | None
    places: Mapping[str, str]
    where: str = ""

    def of_another_form(self, form: ReturnForm) -> bool:
        """Whether it says that it was made with another form: then rows differ, and need not each be told."""
        said = self.said or {}
        return said.get(VERSION, form.version) != form.version or said.get(CHECK, form.digest) != form.digest

    def at(self, label: str) -> str:
        return self.places.get(label, self.where)

    @property
    def identity(self) -> Identity | None:
        """Who it says it is, or None where it cannot be told."""
        if not self.said or not {AREA_CODE, QUARTER} <= self.said.keys():
            return None
        quarter = quarter_of(self.said[QUARTER])
        number = self.said.get(SUBMISSION, "")
        if quarter is None:
            return None
        return Identity(
            self.said[AREA_CODE],
            self.said.get(AREA, ""),
            self.said.get(COUNTRY, ""),
            quarter,
            self.said.get(VERSION, ""),
            int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 1,
        )


def quarter_of(text: str) -> Quarter | None:
    """The quarter of a label (“2026/27 Q2”), or of a day in it: as 2026-07-01, 01/07/2026, or the number
    that a spreadsheet has for a day.
    """
    try:
        return Quarter.parse(text)
    except BadInput:
        day = _day(text.strip())
        return Quarter.of(day) if day else None


def _day(text: str) -> date | None:
    if _SERIAL.fullmatch(text):
        return _DAY_NOUGHT + timedelta(days=int(text))
    ours = _OURS.fullmatch(text)
    iso = f"{ours[3]}-{int(ours[2]):02}-{int(ours[1]):02}" if ours else text[:10]
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def identity_findings(stated: Stated, form: ReturnForm, expected: Identity) -> Iterator[Finding]:
    """Where it is not the return that was asked for."""
    if stated.said is None:
        return
    mine = {
        AREA_CODE: expected.area_code,
        QUARTER: expected.quarter.label,
        VERSION: expected.form_version,
        CHECK: form.digest,
    }
    if not _same(VERSION, stated.said.get(VERSION, ""), expected.form_version):
        del mine[CHECK]  # an older form has another check, of course
    for label, needed in mine.items():
        said = stated.said.get(label, "")
        if not said:
            yield _must_fix(stated, label, f"It does not say its {label.lower()}.", expected)
        elif not _same(label, said, needed):
            yield _must_fix(stated, label, _other(label, said, expected), expected)


def _same(label: str, said: str, needed: str) -> bool:
    if label == QUARTER:
        quarter = quarter_of(said)
        return quarter is not None and quarter.label == needed
    return said.casefold() == needed.casefold()


def _other(label: str, said: str, expected: Identity) -> str:
    shown = quoted(said)
    return {
        AREA_CODE: f"It is of the area {shown}, not of {expected.area_name} ({expected.area_code}).",
        QUARTER: f"It is for the quarter {shown}, not for {expected.quarter.label}.",
        VERSION: f"It was made with version {shown} of the form; now it is version {expected.form_version}.",
        CHECK: "Its form is not the one that this quarter uses, though the version is the same.",
    }[label]


def _must_fix(stated: Stated, label: str, what: str, expected: Identity) -> Finding:
    mend = (
        f"Download the workbook of {expected.area_name} for {expected.quarter.label}, "
        "and copy the figures over as values."
    )
    return Finding(Severity.MUST_FIX, "identity", stated.at(label), what, mend)
