"""A person who watches gets a bar; a log gets one line for each step; what is piped on stays clean."""

import os
import pty
import subprocess
import sys

import pytest

from ithrive.cli.progress import shown_progress

STEPS = "from ithrive.cli.progress import shown_progress\n"
STEPS += "with shown_progress() as p: [p('Reading codes', n, 3) for n in (1, 2, 3)]\nprint('result')"


def test_a_log_gets_one_line_for_each_step(capsys: pytest.CaptureFixture[str]):
    with shown_progress() as progress:
        for done in (1, 2, 3):
            progress("Reading codes", done, 3)
        progress("Reading boundaries", 1, 9)
    assert capsys.readouterr() == ("", "Reading codes\nReading boundaries\n")


def test_what_takes_seconds_tells_a_log_nothing(capsys: pytest.CaptureFixture[str]):
    with shown_progress(logged=False) as progress:
        progress("Working out effects", 1, 2)
    assert capsys.readouterr() == ("", "")


def test_a_terminal_gets_a_bar_and_the_result_stays_clean():
    ours, theirs = pty.openpty()
    ran = subprocess.run([sys.executable, "-c", STEPS], stdout=subprocess.PIPE, stderr=theirs, check=True)
    os.close(theirs)
    seen = os.read(ours, 100_000).decode()
    assert "Reading codes" in seen
    assert "100%" in seen
    assert ran.stdout == b"result\n"
