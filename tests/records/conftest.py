"""What tests of records share: one Spark session, because starting one takes longer than a test."""

import os
from collections.abc import Iterator

import pytest

from ithrive.records.engine import Engine, spark_engine


@pytest.fixture(scope="session")
def spark() -> Iterator[Engine]:
    """The engine on a session of our own, which it takes as it finds it and leaves running.

    A few rows are read faster than code for them is generated, so no code is; nor is Java itself optimised
    for longer runs than these.
    """
    from pyspark.sql import SparkSession

    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.adaptive.enabled": "false",
    }
    builder = SparkSession.builder.master("local[2]").appName("tests of records")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        with spark_engine() as engine:
            yield engine
        assert not session.sparkContext._jsc.sc().isStopped(), "a session that was there is left running"
    finally:
        session.stop()
