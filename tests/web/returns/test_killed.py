"""A server killed in the middle of an upload: nothing half done, nothing lost, and sending again works."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.error import URLError

import pytest
from django.db import connection, connections

from ithrive.returns import ReturnFigures
from ithrive.returns.reading import return_file_out
from ithrive.web.accounts.models import Person
from ithrive.web.history.models import Change
from ithrive.web.history.record import verify
from ithrive.web.returns import actions
from ithrive.web.returns.actions import Original
from ithrive.web.returns.actions.taking import original_of, sweep_lost_files
from ithrive.web.returns.calls import key_of_secret, take_sent
from ithrive.web.returns.models import Figure, QuarterlyReturn, SentFile, Version
from ithrive.web.returns.versions import figures_in, form_of, identity_of, versions_of
from tests.cast import assemble
from tests.web.at_once import database_for_threads
from tests.web.returns.scenes import methods, owed, sound, there

__all__ = ["database_for_threads"]
ROOT = Path(__file__).parents[3]
# After which step of taking a return the server is killed.
STEPS = ("replace_figures", "tell")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def database_address() -> str:
    """The very database of this test, for a process of its own."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{connections.settings['default']['NAME']}"
    at = connection.settings_dict
    who = f"{at['USER']}:{at['PASSWORD']}" if at["PASSWORD"] else at["USER"]
    where = f"{who}@localhost:{at['PORT']}" if at["PORT"] else f"{who}@localhost"
    return f"postgresql://{where}/{at['NAME']}?host={at['HOST'] or '/var/run/postgresql'}"


@contextmanager
def server(folder: Path, step: str = "") -> Iterator[tuple[Any, int, Path]]:
    """The site in a process of its own; with `step` it waits there for ever, and writes that it does."""
    reached, port = folder / f"reached-{step}", free_port()
    words = [sys.executable, "-m", "tests.web.returns.killed_server", str(port), str(reached)]
    own = {"DATABASE_URL": database_address(), "ITHRIVE_DATA_DIR": str(folder), "PAUSE_AT": step}
    running = subprocess.Popen(
        words, cwd=ROOT, env=os.environ | own, stderr=subprocess.PIPE, start_new_session=True
    )
    try:
        _await(lambda: _listens(port), running)
        yield running, port, reached
    finally:
        running.kill()
        running.communicate()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _await(ready: Any, running: Any) -> None:
    until = time.monotonic() + 300
    while not ready():
        assert running.poll() is None, running.stderr.read().decode()[-2000:]
        assert time.monotonic() < until, "the server never got there"
        time.sleep(0.05)


def post(port: int, found: QuarterlyReturn, key: str, content: str, name: str) -> int | str:
    quarter = found.quarter.label.replace("/", "-").replace(" ", "-")
    address = f"http://127.0.0.1:{port}/api/v1/returns/thornmere/local-area/{found.area.code}/{quarter}"
    headers = {
        "Authorization": f"Bearer {key}",
        "Content-Type": "application/json",
        "Idempotency-Key": name,
    }
    asked = urllib.request.Request(address, content.encode(), headers)
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310 # this machine
            return int(answer.status)
    except (URLError, OSError) as lost:
        return f"lost: {lost}"


def content_of(found: QuarterlyReturn, times: int) -> str:
    figures = ReturnFigures(identity_of(found), sound(found, times=times), methods(found))
    return return_file_out(figures, form_of(found))


def state_of(found: QuarterlyReturn) -> tuple[object, ...]:
    """Everything that a return holds: versions, figures, files, and what the history says."""
    versions = list(Version.objects.filter(of=found).order_by("number").values())
    figures = list(Figure.objects.filter(version__of=found).order_by("pk").values_list())
    files = [(each.digest, len(original_of(each))) for each in SentFile.objects.order_by("pk")]
    return versions, figures, files, Change.objects.count(), verify()


@pytest.fixture
def due(database_for_threads: None) -> tuple[QuarterlyReturn, str]:
    def prepared() -> tuple[QuarterlyReturn, str]:
        cast = assemble()
        return owed(cast.alderbrook), actions.make_key(name="The nightly job", by=cast.ben)

    made: tuple[QuarterlyReturn, str] = there(prepared)
    return made


def kill_while_taking(found: QuarterlyReturn, key: str, content: str, folder: Path, step: str) -> None:
    """Send a return, and kill the server once it has taken this step."""
    answers: list[object] = []
    with server(folder, step) as (running, port, reached):
        sender = Thread(target=lambda: answers.append(post(port, found, key, content, "night-1")))
        sender.start()
        _await(reached.exists, running)
        os.killpg(running.pid, signal.SIGKILL)
        sender.join()
    assert str(answers[0]).startswith("lost"), answers


def test_a_server_killed_while_it_takes_a_return_leaves_all_as_it_was(
    due: tuple[QuarterlyReturn, str], tmp_path: Path
) -> None:
    found, key = due
    there(lambda: take_sent(found=found, original=original(found, 1), and_submit=False, by=sender_of(key)))
    before = there(lambda: state_of(found))
    assert len(before[1]) == len(form_of(found).lines)
    again = content_of(found, 2)
    for step in STEPS:
        kill_while_taking(found, key, again, tmp_path, step)
        assert there(lambda: state_of(found)) == before, step

    with server(tmp_path) as (_, port, _):
        assert post(port, found, key, again, "night-1") == 201
    figures = there(lambda: figures_in(versions_of(found)[0]))
    assert figures.cells == {key: figure.cell for key, figure in sound(found, times=2).items()}
    assert there(lambda: state_of(found))[-1] is None

    # The files that it had stored and not recorded are swept up after a day, and no other is.
    files = set((tmp_path / "private" / "returns").iterdir())
    assert len(files) == 2 + len(STEPS)
    assert there(sweep_lost_files) == 0
    for each in files:
        os.utime(each, (0, 0))
    assert there(sweep_lost_files) == len(STEPS)
    assert len(there(lambda: state_of(found))[2]) == 2


def original(found: QuarterlyReturn, times: int) -> Original:
    return Original("return.json", content_of(found, times).encode())


def sender_of(key: str) -> Person:
    row = key_of_secret(key)
    assert row is not None
    return row.person
