"""What indicators ask of a layer: the rest of its columns need not be kept."""

from ibis.expr.operations import Field, Value

from ithrive.records.features.reckoning import Table
from ithrive.records.indicators import of_events, of_fairness, of_people, of_referrals, of_spells
from ithrive.records.indicators.registry import INDICATORS, Over

DECLARED = (of_events, of_fairness, of_people, of_referrals, of_spells)
STANDING = ("site", "quarter", "grouping")


def asked(rows: Table, over: Over, *besides: str) -> Table:
    """The rows with what indicators over them ask, their site, quarter and grouping, and what is named."""
    expressions = (each.expression(rows) for each in INDICATORS if each.over is over)
    fields = (field for each in expressions for field in each.op().find(Field, filter=Value))
    names = {*STANDING, *besides, *(field.name for field in fields)}
    return rows.select(*(name for name in rows.columns if name in names))
