"""A server that stops dead while it takes a return: run by test_killed.py in a process of its own.

It serves the site as always, but the call that is named in PAUSE_AT waits, and a file says that it does. Then
whoever started it kills it.
"""

import os
import sys
import time
from pathlib import Path
from wsgiref.simple_server import make_server

import django

django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402 # once Django is ready

from ithrive.web.returns.actions import taking  # noqa: E402 # the same


def pause(step: str, reached: Path) -> None:
    """Make the named step of taking a return wait for ever, once what stands before it is done."""
    real = getattr(taking, step)

    def waits(*args: object, **named: object) -> object:
        done = real(*args, **named)
        reached.write_text(step)
        time.sleep(600)
        return done

    setattr(taking, step, waits)


def serve(port: int, step: str, reached: Path) -> None:
    if step:
        pause(step, reached)
    server = make_server("127.0.0.1", port, get_wsgi_application())
    server.serve_forever()


if __name__ == "__main__":
    serve(int(sys.argv[1]), os.environ.get("PAUSE_AT", ""), Path(sys.argv[2]))
