"""Runs the command as people do: another process, a folder of its own, only what it prints to judge by."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

Ran = subprocess.CompletedProcess[str]
Run = Callable[..., Ran]

# None in sys.modules is how Python says "cannot be imported", also where Django is installed.
WITHOUT_DJANGO = "import sys; sys.modules['django'] = None; from ithrive.cli import main; main()"
OWN = ("SECRET_KEY", "DATABASE_URL", "ITHRIVE_DATA_DIR", "DJANGO_SETTINGS_MODULE")


def running_in(folder: Path) -> Run:
    """`run(*words)` in a folder; with `website=False` in a Python that has no Django."""

    def run(*words: str | Path, website: bool = True, **environment: str) -> Ran:
        start = ["-m", "ithrive"] if website else ["-c", WITHOUT_DJANGO]
        others = {name: value for name, value in os.environ.items() if name not in OWN}
        return subprocess.run(
            [sys.executable, *start, *map(str, words)],
            cwd=folder,
            env=others | environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


def refused(ran: Ran) -> str:
    """The sentence with which a command refused, after checking that it did so decently."""
    assert ran.returncode == 2, ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr
    assert ran.stdout == ""
    return ran.stderr.strip()
