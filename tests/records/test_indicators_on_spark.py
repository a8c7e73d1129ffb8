"""Spark gives the same figures as DuckDB, every one of them, and aggregates where the rows are."""

import ibis
import pytest

from ithrive.records.engine import Engine, duckdb_engine
from ithrive.records.indicators import INDICATORS, Mode, compute_each
from ithrive.records.indicators.compute import _grouped
from ithrive.records.indicators.registry import Over
from tests.records.plain.worlds import world
from tests.records.test_indicators import layers_of


@pytest.mark.spark
def test_every_figure_is_the_same_on_spark(spark: Engine) -> None:
    records = world(2016, sites=25)
    with duckdb_engine() as engine:
        layers = layers_of(engine, records)
        expected = compute_each(layers, tuple(Mode))
    layers = layers_of(spark, records)
    assert compute_each(layers, tuple(Mode)) == expected


@pytest.mark.spark
def test_layers_are_aggregated_in_parts_before_anything_is_collected(spark: Engine) -> None:
    layers = layers_of(spark, world(11, sites=2))
    table = layers.of[Over.SPELLS]
    indicators = [each for each in INDICATORS if each.over is Over.SPELLS and each.stands_in(Mode.CORRECTED)]
    plan = planned(spark, _grouped(table, indicators, ["site", "quarter"]))
    # From below: each part sums its own rows, parts are exchanged by key, and only then are sums finished.
    partial, exchange = plan.rindex("partial_sum"), plan.index("hashpartitioning(site")
    assert plan.index("HashAggregate") < exchange < partial
    assert "CollectLimit" not in plan
    assert "SinglePartition" not in plan


def planned(spark: Engine, table: ibis.Table) -> str:
    frame = spark.connection._session.sql(spark.connection.compile(table))
    return str(frame._jdf.queryExecution().executedPlan().toString())
