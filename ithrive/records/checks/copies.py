"""Rows that stand there again, word for word: one of each counts, the others are left out."""

from dataclasses import replace

import ibis
from ibis.expr import types as ir

from ithrive.records.checks.report import CheckReport
from ithrive.records.checks.tables import copied_rows
from ithrive.records.model import model
from ithrive.records.reading import Extract
from ithrive.records.reading.typed import SENT

_PLACE = ["source_file", "source_row"]


def without_copies(report: CheckReport) -> Extract:
    """The extract with each row once. Tables in which the checks found no copy are as they were."""
    extract = report.extract
    copied = {failed.rule.table for failed in report.failed if failed.rule.code.endswith(".copy")}
    whole = {
        short: extract.whole[short].anti_join(
            extract.engine.materialise(f"spare_{short}", _spare(report, short)), _PLACE
        )
        for short in sorted(copied)
    }
    return replace(extract, whole={**extract.whole, **whole})


def _spare(report: CheckReport, short: str) -> ir.Table:
    """Where the second and later ones of the same rows stand."""
    rows = copied_rows(report.extract, short, report.keys_again[short])
    words = ibis.literal("|").join([rows[SENT + name].fill_null("") for name in model()[short].names])
    rows = rows.select("OrgIDProv", "UniqMonthID", *_PLACE, words=words)
    same = ibis.window(group_by=["OrgIDProv", "UniqMonthID", "words"], order_by=_PLACE)
    return rows.mutate(turn=ibis.row_number().over(same)).filter(lambda t: t.turn > 0).select(*_PLACE)
