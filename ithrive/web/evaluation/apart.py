"""A study worked out in a process of its own: other pages stay quick, and it can be stopped at any time.

The process knows no database. It is given values, and gives the text of results back.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection

from ithrive.evaluation.looks import LookTaken
from ithrive.evaluation.protocol import Frozen, Protocol, Standing
from ithrive.evaluation.study import StudyData, StudyResults, read_results, run_study
from ithrive.problems import BadInput, NotAllowed

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
    """The results, or None where `go_on` said no before they were there.

    Raises BadInput where the study cannot be worked out, NotAllowed where it takes longer than `longest`
    seconds or the process came to an end without a word.
    """
    context = get_context("spawn")  # a server's threads and connections must not be copied
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(work, there), daemon=True)
    process.start()
    there.close()
    try:
        return _awaited(here, go_on, time.monotonic() + longest)
    finally:
        process.kill()
        process.join()
        here.close()


def _awaited(here: Connection, go_on: Callable[[], bool], until: float) -> StudyResults | None:
    while not here.poll(LOOKS_EVERY):
        if not go_on():
            return None
        if time.monotonic() > until:
            raise NotAllowed("The study took too long to work out on this site. Run it by command instead.")
    try:
        told = here.recv()
    except EOFError:
        raise NotAllowed("The work came to an end without results. Start another run.") from None
    if isinstance(told, str):
        return read_results(told)
    raise BadInput(told)


def _tell(work: Work, there: Connection) -> None:
    try:
        there.send(work.done().to_json())
    except BadInput as refusal:
        there.send(refusal.problems)
