"""Doing things at the same moment, in real threads, each with a database connection of its own."""

from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import connection, connections


def at_once(work: Callable[[], object], threads: int = 1) -> list[object]:
    """What the work gave back, or the exception that ended it, in each thread with its own connection."""
    together = Barrier(threads)
    results: list[object] = []

    def run() -> None:
        together.wait()
        try:
            results.append(work())
        except Exception as failure:
            results.append(failure)
        finally:
            connection.close()

    workers = [Thread(target=run) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return results


@pytest.fixture
def database_for_threads(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL as it is; for SQLite a file as on a real site, since threads cannot share one in memory."""
    if connection.vendor == "sqlite":
        in_a_file = connections.settings["default"] | {"NAME": str(tmp_path / "together.sqlite3")}
        monkeypatch.setitem(connections.settings, "default", in_a_file)
        assert at_once(lambda: call_command("migrate", verbosity=0)) == [None]
