"""One line for each change, chained; and a chain that shows where it was broken."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from ithrive.web.history.models import Change
from ithrive.web.history.record import Command, head, plain, record, verify
from tests.cast import Cast

LOADER = Command("areas load")


def a_line(summary: str = "Alderbrook became a member", **words: object) -> Change:
    with transaction.atomic():
        return record(by=LOADER, action="membership set", subject="area T001", summary=summary, **words)  # type: ignore[arg-type] # words of many kinds


@pytest.mark.django_db
def test_an_empty_history_is_whole() -> None:
    assert verify() is None
    assert head() == (0, "")


@pytest.mark.django_db
def test_each_line_follows_from_the_line_before() -> None:
    first, second = a_line(), a_line()
    assert (first.sequence, second.sequence) == (1, 2)
    assert second.previous_digest == first.digest
    assert head() == (2, second.digest)
    assert verify() is None


def test_a_person_signs_with_their_reference_and_a_command_with_its_name(cast: Cast) -> None:
    with transaction.atomic():
        line = record(by=cast.ada, action="a", subject="s", summary="Ada did")
    assert line.by == cast.ada.reference
    assert a_line().by == "ithrive areas load"


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="use atomic"):
        record(by=LOADER, action="a", subject="s", summary="nobody would know if the change were lost")


@pytest.mark.django_db(transaction=True)
def test_a_change_that_fails_leaves_no_line() -> None:
    with transaction.atomic():
        record(by=LOADER, action="a", subject="s", summary="never happened")
        transaction.set_rollback(True)
    assert head() == (0, "")
    assert verify() is None


@pytest.mark.django_db
def test_values_read_back_as_they_were_digested() -> None:
    a_line(
        before={"starts": None},
        after={"days": Decimal("1.50"), "on": date(2026, 3, 1), "share": 3.0, "big": 1e22},
    )
    kept = Change.objects.get()
    assert kept.after == {"days": "1.50", "on": "2026-03-01", "share": 3, "big": 10**22}
    assert verify() is None


def test_plain_values_stay_as_they_are() -> None:
    assert plain([1, 0.25, "word", True, None, (2.0,)]) == [1, 0.25, "word", True, None, [2]]


@pytest.mark.django_db
def test_a_long_summary_is_cut_where_every_database_would() -> None:
    line = a_line(summary="x" * 600)
    assert len(line.summary) == 500
    assert line.summary.endswith("…")
    assert verify() is None
