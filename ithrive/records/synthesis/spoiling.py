"""Rows spoilt on purpose, as real ones are: codes of no list, days that cannot be, identifiers mangled."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ithrive.records.synthesis.arrays import Rng, pick

Column = Any
Mistake = tuple[str, Callable[[pa.Table], Column]]


def _always(value: object) -> Callable[[pa.Table], Column]:
    return lambda table: pa.scalar(value)


def _days_after(column: str, days: int) -> Callable[[pa.Table], Column]:
    def other_day(table: pa.Table) -> Column:
        return pc.add(table[column].cast(pa.int32()), pa.scalar(days, pa.int32())).cast(pa.date32())

    return other_day


def _rounded(column: str) -> Callable[[pa.Table], Column]:
    """What a spreadsheet does to a long number: it keeps fifteen digits, and here not even those."""
    return lambda table: pc.utf8_replace_slice(table[column].cast(pa.string()), -3, 999, "000")


_DUMMY_MIDNIGHT = datetime(1970, 1, 1)  # noqa: DTZ001 # a time of day, in no zone
MISTAKES: dict[str, tuple[Mistake, ...]] = {
    "MHS001MPI": (
        ("PersonBirthDate", _always(date(1850, 1, 1))),
        ("PersonBirthDate", _always(date(2099, 1, 1))),
        ("NHSNumber", _always("9990000001")),
        ("EthnicCategory", _always("ZZ")),
        ("Postcode", _always("NULL")),
    ),
    "MHS101Referral": (
        ("ServDischDate", _days_after("ReferralRequestReceivedDate", -10)),
        ("PrimReasonReferralMH", _always("17")),
        ("ClinRespPriorityType", _always("NULL")),
        ("ReferralRequestReceivedTime", _always(_DUMMY_MIDNIGHT)),
        ("LocalPatientID", _always(None)),
    ),
    "MHS201CareContact": (
        ("AttendStatus", _always("9")),
        ("ConsMechanismMH", _always("03")),
        ("ServiceRequestID", _always("R-nobody")),
        ("CareContDate", _days_after("CareContDate", 400)),
        ("CareContTime", _always(_DUMMY_MIDNIGHT)),
    ),
    "MHS606CodedScoreAssessmentRefer": (
        ("CodedAssToolType", _rounded("CodedAssToolType")),
        ("PersScore", _always("not done")),
    ),
    "MHS607CodedScoreAssessmentAct": (
        ("CodedAssToolType", _rounded("CodedAssToolType")),
        ("PersScore", _always("NULL")),
    ),
}


def spoilt(table: pa.Table, name: str, rng: Rng, share: float) -> pa.Table:
    """The table with that share of its rows spoilt, each in one of the ways its kind of table knows."""
    mistakes = MISTAKES.get(name, ())
    if not (share and mistakes):
        return table
    hit = rng.random(len(table)) < share
    which = pick(rng, [1] * len(mistakes), len(table))
    for place, (column, wrong) in enumerate(mistakes):
        table = _with_mistake(table, column, wrong(table), np.asarray(hit & (which == place)))
    return table


def _with_mistake(table: pa.Table, column: str, wrong: Column, rows: Any) -> pa.Table:
    right = table[column]
    kind = pa.string() if pa.types.is_dictionary(right.type) else right.type
    mixed = pc.if_else(pa.array(rows), wrong.cast(kind), right.cast(kind))
    return table.set_column(table.column_names.index(column), column, mixed)
