"""How long something still takes: a bar for a person who watches, plain lines for a log."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

Progress = Callable[[str, int, int], None]


@contextmanager
def shown_progress(*, logged: bool = True) -> Iterator[Progress]:
    """Give a function to call with (what, done, total). Only a terminal gets a bar; stdout stays clean.

    `logged`: what is no terminal gets a line when a step begins. What takes seconds needs none.
    """
    if sys.stderr.isatty():
        with _bars() as progress:
            yield progress
    else:
        yield _lines() if logged else _nothing


def _nothing(what: str, done: int, total: int) -> None:
    """For nobody who watches."""


@contextmanager
def _bars() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    with Bars(console=Console(stderr=True)) as bars:
        tasks: dict[str, TaskID] = {}

        def progress(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what)
            bars.update(tasks[what], completed=done, total=total)

        yield progress


def _lines() -> Progress:
    """One line when a step begins: a log has no use for every hundredth."""
    begun: set[str] = set()

    def progress(what: str, done: int, total: int) -> None:
        if what not in begun:
            begun.add(what)
            typer.echo(what, err=True)

    return progress
