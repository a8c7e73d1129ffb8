"""The tasks of `bench.records`, each run in a process of its own."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from bench.records import EIGHT, MONTHS, measured
from ithrive.cli.records_build import Asked, build_returns
from ithrive.cli.records_build.asked import engine_within, neighbourhoods_in
from ithrive.cli.records_build.run import recorded_groupings
from ithrive.measures import measures
from ithrive.records.features import Rules
from ithrive.records.features.contacts import contact_quarters, contacts
from ithrive.records.features.numbers import numbers
from ithrive.records.features.referrals import latest_referrals, months_sent
from ithrive.records.features.teams import teams
from ithrive.records.indicators import INDICATORS, Mode, build
from ithrive.records.indicators.compute import _aggregate, _grouped, _of  # the steps themselves are measured
from ithrive.records.indicators.registry import Over
from ithrive.records.model import model
from ithrive.records.on_duckdb import DuckDBEngine
from ithrive.records.reading import open_extract
from ithrive.records.sites import read_sites
from ithrive.records.synthesis import Settings, synthesise

MEMORY = "4GB"


def make(folder: Path, people: str) -> dict[str, object]:
    synthesise(Settings(people=int(people), months=MONTHS, seed=1), folder / "s")
    files = (folder / "s" / "extract").rglob("*.parquet")
    contacts = duckdb.sql(f"SELECT count(*) FROM '{_files(folder, 'MHS201')}'").fetchall()[0][0]  # noqa: S608
    return {"contacts": contacts, "megabytes": sum(file.stat().st_size for file in files) / 1e6}


def _files(folder: Path, short: str) -> str:
    return f"{folder}/s/extract/{model()[short].name}/**/*.parquet"


def scan(folder: Path) -> dict[str, object]:
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        for short, table in model().items():
            if not (folder / "s" / "extract" / table.name).exists():
                continue
            files = f"read_parquet('{_files(folder, short)}', hive_partitioning = false)"
            there = [row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {files}").fetchall()]  # noqa: S608
            read = ", ".join(f'bit_xor(hash("{name}"))' for name in there)
            connection.execute(f"SELECT {read} FROM {files}").fetchall()  # noqa: S608
    return {}


class _Clock:
    """Processor seconds by part of a run, and how often contacts were read."""

    def __init__(self) -> None:
        self.parts: dict[str, float] = {}
        self.passes = 0

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        begun = time.process_time()
        yield
        self.parts[name] = self.parts.get(name, 0) + time.process_time() - begun


def whole(folder: Path, engine: str = "duckdb") -> dict[str, object]:
    import ithrive.cli.records_build.run as run

    clock = _Clock()
    for name in ("vintage_of", "open_extract", "run_checks", "build", "compute", "returned", "_write"):
        setattr(run, name, _timed(getattr(run, name), name.strip("_"), clock))
    _count_passes(clock)
    returns = build_returns(_asked(folder, engine))
    made_of = sum("MHS201" in measures()[each.measure].sources for each in INDICATORS)
    figures = sum(len(each.figures.figures) for each in returns)
    return {"figures": figures, "parts": clock.parts, "passes": clock.passes, "made_of": made_of}


def _timed(task: Any, name: str, clock: _Clock) -> Any:
    def timed(*words: Any, **named: Any) -> Any:
        with clock.part(name):
            return task(*words, **named)

    return timed


def _count_passes(clock: _Clock) -> None:
    """Statements that make layers and read contacts; checks are no passes for figures."""
    materialise = DuckDBEngine.materialise

    def counted(self: DuckDBEngine, name: str, table: Any) -> Any:
        if name.startswith("layer_"):
            clock.passes += self.connection.compile(table).count('"MHS201"')
        return materialise(self, name, table)

    DuckDBEngine.materialise = counted  # type: ignore[method-assign] # counted in this process only


def _asked(folder: Path, engine: str) -> Asked:
    s = folder / "s"
    return Asked(
        extract=s / "extract",
        sites=s / "sites.toml",
        quarters=EIGHT,
        out=folder / f"out-{engine}",
        engine=engine,
        memory=MEMORY,
        rules=Rules(most_deprived=neighbourhoods_in(s / "most-deprived.csv")),
        groupings=s / "groupings.csv",
    )


def apart(folder: Path) -> dict[str, object]:
    """All indicators in one aggregation of a layer, and each in its own, over the same layers."""
    asked = _asked(folder, "apart")
    with engine_within(MEMORY) as engine:
        extract, sites = open_extract(asked.extract, engine=engine), read_sites(asked.sites)
        recorded = recorded_groupings(folder / "s" / "groupings.csv", engine, sites)
        layers = build(extract, quarters=EIGHT, sites=sites, recorded=recorded)
        begun = time.process_time()
        for over in Over:
            _aggregate(layers, over, [Mode.CORRECTED])
        together = time.process_time() - begun
        begun = time.process_time()
        for over in Over:
            table = layers.of[over].mutate(of_grouping=layers.of[over].grouping)
            for each in _of(over, [Mode.CORRECTED]):
                for by in (["site", "quarter"], ["site", "quarter", "of_grouping"]):
                    engine.connection.to_pyarrow(_grouped(table, [each], by))
        return {"together": together, "each": time.process_time() - begun}


def five(folder: Path) -> dict[str, object]:
    """By provider and quarter: referrals received, contacts kept, missed, cancelled, referrals seen."""
    with engine_within(MEMORY) as engine:
        extract = open_extract(folder / "s" / "extract", engine=engine)
        known_teams = engine.materialise("teams", teams(extract))
        latest = latest_referrals(extract, known_teams, months_sent(extract))
        numbered = engine.materialise("numbers", numbers(latest))
        rows = contact_quarters(contacts(extract, known_teams, numbered))
        sums = rows.aggregate(
            kept=rows.attended.sum(),
            missed=rows.missed.sum(),
            cancelled=rows.cancelled.sum(),
            seen=(rows.attended > 0).sum(),
        )
        answers = {name: int(n) for name, n in engine.connection.to_pyarrow(sums).to_pylist()[0].items()}
        referrals = extract.table("MHS101").UniqServReqID.nunique()
        answers["received"] = int(engine.connection.to_pyarrow(referrals).as_py())
    return {"answers": answers}


def pandas(folder: Path) -> dict[str, object]:
    """The same five as an analyst writes them: read, latest submission only, group."""
    import pandas as pd

    def read(short: str, columns: list[str]) -> pd.DataFrame:
        parts = [
            pd.read_parquet(file, columns=columns, partitioning=None).assign(month=file.parent.name)
            for file in sorted((folder / "s" / "extract" / model()[short].name).rglob("*.parquet"))
        ]
        rows = pd.concat(parts)
        for name in ("OrgIDProv", "UniqSubmissionID"):
            rows[name] = rows[name].astype(str)
        last = rows.groupby(["OrgIDProv", "month"]).UniqSubmissionID.transform("max")
        return rows[rows.UniqSubmissionID == last]

    standing = ["OrgIDProv", "UniqSubmissionID", "ServiceRequestID"]
    rows = read("MHS201", [*standing, "CareContDate", "AttendStatus"])
    day = pd.to_datetime(rows.CareContDate)
    ids = rows.OrgIDProv.astype(str) + rows.ServiceRequestID.astype(str)
    rows = rows.assign(referral=ids, quarter=day.dt.year * 4 + day.dt.quarter)
    for name, codes in (("kept", ["5", "6"]), ("missed", ["3", "7"]), ("cancelled", ["2", "4"])):
        rows[name] = rows.AttendStatus.astype(str).isin(codes)
    sums = rows.groupby(["referral", "quarter"])[["kept", "missed", "cancelled"]].sum()
    answers = {name: int(sums[name].sum()) for name in ("kept", "missed", "cancelled")}
    answers["seen"] = int((sums.kept > 0).sum())
    sent = read("MHS101", standing)
    answers["received"] = int((sent.OrgIDProv.astype(str) + sent.ServiceRequestID.astype(str)).nunique())
    return {"answers": answers}


TASKS = {"make": make, "scan": scan, "whole": whole, "apart": apart, "five": five, "pandas": pandas}

if __name__ == "__main__":
    _, place, task, *words = sys.argv
    measured(lambda: TASKS[task](Path(place), *words))
