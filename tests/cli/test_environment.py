"""`.env` holds what a host keeps for the platform; what the shell says wins."""

import os
from pathlib import Path

import pytest

from ithrive.cli.environment import read_env
from ithrive.problems import BadInput


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {"SAID": "by the shell"})


def env_file(folder: Path, text: str) -> Path:
    path = folder / ".env"
    path.write_text(text, encoding="utf-8")
    return path


def test_settings_are_read_with_comments_blanks_and_quotes(tmp_path: Path):
    read_env(env_file(tmp_path, "# a remark\n\nKEY = a=b c\nQUOTED='x y'\nDOUBLE=\"z\"\nEMPTY=\nONE='\n"))
    read = {name: os.environ[name] for name in ("KEY", "QUOTED", "DOUBLE", "EMPTY", "ONE")}
    assert read == {"KEY": "a=b c", "QUOTED": "x y", "DOUBLE": "z", "EMPTY": "", "ONE": "'"}


def test_the_shell_wins(tmp_path: Path):
    read_env(env_file(tmp_path, "SAID=by the file\n"))
    assert os.environ["SAID"] == "by the shell"


def test_no_file_is_no_setting(tmp_path: Path):
    read_env(tmp_path / ".env")
    assert [name for name in os.environ if not name.startswith("PYTEST")] == ["SAID"]


@pytest.mark.parametrize("line", ["just words", "=value", "TWO WORDS=x", "2=x"])
def test_a_line_that_is_no_setting_is_named(tmp_path: Path, line: str):
    with pytest.raises(BadInput, match=r"\.env, line 2: this is not a setting"):
        read_env(env_file(tmp_path, f"KEY=x\n{line}\n"))
