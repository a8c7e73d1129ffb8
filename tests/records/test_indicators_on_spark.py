"""Spark gives the same figures as DuckDB, every one of them, and aggregates where the rows are."""

import pytest

from ithrive.records.engine import Engine, duckdb_engine
from ithrive.records.indicators import Mode, compute_each
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
