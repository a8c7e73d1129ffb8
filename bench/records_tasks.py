"""The tasks of `bench.records`, each run in a process of its own."""

import hashlib
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
from ibis.expr.operations import DatabaseTable
from ibis.expr.types import Table

from bench.records import EIGHT, MONTHS, Told, measured
from bench.records_five import by_pandas, ours
from bench.records_stages import Stages
from ithrive.cli.records_build import Asked, build_returns
from ithrive.cli.records_build.asked import engine_within, neighbourhoods_in
from ithrive.cli.records_build.resuming import place_to_resume
from ithrive.cli.records_build.returned import Built
from ithrive.cli.records_build.run import recorded_groupings
from ithrive.measures import measures
from ithrive.measures.figures import NOT_KNOWN
from ithrive.records.features import Rules
from ithrive.records.indicators import INDICATORS, Indicator, Mode, build
from ithrive.records.indicators.compute import _grouped, _of  # the steps themselves are measured
from ithrive.records.indicators.middles import PERCENT, middles
from ithrive.records.indicators.registry import Over
from ithrive.records.model import model
from ithrive.records.on_duckdb import DuckDBEngine
from ithrive.records.reading import open_extract
from ithrive.records.sites import read_sites
from ithrive.records.synthesis import Settings, synthesise

MEMORY = "4GB"
RESUME = "--resume"
# What a run goes through, by the names it calls them by.
STAGES = {
    "vintage_of": "digests",
    "open_extract": "reading",
    "run_checks": "checks",
    "without_copies": "copies left out",
    "build": "layers",
    "compute": "figures",
    "returned": "obstacles",
    "_write": "files",
}


def make(folder: Path, people: str) -> Told:
    """Made where it is not there; one that is there is taken as it is."""
    if not (folder / "s" / "truth.parquet").exists():
        synthesise(Settings(people=int(people), months=MONTHS, seed=1), folder / "s")
    files = (folder / "s" / "extract").rglob("*.parquet")
    contacts = duckdb.sql(f"SELECT count(*) FROM '{_files(folder, 'MHS201')}'").fetchall()[0][0]  # noqa: S608
    return {"contacts": contacts, "megabytes": sum(file.stat().st_size for file in files) / 1e6}


def _files(folder: Path, short: str) -> str:
    return f"{folder}/s/extract/{model()[short].name}/**/*.parquet"


def scan(folder: Path) -> Told:
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


def whole(folder: Path, engine: str = "duckdb") -> Told:
    """The run itself. With --resume what is done of it stays in the folder, and so do the seconds it took."""
    import ithrive.cli.records_build.run as run

    stages, passes = Stages(folder / f"stages-{engine}.json"), _Passes()
    resumed = bool(stages.spent)
    for name, said in STAGES.items():
        setattr(run, name, stages.timed(getattr(run, name), said))
    shutil.rmtree(folder / f"out-{engine}", ignore_errors=True)
    returns = build_returns(_asked(folder, engine))
    every = stages.every()
    stages.end()
    return {
        "figures": sum(len(each.figures.figures) for each in returns),
        "stages": stages.spent,
        "passes": passes.over_contacts,
        "made_of": sum("MHS201" in measures()[each.measure].sources for each in INDICATORS),
        "digest": _digest(returns),
        **(every if resumed else {"peak": every["peak"]}),
    }


def _digest(returns: Iterable[Built]) -> str:
    said = [
        (
            each.identity.area_name,
            each.identity.quarter.label,
            key.text,
            figure.cell.state,
            figure.cell.number,
        )
        for each in returns
        for key, figure in each.figures.figures.items()
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()


class _Passes:
    """Counts how often contacts are read to make layers; checks are no passes for figures."""

    def __init__(self) -> None:
        self.over_contacts = 0
        materialise, passes = DuckDBEngine.materialise, self

        def counted(self: DuckDBEngine, name: str, table: Any) -> Any:
            if name.startswith("layer_"):
                passes.over_contacts += sum(read.name == "MHS201" for read in table.op().find(DatabaseTable))
            return materialise(self, name, table)

        DuckDBEngine.materialise = counted  # type: ignore[method-assign] # in this process only


def _asked(folder: Path, engine: str) -> Asked:
    s, out = folder / "s", folder / f"out-{engine}"
    return Asked(
        extract=s / "extract",
        sites=s / "sites.toml",
        quarters=EIGHT,
        out=out,
        engine=engine,
        memory=MEMORY,
        rules=Rules(most_deprived=neighbourhoods_in(s / "most-deprived.csv")),
        groupings=s / "groupings.csv",
        kept=place_to_resume(out) if RESUME in sys.argv and engine == "duckdb" else None,
    )


def apart(folder: Path) -> Told:
    """All indicators in one aggregation of a layer, and each in its own, over the same layers."""
    asked = _asked(folder, "apart")
    with engine_within(MEMORY) as engine:
        extract, sites = open_extract(asked.extract, engine=engine), read_sites(asked.sites)
        recorded = recorded_groupings(folder / "s" / "groupings.csv", engine, sites)
        layers = build(extract, quarters=EIGHT, sites=sites, recorded=recorded)
        begun = time.process_time()
        for over in Over:
            for query in _queries(layers.of[over], _of(over, [Mode.CORRECTED])):
                engine.connection.to_pyarrow(query)
        together = time.process_time() - begun
        begun = time.process_time()
        for over in Over:
            for each in _of(over, [Mode.CORRECTED]):
                for query in _queries(layers.of[over], [each]):
                    engine.connection.to_pyarrow(query)
        return {"together": together, "each": time.process_time() - begun}


def _queries(layer: Table, indicators: Sequence[Indicator]) -> Iterator[Table]:
    """What `compute` asks of a layer: counts in one query, medians and percentiles in another."""
    rows = layer.mutate(of_grouping=layer.grouping.fill_null(NOT_KNOWN))
    if counts := [each for each in indicators if each.how not in PERCENT]:
        yield _grouped(rows, counts, ["site", "quarter", "of_grouping"])
    if others := dict(enumerate(each for each in indicators if each.how in PERCENT)):
        yield middles(rows, others)


def five(folder: Path) -> Told:
    answers = ours(folder / "s" / "extract", MEMORY)
    return {"answers": answers, "figures": sum(map(len, answers.values()))}


def pandas(folder: Path) -> Told:
    return {"answers": by_pandas(folder / "s" / "extract")}


TASKS: dict[str, Callable[..., Told]] = {
    "make": make,
    "scan": scan,
    "whole": whole,
    "apart": apart,
    "five": five,
    "pandas": pandas,
}

if __name__ == "__main__":
    place, task, *words = (word for word in sys.argv[1:] if word != RESUME)
    measured(lambda: TASKS[task](Path(place), *words))
