"""Whatever goes wrong, the person gets plain sentences and exit code 2, never a traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

from ithrive.cli import answers, command, surprises
from ithrive.cli.command import AT_MOST, answer
from ithrive.problems import BadInput, NotAllowed, Problem
from tests.commands import Run, refused

HEAVY = {"numpy", "scipy", "shapely", "pyproj", "pydantic", "openpyxl", "rich", "django"}


def raising(error: BaseException):
    def run() -> None:
        raise error

    return run


def test_help_answers_without_importing_anything_heavy(tmp_path: Path):
    looked = "import sys; from ithrive.cli import command; command.app(['--help'], standalone_mode=False); "
    looked += f"print(sorted({HEAVY} & set(sys.modules)), file=sys.stderr)"
    ran = subprocess.run(
        [sys.executable, "-c", looked], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "areas" in ran.stdout
    assert ran.stderr.strip() == "[]"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Missing command. Add --help to see what can be given."),
        (("areas",), "Missing command. Add --help to see what can be given."),
        (("fly",), "No such command 'fly'. Add --help to see what can be given."),
        (("areas", "load"), "Missing argument 'manifest'. Add --help to see what can be given."),
        (("areas", "load", "no.toml"), "manifest: there is no file no.toml. Give the path of the file."),
        (("areas", "load", "."), "manifest: . is a folder. Give the path of the file."),
        (
            ("areas", "coverage", "--members", "m.csv", "--on", "yesterday"),
            "--on: “yesterday” is not a day. Write it as year-month-day: 2015-07-01.",
        ),
        (
            ("areas", "coverage", "--members", "m.csv", "--on", "2015-02-30"),
            "--on: “2015-02-30” is not a day. Write it as year-month-day: 2015-07-01.",
        ),
        (
            ("areas", "coverage", "--members", "m.csv", "--on", "2015-07-01", "--ages", "young"),
            "Ages: “young” is not a band of ages. Write the youngest and the oldest age, as 0-17.",
        ),
        (
            ("areas", "coverage", "--members", "m.csv", "--on", "2015-07-01"),
            "--members: there is no file m.csv. Give the path of the file.",
        ),
    ],
)
def test_wrong_words_are_answered_in_one_sentence(ithrive: Run, words: tuple[str, ...], said: str):
    assert refused(ithrive(*words)) == said


def test_each_problem_has_its_line(capsys: pytest.CaptureFixture[str]):
    problems = [Problem("list.csv, row 2", "no such area.", "Check the code."), Problem("x", "y.", "z.")]
    assert answer(raising(BadInput(problems))) == 2
    assert capsys.readouterr().err == "list.csv, row 2: no such area. Check the code.\nx: y. z.\n"


def test_thousands_of_problems_are_counted_rather_than_poured_out(capsys: pytest.CaptureFixture[str]):
    answer(raising(BadInput(Problem(f"row {row}", "bad.", "Mend it.") for row in range(2_000))))
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == AT_MOST + 1
    assert lines[-1] == "And 1,975 more problems like these."


def test_a_refusal_by_the_rules_gives_its_reason(capsys: pytest.CaptureFixture[str]):
    assert answer(raising(NotAllowed("Only evaluators may."))) == 2
    assert capsys.readouterr().err == "Only evaluators may.\n"


def test_a_file_that_cannot_be_read_is_named(capsys: pytest.CaptureFixture[str]):
    assert answer(lambda: Path("nowhere.csv").read_text(encoding="utf-8")) == 2
    said = "nowhere.csv: No such file or directory. Check the path and who may read and write it.\n"
    assert capsys.readouterr().err == said


def test_ctrl_c_says_that_nothing_was_changed(capsys: pytest.CaptureFixture[str]):
    assert answer(raising(KeyboardInterrupt())) == command.STOPPED
    assert capsys.readouterr().err == "Stopped. Nothing was changed.\n"


def test_ctrl_c_says_so_also_when_a_command_is_at_work(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(answers, "file", lambda *_: raising(KeyboardInterrupt())())
    words = ["effect", "panel.csv", "--site", "a", "--wave", "b", "--outcome", "c", "--treated", "d"]
    assert answer(lambda: command.app(words, standalone_mode=False)) == command.STOPPED
    assert capsys.readouterr().err == "Stopped. Nothing was changed.\n"


def test_a_reader_who_has_had_enough_hears_no_complaint():
    pipe = f"{sys.executable} -m ithrive --help | true"
    ran = subprocess.run(["bash", "-c", pipe], capture_output=True, text=True, check=True)
    assert ran.stderr == ""


def test_a_surprise_is_one_sentence_and_its_details_are_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("ITHRIVE_DATA_DIR", str(tmp_path / "var"))
    assert answer(raising(ZeroDivisionError("deep inside"))) == 2
    said = capsys.readouterr().err
    assert said.startswith("ithrive met something it did not expect (ZeroDivisionError).")
    assert said.count("\n") == 1
    assert "deep inside" in (tmp_path / "var" / "last-error.txt").read_text(encoding="utf-8")


def test_details_go_elsewhere_when_the_folder_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "a-file").touch()
    monkeypatch.setenv("ITHRIVE_DATA_DIR", str(tmp_path / "a-file" / "var"))
    monkeypatch.setattr(surprises.tempfile, "gettempdir", lambda: str(tmp_path))
    assert str(tmp_path / "last-error.txt") in surprises.keep_details(ValueError("x"))


def test_without_any_place_to_write_the_error_itself_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "a-file").touch()
    monkeypatch.setenv("ITHRIVE_DATA_DIR", str(tmp_path / "a-file" / "var"))
    monkeypatch.setattr(surprises.tempfile, "gettempdir", lambda: str(tmp_path / "a-file"))
    assert "ValueError('x')" in surprises.keep_details(ValueError("x"))
