"""Loading areas from the command line: everything or nothing, twice the same, also when killed."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from tests.cli.small_country import small_country
from tests.commands import Run, refused, running_in

KEY = {"SECRET_KEY": "only-for-tests"}


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the website was made ready: migrating takes seconds, copying does not."""
    folder = tmp_path_factory.mktemp("migrated")
    ran = running_in(folder)("site", "migrate", **KEY)
    assert ran.stdout == "The database and the static files are up to date.\n"
    return folder


@pytest.fixture
def site(ithrive: Run, migrated: Path, tmp_path: Path) -> Run:
    """The command in a folder with an empty database of its own."""
    shutil.copytree(migrated, tmp_path, dirs_exist_ok=True)
    return partial(ithrive, **KEY)


def test_a_second_load_changes_nothing_and_says_so(site: Run, tmp_path: Path):
    manifest = small_country(tmp_path)
    assert site("areas", "load", manifest).stdout.startswith("Arden: loaded 1 geographies, 3 local areas")
    said = site("areas", "load", manifest).stdout
    assert said == "Arden: nothing changed; all of this was loaded before.\n"


def test_coverage_from_the_database_is_coverage_from_the_files(site: Run, tmp_path: Path):
    manifest = small_country(tmp_path)
    site("areas", "load", manifest)
    asked = ("areas", "coverage", "--members", tmp_path / "members.csv", "--on", "2016-07-01", "--json")
    stored = site(*asked, "--country", "arden")
    assert stored.returncode == 0, stored.stderr
    assert stored.stdout == site(*asked, "--manifest", manifest).stdout


def test_a_country_that_was_never_loaded_is_refused(site: Run, tmp_path: Path):
    manifest = small_country(tmp_path)
    asked = ("areas", "coverage", "--members", tmp_path / "members.csv", "--on", "2016-07-01")
    said = "--country: the database holds no areas of “england”."
    assert refused(site(*asked)) == f"{said} Run first: ithrive areas load MANIFEST"
    site("areas", "load", manifest)
    assert refused(site(*asked)) == f"{said} Choose one of: arden."


def test_a_load_that_fails_leaves_what_was_there(site: Run, tmp_path: Path):
    site("areas", "load", small_country(tmp_path))
    bad = site("areas", "load", small_country(tmp_path, people="code,mid_year,age,persons\nZZ,2015,0,1\n"))
    assert bad.returncode == 2
    assert "ZZ" in bad.stderr
    said = site("areas", "load", small_country(tmp_path)).stdout
    assert said == "Arden: nothing changed; all of this was loaded before.\n"


def test_a_database_that_is_not_ready_is_refused(ithrive: Run, tmp_path: Path):
    ran = ithrive("areas", "load", small_country(tmp_path), **KEY)
    assert ran.returncode == 2
    last = ran.stderr.splitlines()[-1]
    assert last == "database: it is older than the platform, or empty. Run: ithrive site migrate"


def test_killed_at_any_moment_a_load_has_happened_or_it_has_not(site: Run, tmp_path: Path):
    """The same load is killed at later and later moments; what is there then is nothing or all."""
    manifest, environment = small_country(tmp_path), os.environ | KEY | {"PYTHONUNBUFFERED": "1"}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    words = [sys.executable, "-m", "ithrive", "areas", "load", str(manifest)]
    for tenths in range(4, 14, 3):
        loading = subprocess.Popen(
            words, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        time.sleep(tenths / 10)
        loading.kill()
        said, _ = loading.communicate()
        whole = site("history", "verify")
        assert whole.returncode == 0, whole.stderr
        there = "The history is empty" not in whole.stdout
        # Said to be done means done; killed just after the commit may be done without having said so.
        assert there or "loaded" not in said
        if there:
            assert "The history is whole: 1 lines" in whole.stdout
    assert site("areas", "load", manifest).returncode == 0
    assert "The history is whole: 1 lines" in site("history", "verify").stdout


def test_a_broken_chain_is_found_and_said(site: Run, tmp_path: Path):
    site("areas", "load", small_country(tmp_path))
    with closing(sqlite3.connect(tmp_path / "var" / "ithrive.sqlite3")) as database:
        triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (trigger,) in triggers:
            database.execute(f"DROP TRIGGER {trigger}")
        database.execute("UPDATE history_change SET summary = 'Nothing happened.'")
        database.commit()
    said = refused(site("history", "verify"))
    assert said.startswith("history: Line 1 of the history was altered after it was written.")
