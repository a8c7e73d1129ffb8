"""Neither our code nor a statement sent past it can change what was written."""

import pytest
from django.db import DatabaseError, connection, transaction

from ithrive.web.history.append_only import guard, unguard
from ithrive.web.history.models import ChainHead, Change
from ithrive.web.history.record import verify
from tests.web.history.test_record import a_line

pytestmark = pytest.mark.django_db

TAMPERING = {
    "change": "UPDATE history_change SET summary = 'nothing happened' WHERE sequence = 2",
    "removal": "DELETE FROM history_change WHERE sequence = 2",
}


@pytest.mark.parametrize("statement", TAMPERING.values(), ids=TAMPERING)
def test_the_database_refuses_to_alter_a_line(statement: str) -> None:
    a_line(), a_line()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert verify() is None


def test_the_database_refuses_to_replace_or_empty() -> None:
    a_line(), a_line()
    statement = {
        "sqlite": "INSERT OR REPLACE INTO history_change SELECT * FROM history_change WHERE sequence = 2",
        "postgresql": "TRUNCATE history_change",
    }[connection.vendor]
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Change.objects.count() == 2


def tamper(statement: str) -> None:
    """As somebody could who owns the database."""
    unguard(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    guard(connection)


BROKEN = {
    "altered": (TAMPERING["change"], "Line 2 of the history was altered after it was written."),
    "removed": (TAMPERING["removal"], "Line 2 of the history is missing."),
    "another confidentiality": (
        "UPDATE history_change SET confidential_to = 'evaluators' WHERE sequence = 3",
        "Line 3 of the history was altered after it was written.",
    ),
    "re-digested": (
        "UPDATE history_change SET previous_digest = digest WHERE sequence = 3",
        "Line 3 of the history does not follow from the line before it.",
    ),
    "last one removed": (
        "DELETE FROM history_change WHERE sequence = 3",
        "The history ends at line 2, but its head says line 3: lines were removed.",
    ),
}


@pytest.mark.parametrize(("statement", "reason"), BROKEN.values(), ids=BROKEN)
def test_the_check_names_the_first_broken_line(statement: str, reason: str) -> None:
    a_line(), a_line(), a_line()
    tamper(statement)
    assert verify() == reason


def test_a_line_slipped_in_breaks_the_chain() -> None:
    a_line()
    a_line()
    Change.objects.create(
        sequence=3, at=Change.objects.all()[0].at, by="x", action="x", subject="x", summary="x",
        previous_digest=ChainHead.objects.get().digest, digest="0" * 64,
    )  # fmt: skip
    assert verify() == "Line 3 of the history was altered after it was written."
