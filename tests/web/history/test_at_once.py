"""Many people change things at the same moment; the history is still one chain."""

import pytest

from ithrive.web.history.models import Change
from ithrive.web.history.record import verify
from tests.web.at_once import at_once, database_for_threads
from tests.web.history.test_record import a_line

__all__ = ["database_for_threads"]  # a fixture
WRITERS = 4
EACH = 10


@pytest.mark.usefixtures("database_for_threads")
def test_writers_at_once_make_one_unbroken_chain() -> None:
    def write() -> None:
        for _ in range(EACH):
            a_line()

    assert at_once(write, threads=WRITERS) == [None] * WRITERS
    assert at_once(lambda: (Change.objects.count(), verify())) == [(WRITERS * EACH, None)]
