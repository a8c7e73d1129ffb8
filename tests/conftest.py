"""What every test shares. Tests under tests/web need Django; the others run without it."""

import ipaddress
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import ithrive as _  # noqa: F401 # before any test imports openpyxl, whose parser it chooses
from tests.commands import Run, running_in

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
# The browser's driver keeps an event loop in the test's thread, which Django would take for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data"
# Nobody watches continuous integration for skips, so there everything must be present.
CI = os.environ.get("CI") == "true"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_without_shared: list[str] = []

# No example fails for being slow: machines are busy. On a desk every run tries new examples; in continuous
# integration a change is judged by the same ones as the change before it.
settings.register_profile("ithrive", deadline=None, derandomize=CI)
settings.load_profile("ithrive")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real public data that lies beside the repository, read-only."""
    if SHARED.is_dir():
        return SHARED
    if CI:
        pytest.fail(f"{SHARED} is absent, and with CI=true the real public data must be there.")
    pytest.skip("the real public data (../shared/data) are not here")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever asks for the real data is marked so, and `-m 'not shared'` leaves them out."""
    for item in items:
        if "shared_data" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.shared)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and "shared" in report.keywords:
        _without_shared.append(report.nodeid)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _without_shared:
        terminalreporter.write_line(
            f"NOT CHECKED on real data: {len(_without_shared)} tests, because {SHARED} is absent.",
            yellow=True,
        )


def _is_this_machine(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a Unix socket
    if address[0] in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(address[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """A test that calls out of this machine fails, so that none depends on a host that may be down."""
    connect = socket.socket.connect

    def refuse(self: socket.socket, address: Any) -> None:
        if not _is_this_machine(address):
            raise AssertionError(f"A test tried to reach {address}. Tests stay on this machine.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        yield


@pytest.fixture
def ithrive(tmp_path: Path) -> Run:
    """The `ithrive` command, run in a folder of its own: `ithrive("areas", "load", manifest)`."""
    return running_in(tmp_path)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's own browser, kept quiet. Its absence fails the run: pages unseen are pages unchecked."""
    browser = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if browser is None:
        pytest.fail("No Chromium was found. Run scripts/test-deps.sh, or: apt-get install chromium")
    quiet = ["gpu", "quic", "background-networking", "component-update", "sync"]
    return {
        "executable_path": browser,
        "chromium_sandbox": False,
        "args": ["--no-first-run", *(f"--disable-{what}" for what in quiet)],
    }
