"""Instruments as a REDCap data dictionary: a radio field a statement, what could not be rated beside it."""

from collections.abc import Iterator

from ithrive.framework.ideas import Level
from ithrive.framework.instrument import BETWEEN_ANCHORS, LOWEST, Instrument, Statement
from ithrive.framework.instruments.redcap_columns import (
    ABOUT,
    ABOUT_KEYS,
    ABOUT_LEVEL,
    ANNOTATION,
    CHOICES,
    COLUMNS,
    DUE,
    FORM,
    LABEL,
    NOTE,
    RECORD_FIELDS,
    SECTION,
    STATEMENT_KEYS,
    TYPE,
    VALIDATION,
    VARIABLE,
    beside,
)
from ithrive.tables import csv_text

UNRATED_LABEL = "Was it agreed that this cannot be rated?"
WHY_LABEL = "Why it was scored so, or cannot be rated"


def to_redcap_csv(instrument: Instrument) -> str:
    """The instrument as a REDCap data dictionary that can be imported there, and that `from_redcap` reads."""
    form = instrument.code.replace("-", "_")
    rows = (field | {FORM: form} for field in _fields(instrument))
    return csv_text(COLUMNS, ([row.get(column, "") for column in COLUMNS] for row in rows))


def _fields(instrument: Instrument) -> Iterator[dict[str, str]]:
    yield {VARIABLE: "record_id", TYPE: "text", LABEL: "Record"}
    about = {key: _plain(getattr(instrument, key)) for key in ABOUT_KEYS}
    yield {VARIABLE: ABOUT, TYPE: "descriptive", LABEL: instrument.title, ANNOTATION: _annotation(about)}
    waiting = {level.code: (number, level) for number, level in enumerate(instrument.level, 1)}
    for statement in instrument.statement:
        if statement.level in waiting:
            yield _level_field(*waiting.pop(statement.level))
        yield _statement_field(statement)
        yield from _beside(statement.code)
    yield from (_level_field(*each) for each in waiting.values())
    for name, label in RECORD_FIELDS.items():
        yield {VARIABLE: name, TYPE: "text", LABEL: label} | ({VALIDATION: "date_ymd"} if name == DUE else {})


def _level_field(number: int, level: Level) -> dict[str, str]:
    return {
        VARIABLE: f"{ABOUT_LEVEL}{number}",
        SECTION: level.name,
        TYPE: "descriptive",
        LABEL: level.purpose,
        ANNOTATION: _annotation({"level": level.code}),
    }


def _statement_field(statement: Statement) -> dict[str, str]:
    anchors = (f"{score}, {anchor}" for score, anchor in enumerate(statement.anchors, LOWEST))
    return {
        VARIABLE: statement.code,
        TYPE: "radio",
        LABEL: statement.text,
        CHOICES: f" {BETWEEN_ANCHORS} ".join(anchors),
        NOTE: statement.question,
        ANNOTATION: _annotation({key: _plain(getattr(statement, key)) for key in STATEMENT_KEYS}),
    }


def _beside(statement: str) -> Iterator[dict[str, str]]:
    """No fifth choice in the radio field: a code for “cannot rate” would be averaged as a score is."""
    (unrated, yes_no), (why, notes) = beside(statement)
    yield {VARIABLE: unrated, TYPE: yes_no, LABEL: UNRATED_LABEL}
    yield {VARIABLE: why, TYPE: notes, LABEL: WHY_LABEL}


def _annotation(values: dict[str, str]) -> str:
    return "\n".join(f"{key}: {value}" for key, value in values.items() if value)


def _plain(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
