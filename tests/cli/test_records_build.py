"""`ithrive records build`: an extract made, its returns built, nothing about any one person in them."""

import csv
import hashlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from zipfile import ZipFile

import pyarrow.parquet as pq
import pytest

from ithrive.cli.records_build import Asked, build_returns
from ithrive.cli.records_build import run as running
from ithrive.cli.records_build.asked import asked_quarters, bytes_of_memory, neighbourhoods_in
from ithrive.cli.records_build.resuming import fit_to_resume, place_to_resume
from ithrive.measures import CellState, FigureKey, measures
from ithrive.periods import Quarter
from ithrive.problems import BadInput
from ithrive.records.features import Rules
from ithrive.records.indicators import Figure
from ithrive.records.synthesis import Settings, synthesise
from ithrive.returns import Identity, ReturnFigures, ReturnForm, read_workbook, return_form
from ithrive.returns.reading import return_file_in
from tests.commands import Run, refused

SITES = ("Alderbrook", "Brackenford")
WANTED = (Quarter(2024, 3), Quarter(2025, 2))
MISSED = Quarter(2025, 1)  # Brackenford's trust sent nothing for one of its months
TOLD_OF_ONE = (
    "LocalPatientID",
    "Person_ID",
    "NHSNumber",
    "Postcode",
    "PersonBirthDate",
    "ServiceRequestID",
    "CareContactID",
    "CarePlanID",
    "LSOA2021",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("made") / "practice"
    synthesise(Settings(people=300, months=15, seed=4, sites=SITES, copies=0.05), out)
    sites = out / "sites.toml"
    told = sites.read_text(encoding="utf-8").replace(
        'name = "Alderbrook"', 'name = "Alderbrook"\ncode = "Z1"'
    )
    sites.write_text(f'country = "Thornmere"\n{told}', encoding="utf-8")
    return out


def asked(made: Path, out: Path, **more: object) -> Asked:
    rules = Rules(most_deprived=neighbourhoods_in(made / "most-deprived.csv"))
    known = {"extract": made / "extract", "sites": made / "sites.toml", "quarters": WANTED, "out": out}
    known |= {"groupings": made / "groupings.csv", "rules": rules, "memory": "1GB"}
    return Asked(**(known | more))  # type: ignore[arg-type] # by name, as tests wish


@pytest.fixture(scope="module")
def built(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The returns as the command builds them."""
    out = tmp_path_factory.mktemp("built") / "returns"
    build_returns(asked(made, out))
    return out


@pytest.fixture(scope="module")
def form() -> ReturnForm:
    return return_form(measures())


def identity(quarter: Quarter, site: str = "Alderbrook", code: str = "Z1") -> Identity:
    return Identity(code, site, "Thornmere", quarter, "1")


def truth(made: Path, site: str, quarter: Quarter) -> dict[str, tuple[str, float | None]]:
    rows = pq.read_table(made / "truth.parquet").to_pylist()
    return {
        FigureKey(row["measure"], row["figure"], row["grouping"] or "").text: (row["state"], row["number"])
        for row in rows
        if (row["site"], row["quarter"]) == (site, quarter.label)
    }


def test_the_return_file_holds_the_planted_truth_and_is_taken_whole(
    made: Path, built: Path, form: ReturnForm
) -> None:
    content = (built / "alderbrook/2025-26-Q1.json").read_bytes()
    reading = return_file_in(content, "2025-26-Q1.json", form=form, expected=identity(Quarter(2025, 2)))
    assert not reading.findings
    planted = truth(made, "Alderbrook", Quarter(2025, 2))
    figures = {key.text: each.cell for key, each in reading.figures.figures.items() if each.cell.is_figure}
    assert len(figures) > 200
    wrong = {
        code: (cell.number, planted[code])
        for code, cell in figures.items()
        if planted[code][1] != cell.number
    }
    assert not wrong


def test_the_workbook_says_the_same_as_the_return_file(built: Path, form: ReturnForm) -> None:
    who = identity(Quarter(2025, 2))
    book = (built / "alderbrook/2025-26-Q1.xlsx").read_bytes()
    file = (built / "alderbrook/2025-26-Q1.json").read_bytes()
    from_book = read_workbook(book, "r.xlsx", form=form, expected=who)
    from_file = return_file_in(file, "r.json", form=form, expected=who)
    assert not from_book.findings
    told = {key: each.cell for key, each in from_file.figures.figures.items() if each.cell.is_figure}
    assert {key: from_book.figures.cell(key) for key in told} == told


def test_a_quarter_whose_twelve_months_began_before_the_extract_is_not_submitted_for_them(
    built: Path,
) -> None:
    figures = json.loads((built / "alderbrook/2024-25-Q2.json").read_text())["figures"]
    access = figures["H1.people"]
    assert access["state"] == "not submitted"
    assert "where the extract begins" in access["reason"]
    assert "number" in figures["A4.received"]


def test_nothing_of_any_one_person_is_in_any_file(made: Path, built: Path) -> None:
    # Local identifiers, those of the country, which have the provider's code before them, and days of birth.
    identifiers = {
        word
        for file in (made / "extract").rglob("*.parquet")
        for name in set(TOLD_OF_ONE) & set(pq.read_schema(file).names)
        for value in pq.read_table(file, columns=[name, "OrgIDProv"]).to_pylist()
        if value[name]
        for word in (str(value[name]), f"{value['OrgIDProv']}{value[name]}")
    }
    assert len(identifiers) > 1_000
    for path in (path for path in built.rglob("*") if path.is_file()):
        words = set(_words(path))
        assert not words & identifiers, path.name


def _words(path: Path) -> list[str]:
    if path.suffix != ".xlsx":
        text = path.read_text(encoding="utf-8")
    else:
        with ZipFile(path) as book:
            text = " ".join(book.read(name).decode("utf-8") for name in book.namelist())
    for mark in '<>",:|;()[]{}`':
        text = text.replace(mark, " ")
    # A short number may be a count; an NHS number has ten digits, and the other identifiers carry letters.
    return [word for word in text.split() if not word.isdigit() or len(word) >= 10]


def test_every_figure_is_explained_down_to_itself(built: Path) -> None:
    rows = list(csv.DictReader(io.StringIO((built / "explained.csv").read_text())))
    figures = {(row["site"], row["quarter"], row["figure"]): row for row in rows}  # the last step of each
    for site in ("alderbrook", "brackenford"):
        told = json.loads((built / site / "2025-26-Q1.json").read_text())["figures"]
        for code, figure in told.items():
            last = figures[site.title(), "2025/26 Q1", code]
            assert last["what"] == "the figure"
            assert last["count"] == ("" if "state" in figure else str(figure["number"]))


def test_the_manifest_signs_every_file(built: Path) -> None:
    told = json.loads((built / "manifest.json").read_text())
    files = {path.relative_to(built).as_posix(): path for path in built.rglob("*") if path.is_file()}
    files.pop("manifest.json")
    assert told["sha256"] == {n: hashlib.sha256(p.read_bytes()).hexdigest() for n, p in files.items()}
    assert {"provider", "month", "submission"} == set(told["submissions"][0])


def test_the_log_says_who_did_not_submit_and_how_groupings_are_known(built: Path) -> None:
    log = (built / "run-log.md").read_text()
    for part in ("## What the checks found", "MHS201.copy", "## How groupings are known", "Series breaks"):
        assert part in log


def test_small_counts_are_hidden_where_that_is_asked(made: Path, tmp_path: Path) -> None:
    out = tmp_path / "hidden"
    returns = build_returns(asked(made, out, suppress="partners", quarters=(Quarter(2025, 2),)))
    figures = [figure for each in returns for figure in each.figures.figures.values()]
    counts = {
        figure.cell.number
        for each in returns
        for key, figure in each.figures.figures.items()
        if measures()[key.measure].figure(key.figure).counts
    }
    assert not counts & {1, 2, 3, 4}
    assert len(counts) > 5
    assert any(figure.cell.state is CellState.SUPPRESSED for figure in figures)
    assert "Spells closed" not in (out / "explained.csv").read_text()  # no counts on the way


def test_a_stopped_run_leaves_nothing_half_done_and_is_gone_on_with(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "returns"
    kept = place_to_resume(out)
    wanted = asked(made, out, kept=kept, quarters=(Quarter(2025, 2),))

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(running, "compute", stopped)
        with pytest.raises(KeyboardInterrupt):
            build_returns(wanted)
    assert [path.name for path in tmp_path.iterdir()] == [kept.name]
    assert kept.stat().st_mode & 0o077 == 0
    build_returns(wanted)
    assert [path.name for path in tmp_path.iterdir()] == ["returns"]


def interruptible() -> None:
    """As from a terminal, even where the tests themselves were told to ignore the key."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_a_run_that_was_interrupted_and_then_killed_ends_with_the_same_bytes(
    made: Path, built: Path, tmp_path: Path
) -> None:
    out = tmp_path / "returns"
    kept = place_to_resume(out)
    words = ["records", "build", made / "extract", "--sites", made / "sites.toml", "--out", out, "--resume"]
    words += ["--groupings", made / "groupings.csv", "--deprived", made / "most-deprived.csv"]
    words += ["--memory", "1GB", *(word for quarter in WANTED for word in ("--quarter", quarter.label))]
    command = [sys.executable, "-m", "ithrive", *map(str, words)]
    for sign in (signal.SIGINT, signal.SIGKILL):
        done, before = size_of(kept), kept / f"before-{sign.name}"
        if done:
            before.touch()
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, preexec_fn=interruptible
        ) as run:
            while run.poll() is None and size_of(kept) < done + 200_000:
                time.sleep(0.05)
            run.send_signal(sign)
            _, said = run.communicate()
        assert run.returncode != 0
        assert "Traceback" not in said
        assert not out.exists()
        assert size_of(kept) > done
        assert before.exists() == bool(done), "it began anew"
    subprocess.run(command, check=True, capture_output=True)
    assert contents(out) == contents(built)
    assert [path.name for path in tmp_path.iterdir()] == ["returns"]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file but the manifest; of workbooks the parts that carry no time of writing."""
    found = {}
    for path in (path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json"):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".xlsx":
            with ZipFile(path) as book:
                parts = [part for part in book.namelist() if part != "docProps/core.xml"]
                found |= {f"{name}/{part}": book.read(part) for part in parts}
        else:
            found[name] = path.read_bytes()
    return found


def size_of(kept: Path) -> int:
    """Bytes of what a run has kept so far."""
    return sum(path.stat().st_size for path in kept.glob("records.duckdb*"))


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_another_process_knows_what_was_kept_for_its_own_input(tmp_path: Path, hash_seed: str) -> None:
    """Told by a process that orders sets in its own way, as every one does."""
    deprived = frozenset(f"E0100000{number}" for number in range(9))
    (tmp_path / "kept").mkdir()
    fit_to_resume(tmp_path / "kept", Path("extract"), Rules(most_deprived=deprived))
    (tmp_path / "kept" / "records.duckdb").write_text("layers")
    program = (
        "from pathlib import Path; from ithrive.records.features import Rules\n"
        "from ithrive.cli.records_build.resuming import fit_to_resume\n"
        f"rules = Rules(most_deprived=frozenset({sorted(deprived)}))\n"
        f"fit_to_resume(Path({str(tmp_path / 'kept')!r}), Path('extract'), rules)"
    )
    subprocess.run(
        [sys.executable, "-c", program], env=os.environ | {"PYTHONHASHSEED": hash_seed}, check=True
    )
    assert (tmp_path / "kept" / "records.duckdb").exists()


def test_what_was_kept_of_another_input_is_thrown_away(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    fit_to_resume(kept, "one input")
    (kept / "records.duckdb").write_text("layers")
    fit_to_resume(kept, "one input")
    assert (kept / "records.duckdb").exists()
    fit_to_resume(kept, "another")
    assert not (kept / "records.duckdb").exists()


@pytest.fixture(scope="module")
def of_faulty_files(made: Path, tmp_path_factory: pytest.TempPathFactory) -> ReturnFigures:
    """Of an extract without one table, with a file cut short, and with a column left out of one month."""
    folder = tmp_path_factory.mktemp("faulty")
    extract = folder / "extract"
    shutil.copytree(made / "extract", extract)
    shutil.rmtree(extract / "MHS301GroupSession")
    cut = next((extract / "MHS204IndirectActivity/month=2025-05").iterdir())
    cut.write_bytes(cut.read_bytes()[:-20])
    for month in ("2025-06", "2024-06"):
        path = next((extract / f"MHS101Referral/month={month}").iterdir())
        pq.write_table(pq.read_table(path).drop_columns(["ReferRejectionDate"]), path)
    returns = build_returns(asked(made, folder / "out", extract=extract, quarters=(Quarter(2025, 2),)))
    return returns[0].figures


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        (FigureKey("T2", "sessions"), "The extract has no table MHS301GroupSession."),
        (FigureKey("H1", "people"), "MHS204IndirectActivity/month=2025-05/"),
        (FigureKey("A4", "received"), "The column is not in part-00000.parquet."),
    ],
    ids=["a table is missing", "a file is cut short", "a column is missing"],
)
def test_figures_are_withheld_where_what_they_rest_on_is_missing(
    of_faulty_files: ReturnFigures, key: FigureKey, reason: str
) -> None:
    assert of_faulty_files.cell(key).state is CellState.WITHHELD
    assert reason in of_faulty_files.reason(key)


@pytest.mark.parametrize(
    "key", [FigureKey("H5", "booked"), FigureKey("H2", "seen"), FigureKey("T3", "drop-ins")], ids=str
)
def test_the_run_goes_on_with_figures_that_rest_on_whole_files(
    of_faulty_files: ReturnFigures, made: Path, key: FigureKey
) -> None:
    planted = truth(made, "Alderbrook", Quarter(2025, 2))[key.text]
    assert of_faulty_files.cell(key).number == planted[1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "It is not said which quarters are wanted."),
        (("--quarter", "2025 Q1"), "This is not a quarter."),
        (("--from", "2025/26 Q2", "--to", "2025/26 Q1"), "is before"),
        (("--quarter", "2025/26 Q1", "--memory", "lots"), "is no size of memory"),
        (("--quarter", "2025/26 Q1", "--remote", "sc://host"), "Only Spark can be reached so."),
        (("--quarter", "2025/26 Q1", "--own", "nowhere"), "There is no such folder."),
    ],
    ids=["no quarter", "no such quarter", "backwards", "no size", "remote DuckDB", "no lists"],
)
def test_what_cannot_be_built_is_refused(
    words: tuple[str, ...], sentence: str, made: Path, tmp_path: Path, ithrive: Run
) -> None:
    start = ("records", "build", made / "extract", "--sites", made / "sites.toml", "--out", tmp_path / "out")
    assert sentence in refused(ithrive(*start, *words, website=False))
    assert not (tmp_path / "out").exists()


def test_without_a_list_of_the_most_deprived_nobody_is_counted_as_living_there() -> None:
    found = [
        Figure("Alderbrook", WANTED[0], FigureKey("W2", code), CellState.ZERO, 0)
        for code in ("deprivation-in-people", "ethnicity-in-people")
    ]
    assert running.told(found, Rules(most_deprived=frozenset({"E01000001"}))) == found
    assert running.told(found, Rules()) == found[1:]


def test_memory_and_quarters_are_read_as_people_write_them() -> None:
    assert bytes_of_memory("1.5 gb") == 1_500_000_000
    assert asked_quarters([], "2025/26 Q1", "2025/26 Q3") == (
        Quarter(2025, 2),
        Quarter(2025, 3),
        Quarter(2025, 4),
    )
    with pytest.raises(BadInput):
        bytes_of_memory("10MB")


def test_an_extract_is_checked_by_row_and_never_by_person(made: Path, tmp_path: Path, ithrive: Run) -> None:
    errors = tmp_path / "errors.csv"
    ran = ithrive("records", "check", made / "extract", "--errors", errors, website=False)
    assert "The whole row stands there more than once." in ran.stdout
    head = errors.read_text().splitlines()[0]
    assert head == "rule,OrgIDProv,UniqMonthID,source_file,source_row"


def test_the_differences_are_those_of_the_handbook(ithrive: Run) -> None:
    assert "MHS131, MHS132" in ithrive("records", "differences", website=False).stdout
