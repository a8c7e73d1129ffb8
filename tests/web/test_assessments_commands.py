"""The daily run of reminders from the command line."""

import re
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from tests.commands import Run, refused, running_in

KEY = {"SECRET_KEY": "only-for-tests"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demonstration")


@pytest.fixture(scope="module")
def site(folder: Path) -> Run:
    """The command in a folder with the demonstration programme in it."""
    ithrive = partial(running_in(folder), **KEY)
    for words in (("site", "migrate"), ("demo", "load")):
        ran = ithrive(*words)
        assert ran.returncode == 0, ran.stderr
    # On one day in four no round of the demonstration is due a letter: here the next of each area has opened.
    with closing(sqlite3.connect(folder / "var" / "ithrive.sqlite3")) as database:
        database.execute(
            "UPDATE assessments_round SET window_opens = date('now', '-1 day') WHERE state = 'scheduled'"
        )
        database.commit()
    return ithrive


def test_each_reminder_is_sent_once_and_a_letter_that_fails_is_tried_again(site: Run, folder: Path):
    unsent = refused(site("assessments", "remind", MAIL_HOST="127.0.0.1", MAIL_PORT="1"))
    assert unsent.endswith("letters could not be sent; 0 were. Check the mail settings, then run this again.")
    first = site("assessments", "remind", PORT="8123")
    assert first.returncode == 0, first.stderr
    assert re.match(r"Sent [1-9]\d* reminders?\. ", first.stdout), first.stdout
    letters = [each.read_text() for each in folder.glob("var/mail/*")]
    assert letters
    assert all("http://127.0.0.1:8123/assessments/rounds/" in each for each in letters)
    assert site("assessments", "remind").stdout.startswith("Sent 0 reminders. Opened 0 rounds")


def test_a_database_that_is_not_ready_is_refused(ithrive: Run):
    said = refused(ithrive("assessments", "remind", **KEY))
    assert said == "database: it is older than the platform, or empty. Run: ithrive site migrate"
