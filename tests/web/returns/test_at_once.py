"""What two people do to a return at the very same moment."""

import pytest

from ithrive.problems import NotAllowed
from ithrive.web.accounts.models import Person
from ithrive.web.history.models import Change
from ithrive.web.returns.actions import start_draft, submit
from ithrive.web.returns.models import QuarterlyReturn, Version
from tests.cast import assemble
from tests.web.at_once import at_once, database_for_threads
from tests.web.returns.scenes import draft, owed, there

__all__ = ["database_for_threads"]  # a fixture
pytestmark = pytest.mark.usefixtures("database_for_threads")


def test_two_who_submit_at_once_submit_it_once() -> None:
    def prepared() -> tuple[Version, list[Person]]:
        cast = assemble()
        return draft(owed(cast.alderbrook), by=cast.ben), [cast.ada, cast.ben]

    version, people = there(prepared)
    results = at_once(lambda: submit(version=version, by=people.pop()), threads=2)
    assert sorted(type(each) is NotAllowed for each in results) == [False, True]
    [lines] = at_once(lambda: Change.objects.filter(action="submit a return").count())
    assert lines == 1


def test_two_who_begin_at_once_begin_one_draft() -> None:
    def prepared() -> tuple[QuarterlyReturn, list[Person]]:
        cast = assemble()
        return owed(cast.alderbrook), [cast.ada, cast.ben]

    found, people = there(prepared)
    results = at_once(lambda: start_draft(found=found, by=people.pop()), threads=2)
    refused = [str(each) for each in results if isinstance(each, NotAllowed)]
    assert refused == ["Version 1 is draft already. Go on with that one."]
    assert at_once(lambda: Version.objects.count()) == [1]
