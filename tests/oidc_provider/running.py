"""Starting the provider, and ending it."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


@contextmanager
def running(redirect_uri: str) -> Iterator[str]:
    """The address of the organisation's own sign-in service, in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.oidc_provider", port, redirect_uri],
        cwd=ROOT,
        env=os.environ | {"OAUTHLIB_INSECURE_TRANSPORT": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield f"http://127.0.0.1:{port}/o"
    finally:
        process.terminate()
        process.wait()
        if process.stdout:
            process.stdout.close()
