"""A study worked out in a process of its own: other pages stay quick, and it can be stopped at any time.

The process knows no database. It is given values, and gives the text of results back.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from ithrive.evaluation.looks import LookTaken
from ithrive.evaluation.protocol import Frozen, Protocol, Standing
from ithrive.evaluation.study import StudyData, StudyResults, read_results, run_study
from ithrive.problems import BadInput, NotAllowed

Made = TypeVar("Made")

LOOKS_EVERY = 0.5  # seconds between two questions whether to go on
LONGEST = 300.0  # seconds


@dataclass(frozen=True)
class Work:
    """What `run_study` is asked."""

    protocol: Protocol
    standing: Standing
    data: StudyData
    at: datetime
    frozen: Frozen | None = None
    ledger: Sequence[LookTaken] = ()

    def done(self) -> StudyResults:
        """Worked out here and now."""
        return run_study(
            self.protocol, self.standing, self.data, at=self.at, frozen=self.frozen, ledger=self.ledger
        )


def done_apart(work: Work, *, go_on: Callable[[], bool], longest: float = LONGEST) -> StudyResults | None:
    """The results, or None where `go_on` said no before they were there. Raises as `made_apart` does."""
    told = made_apart(partial(_told, work), go_on=go_on, longest=longest)
    return None if told is None else read_results(told)


def made_apart(
    make: Callable[[], Made], *, go_on: Callable[[], bool] = lambda: True, longest: float = LONGEST
) -> Made | None:
    """What `make` gives in a process of its own, or None where `go_on` said no before that.

    Raises BadInput where `make` does, NotAllowed where it takes longer than `longest` seconds or the process
    came to an end without a word.
    """
    context = get_context("spawn")  # a server's threads and connections must not be copied
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(make, there), daemon=True)
    process.start()
    there.close()
    try:
        good, told = _awaited(here, go_on, time.monotonic() + longest)
    finally:
        process.kill()
        process.join()
        here.close()
    if not good:
        raise BadInput(told)
    made: Made | None = told
    return made


def _awaited(here: Connection, go_on: Callable[[], bool], until: float) -> tuple[bool, Any]:
    while not here.poll(LOOKS_EVERY):
        if not go_on():
            return True, None
        if time.monotonic() > until:
            raise NotAllowed("The study took too long to work out on this site. Run it by command instead.")
    try:
        told: tuple[bool, Any] = here.recv()
    except EOFError:
        raise NotAllowed("The work came to an end without results. Start another run.") from None
    return told


def _told(work: Work) -> str:
    return work.done().to_json()


def _tell(make: Callable[[], object], there: Connection) -> None:
    try:
        there.send((True, make()))
    except BadInput as refusal:
        there.send((False, refusal.problems))
