"""Both engines read and check the same files with the same result, and leave nothing behind."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyspark
import pytest

from ithrive.records.checks import CheckReport, run_checks
from ithrive.records.engine import Engine, duckdb_engine, spark_engine
from ithrive.records.on_spark import SETTINGS
from ithrive.records.reading import open_extract
from tests.records.folders import CONTACT, PERSON, REFERRAL, small_extract, write_csv


def awkward(folder: Path) -> Path:
    """A little of everything that the engines could read differently."""
    small_extract(
        folder,
        MHS001MPI=[
            PERSON,
            PERSON | {"LocalPatientID": "P2", "NHSNumber": " 9434765918", "PersonBirthDate": "29/02/2012"},
        ],
        MHS101Referral=[REFERRAL | {"ServDischDate": "2023-02-29"}, REFERRAL | {"ServDischDate": "null"}],
        MHS201CareContact=[],
        MHS606CodedScoreAssessmentRefer=[
            {
                "ServiceRequestID": "R1",
                "CodedAssToolType": concept,
                "PersScore": "1",
                "AssToolCompTimestamp": "2024-04-20T23:30:00Z",
            }
            for concept in ("987251000000103", "987251000000100", "1E+15", "")
        ],
    )
    contacts = folder / "MHS201CareContact" / "UniqMonthID=1489"
    contacts.mkdir(parents=True)
    sent = {name: [value, value] for name, value in CONTACT.items()} | {"CareContTime": ["23:59", "14:05:30"]}
    pq.write_table(pa.table(sent), contacts / "part one+two.parquet")
    older = {"ServiceRequestId": "R9", "LocalPatientId": "P2", "ReferralRequestReceivedDate": "2022-04-02"}
    team = {"ServiceRequestId": "R9", "CareProfTeamLocalId": "TA", "ServTeamTypeRefToMH": "C10"}
    write_csv(folder / "MHS101Referral_2022-04.csv", [older])
    write_csv(
        folder / "MHS102ServiceTypeReferredTo_2022-04.csv", [team, team | {"CareProfTeamLocalId": "TB"}]
    )
    return folder


ASKED = ("MHS001", "MHS101", "MHS102", "MHS201", "MHS606", "MHS902", "MHS205")


def answers(engine: Engine, folder: Path) -> tuple[dict[str, list[Any]], CheckReport]:
    extract = open_extract(folder, engine=engine)
    rows = {short: engine.connection.to_pyarrow(extract.table(short)).to_pylist() for short in ASKED}
    for found in rows.values():
        found.sort(key=lambda row: (row["source_file"], row["source_row"], str(row)))
    return rows, run_checks(extract)


@pytest.mark.spark
def test_spark_reads_and_checks_as_duckdb_does(tmp_path: Path, spark: Engine) -> None:
    folder = awkward(tmp_path)
    with duckdb_engine(memory="500MB", threads=1) as engine:
        rows, report = answers(engine, folder)
    spark_rows, spark_report = answers(spark, folder)
    assert spark_rows == rows
    assert spark_report.counts == report.counts
    assert spark_report.quality == report.quality
    assert [str(failed) for failed in spark_report.failed] == [str(failed) for failed in report.failed]
    assert len(report.failed) > 5


@pytest.mark.spark
def test_a_session_that_was_there_is_left_as_it_was_found(spark: Engine, tmp_path: Path) -> None:
    """`spark` stands for the session's owner; a second engine takes one name twice, and loses it."""
    session = spark.connection._session
    partitions = "spark.sql.shuffle.partitions"
    ours = session.conf.get(partitions)
    session.conf.set(partitions, "3")

    def found() -> tuple[object, ...]:
        settings = [session.conf.get(name) for name in (*SETTINGS, partitions)]
        return (session.catalog.tableExists("passing"), settings, list(tmp_path.iterdir()))

    before = found()
    with spark_engine(folder=tmp_path) as engine:
        for _ in range(2):
            engine.materialise("passing", engine.connection.sql("SELECT 1 AS one"))
        session.catalog.dropTempView("passing")
        assert found() != before
        assert session.conf.get(partitions) == "3"
    assert found() == before
    session.conf.set(partitions, ours)


@pytest.mark.spark
def test_spark_submit_chooses_where_the_work_is_done(tmp_path: Path) -> None:
    programme = tmp_path / "programme.py"
    programme.write_text(
        "from ithrive.records.engine import spark_engine\n"
        "with spark_engine() as engine:\n"
        "    session = engine.connection._session\n"
        "    print(session.sparkContext.master, session.conf.get('spark.sql.session.timeZone'))\n"
    )
    submit = Path(pyspark.__file__).parent / "bin" / "spark-submit"
    asked = ["--master", "local[1]", "--conf", "spark.ui.enabled=false", str(programme)]
    surroundings = os.environ | {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    answer = subprocess.run([submit, *asked], env=surroundings, capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["local[1]", "UTC"]


def test_duckdb_leaves_nothing_behind(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir()
    with duckdb_engine(memory="500MB", threads=1, folder=private) as engine:
        open_extract(small_extract(tmp_path / "extract"), engine=engine)
        assert [path.stat().st_mode & 0o077 for path in private.iterdir()] == [0]
    assert list(private.iterdir()) == []


def test_duckdb_keeps_to_its_memory_and_reaches_for_no_extension() -> None:
    with duckdb_engine(memory="300MB", threads=1) as engine:
        settings = dict(engine.connection.raw_sql("SELECT name, value FROM duckdb_settings()").fetchall())
    assert settings["memory_limit"] == "286.1 MiB"  # 300 megabytes
    assert settings["threads"] == "1"
    assert settings["autoload_known_extensions"] == settings["autoinstall_known_extensions"] == "false"
