"""`ithrive study run`, `look` and `monitor`, from files to files."""

import json
from pathlib import Path

import pytest

from tests.commands import Run, refused
from tests.evaluation.study import small


@pytest.fixture
def protocol(tmp_path: Path) -> Path:
    path = tmp_path / "study.toml"
    path.write_text(small.text().replace("looks = [2]", "looks = [2]\nalpha = 0.2"), encoding="utf-8")
    (tmp_path / "data").mkdir()
    for name, content in small.files().items():
        (tmp_path / "data" / name).write_bytes(content)
    return path


def test_a_run_writes_the_same_bytes_twice_and_says_it_is_exploratory(ithrive: Run, protocol: Path):
    for out in ("one", "two"):
        ran = ithrive("study", "run", protocol, "--data", "data", "--out", out, website=False)
        assert (ran.returncode, ran.stderr) == (0, "")
    first, second = ((protocol.parent / out / "results.json").read_bytes() for out in ("one", "two"))
    assert first == second
    assert json.loads(first)["at"] == "2027-07-01T00:00:00+00:00"
    assert ran.stdout.startswith("Small study: exploratory. The protocol was not frozen before the analysis.")
    effects = (protocol.parent / "one/effects.csv").read_text(encoding="utf-8")
    assert effects.count("exploratory") == 4
    assert {each.name for each in (protocol.parent / "one").iterdir()} == {
        "results.json", "effects.csv", "events.csv", "series.csv", "dropped.csv", "sources.csv",
    }  # fmt: skip


def test_a_row_that_is_not_used_is_named_and_counted(ithrive: Run, protocol: Path):
    figures = protocol.parent / "data/figures.csv"
    figures.write_bytes(figures.read_bytes() + b"a1,9,wait,30\na1,1,shoes,3\na2,1,shoes,3\n")
    said = ithrive("study", "run", protocol, "--data", "data", "--out", "out", website=False).stdout
    assert "figures.csv: a1, 2028/29 Q2, 1 row not used. The protocol has no wave in this quarter." in said
    assert "figures.csv: figure “shoes”, 2 rows not used. No outcome of the protocol needs it." in said


def test_looks_stand_on_the_ledger_with_their_figures(ithrive: Run, protocol: Path):
    look = ("study", "look", protocol, "--data", "data", "--by", "Ada", "--wave")
    assert "After wave 2 " in ithrive(*look, "2", website=False).stdout
    assert refused(ithrive(*look, "2", website=False)) == (
        "The look after wave 2 was taken already. Read it from the ledger."
    )
    assert "After wave 4: wait crossed." in ithrive(*look, "4", website=False).stdout
    ledger = (protocol.parent / "study.looks.jsonl").read_text(encoding="utf-8")
    assert [json.loads(line)["wave"] for line in ledger.splitlines()] == [2, 4]
    assert {each.name for each in (protocol.parent / "study.looks").iterdir()} == {
        "wave-2.json",
        "wave-4.json",
    }


def test_the_monitor_tells_what_came_and_no_outcome(ithrive: Run, protocol: Path):
    said = ithrive("study", "monitor", protocol, "--data", "data", website=False).stdout
    assert said == "Figures up to 2027/28 Q1.\n56 of 56 expected figures have come: good.\n"


def test_what_is_wrong_is_said_without_a_traceback(ithrive: Run, protocol: Path):
    run = ("study", "run", protocol, "--out", "out")
    assert refused(ithrive(*run, "--data", "nowhere", website=False)).startswith(
        "--data: There is no folder nowhere."
    )
    assert refused(ithrive(*run, "--data", "data", "--at", "noon", website=False)).startswith(
        "--at: “noon” is no moment."
    )
    (protocol.parent / "data/figures.csv").write_text(
        "site,wave,figure,value\na1,0,wait,soon", encoding="utf-8"
    )
    assert "“soon” is not a number." in refused(ithrive(*run, "--data", "data", website=False))
    assert not (protocol.parent / "out").exists()
