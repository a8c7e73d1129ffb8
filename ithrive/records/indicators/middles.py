"""Medians and percentiles, from how often each number occurs.

They are of days and contacts: whole numbers, and few different ones. So no engine has to hold every value, or
put values in order, however many there are.
"""

from collections.abc import Mapping

import ibis
from ibis import _

from ithrive.records.features.reckoning import Table
from ithrive.records.indicators.registry import How, Indicator

PERCENT = {How.MEDIAN: 50, How.P90: 90}
CELL = ("site", "quarter", "of_grouping", "which")


def middles(table: Table, indicators: Mapping[int, Indicator]) -> Table:
    """One row for each site, quarter, grouping ("" for all) and indicator (`which`, its key): number, the
    percentile that it asks for, between two values in proportion.

    Source: definition 7 of Hyndman and Fan (1996), as in NumPy, R and the national code.
    """
    counted = _whole_and_by_grouping(_counted(table, indicators))
    in_order = ibis.window(group_by=CELL, order_by="value", preceding=(None, 0))
    counted = counted.mutate(
        upto=counted.rows.sum().over(in_order), every=counted.rows.sum().over(ibis.window(group_by=CELL))
    )
    percent = counted.which.cases(*((key, PERCENT[each.how]) for key, each in indicators.items()))
    place = (counted.every - 1) * percent  # in hundredths of a row, from 0
    counted = counted.mutate(before=place // 100, beyond=place % 100)
    after = counted.before + (counted.beyond > 0).ifelse(1, 0)
    found = counted.group_by(*CELL).agg(
        lower=counted.value.min(where=counted.upto > counted.before),
        upper=counted.value.min(where=counted.upto > after),
        beyond=_.beyond.max(),
    )
    return found.select(*CELL, number=found.lower + (found.upper - found.lower) * found.beyond / 100.0)


def _counted(table: Table, indicators: Mapping[int, Indicator]) -> Table:
    """How many rows of the layer have each value, by site, quarter, grouping and indicator."""
    values = {f"c{key}": each.expression(table).cast("int64") for key, each in indicators.items()}
    alike = table.select("site", "quarter", "of_grouping", **values)
    alike = alike.group_by("site", "quarter", "of_grouping", *values).agg(rows=_.count())
    pairs = ibis.array(
        [
            ibis.struct({"which": ibis.literal(key, type="int64"), "value": alike[f"c{key}"]})
            for key in indicators
        ]
    )
    apart = alike.select("site", "quarter", "of_grouping", "rows", pair=pairs.unnest()).unpack("pair")
    return apart.filter(_.value.notnull()).group_by(*CELL, "value").agg(rows=_.rows.sum())


def _whole_and_by_grouping(counted: Table) -> Table:
    whole = counted.group_by("site", "quarter", "which", "value").agg(rows=_.rows.sum())
    whole = whole.mutate(of_grouping=ibis.literal("")).select(*CELL, "value", "rows")
    return ibis.union(counted.select(*CELL, "value", "rows"), whole)
