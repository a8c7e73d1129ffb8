"""Agreed scores as records of REDCap, made for its data dictionary and read again as past rounds."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ithrive.assessments.export import ExportedRound
from ithrive.assessments.ratings import AgreedScore
from ithrive.framework.instrument import RESERVED, Instrument
from ithrive.framework.instruments.redcap_columns import RECORD_FIELDS, beside
from ithrive.problems import Problem
from ithrive.tables import Row

RECORD, EVENT = "record_id", "redcap_event_name"
EVALUATED_ARM, REFLECTION_ARM = 1, 2
# What REDCap calls yes and no, as raw values and as labels.
YES, NO = frozenset({"1", "yes"}), frozenset({"", "0", "no"})


def redcap_table(
    rounds: Iterable[ExportedRound], instrument: Instrument
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """Headings and rows that REDCap imports beside this instrument's data dictionary: agreed scores alone.

    A record is an area (in a study, its code and the study's name), an event the month in which a round was
    due; reflections are in the second arm. Rounds of other instruments or versions are left out.
    """
    statements = [each.code for each in instrument.statement]
    fields = [name for code in statements for name in (code, *(name for name, _ in beside(code)))]
    rows: list[tuple[object, ...]] = [
        (record_id(each), event_name(each), *_of_round(each), *_scores(each.agreed, statements))
        for each in rounds
        if each.agreed is not None
        and (each.instrument.code, each.instrument.version) == (instrument.code, instrument.version)
    ]
    return (RECORD, EVENT, *RECORD_FIELDS, *fields), rows


def record_id(round: ExportedRound) -> str:
    return "-".join(filter(None, [round.area_code, round.study]))


def event_name(round: ExportedRound) -> str:
    """REDCap's unique name of an event whose label is "Round 2016 03"."""
    arm = EVALUATED_ARM if round.purpose == "evaluated" else REFLECTION_ARM
    return f"round_{round.due_on:%Y_%m}_arm_{arm}"


def are_records(rows: Sequence[Row]) -> bool:
    """Whether a table was taken out of REDCap, and is no list in our own columns."""
    return bool(rows) and EVENT in rows[0].cells


def as_past_list(rows: Sequence[Row], instrument: Instrument) -> tuple[list[Row], list[Problem]]:
    """The rows as a list of past rounds has them, and what in them contradicts itself.

    REDCap's own columns (`redcap_…`, a form's `_complete`) are passed over.
    """
    problems = [problem for row in rows for problem in _wrong(row, instrument)]
    return [Row(row.number, _in_our_columns(row.cells, instrument)) for row in rows], problems


def _of_round(round: ExportedRound) -> tuple[object, ...]:
    """In the order of `RECORD_FIELDS`."""
    return round.area_code, round.area_kind, round.due_on, round.study


def _scores(agreed: Mapping[str, AgreedScore], statements: Iterable[str]) -> Iterator[object]:
    """Score, 1 where it cannot be rated, and the reason; all three are empty where nothing was said."""
    for code in statements:
        stands = agreed.get(code)
        if stands is None:
            yield from (None, None, "")
        else:
            yield from (stands.score, int(stands.score is None), stands.reason)


def _in_our_columns(cells: Mapping[str, str], instrument: Instrument) -> dict[str, str]:
    passed_over = re.compile(rf"redcap_.*|{RECORD}|{instrument.code.replace('-', '_')}_complete")
    ours = {
        name.removeprefix(RESERVED) if name in RECORD_FIELDS else name: cell
        for name, cell in cells.items()
        if not passed_over.fullmatch(name)
    }
    for statement in instrument.statement:
        (unrated, _), (why, _) = beside(statement.code)
        if ours.pop(unrated, "").casefold() in YES:
            ours[statement.code] = ": ".join(filter(None, ["cannot rate", ours.pop(why, "")]))
    return ours


def _wrong(row: Row, instrument: Instrument) -> Iterator[Problem]:
    if row.cells[EVENT].endswith(f"_arm_{REFLECTION_ARM}"):
        what = "This is an area's own reflection, and past rounds are evaluated ones."
        yield Problem(f"Row {row.number}, column {EVENT}", what, "Take the row out.")
    for statement in instrument.statement:
        (unrated, _), _ = beside(statement.code)
        said, place = row.cells.get(unrated, ""), f"Row {row.number}, column {unrated}"
        if said.casefold() not in YES | NO:
            yield Problem(place, f"“{said[:40]}” is neither yes nor no.", "Write 1 for yes, 0 for no.")
        elif said.casefold() in YES and row.cells.get(statement.code):
            what = "It has a score and is marked as not to be rated."
            yield Problem(place, what, "Keep one of the two.")
