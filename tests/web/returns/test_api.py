"""Sending a return by the API: a key, the same checks, the same call answered once."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ithrive.measures import Cell, FigureKey
from ithrive.returns import ReturnedFigure, ReturnFigures
from ithrive.returns.reading import return_file_out
from ithrive.web.history.models import Change
from ithrive.web.returns import actions
from ithrive.web.returns.models import QuarterlyReturn, SendingKey, SentFile, Version
from ithrive.web.returns.versions import form_of, identity_of
from tests.cast import Cast
from tests.web.returns.scenes import draft, methods, owed, sound

STARTED = FigureKey("H3", "started")


@pytest.fixture
def due(cast: Cast) -> QuarterlyReturn:
    return owed(cast.alderbrook)


@pytest.fixture
def key(cast: Cast) -> str:
    return actions.make_key(name="The nightly job", by=cast.ben)


def body(found: QuarterlyReturn, started: ReturnedFigure | None = None) -> str:
    figures = sound(found) | ({STARTED: started} if started else {})
    return return_file_out(ReturnFigures(identity_of(found), figures, methods(found)), form_of(found))


def send(
    found: QuarterlyReturn, key: str, content: str | bytes, *, name: str = "", query: str = "", **more: Any
) -> tuple[int, Any]:
    quarter = found.quarter.label.replace("/", "-").replace(" ", "-")
    address = f"/api/v1/returns/thornmere/local-area/{found.area.code}/{quarter}{query}"
    headers = {"Authorization": f"Bearer {key}"} | ({"Idempotency-Key": name} if name else {})
    kind = more.get("kind", "application/json")
    answer = Client().post(address, content, content_type=kind, headers=headers)
    return answer.status_code, json.loads(answer.content)


def test_a_return_is_taken_and_submitted_in_one_call(due: QuarterlyReturn, key: str) -> None:
    status, told = send(due, key, body(due), query="?submit=true")
    assert (status, told["state"], told["figures"], told["findings"]) == (201, "submitted", 390, [])
    assert Version.objects.get().came_by == "api"


def test_what_is_wrong_is_said_by_cell_and_changes_nothing(due: QuarterlyReturn, key: str) -> None:
    wrong = body(due).replace('"H3.started": {\n   "number": 60', '"H3.started": {\n   "number": "<5"')
    status, told = send(due, key, wrong)
    finding = told["findings"][0]
    assert (status, finding["code"], finding["severity"]) == (422, "H3.started", "must fix")
    assert "hides the number" in finding["what"]
    assert not Version.objects.exists()
    assert not Change.objects.filter(action="take a return").exists()


def test_a_call_that_asks_to_submit_what_cannot_be_submitted_leaves_no_draft(
    due: QuarterlyReturn, key: str
) -> None:
    status, told = send(due, key, body(due, started=ReturnedFigure(Cell.of(7))), query="?submit=true")
    assert status == 422
    assert {each["code"] for each in told["findings"]} >= {"H3.started"}
    assert not Version.objects.exists()


def test_the_same_call_sent_again_is_answered_the_same_and_done_once(due: QuarterlyReturn, key: str) -> None:
    first = send(due, key, body(due), name="night-1")
    assert send(due, key, body(due), name="night-1") == first
    assert SentFile.objects.count() == 1
    other = send(due, key, body(due, started=ReturnedFigure(Cell.of(61))), name="night-1")
    assert other[0] == 409
    assert "another call" in other[1]["problems"][0]["what"]


def test_a_call_that_was_refused_can_be_mended_under_its_name(due: QuarterlyReturn, key: str) -> None:
    assert send(due, key, "{}", name="night-1")[0] == 422
    assert send(due, key, body(due), name="night-1")[0] == 201


def test_a_machine_puts_nothing_in_the_place_of_what_people_fill_in(
    cast: Cast, due: QuarterlyReturn, key: str
) -> None:
    draft(due, by=cast.ada)
    status, told = send(due, key, body(due))
    assert status == 409
    assert "filling this return in" in told["problems"][0]["what"]


def test_a_key_that_is_unknown_revoked_or_over_opens_nothing(
    cast: Cast, due: QuarterlyReturn, key: str
) -> None:
    row = SendingKey.objects.get()
    assert send(due, "ithrive_guessed", body(due))[0] == 401
    SendingKey.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert send(due, key, body(due))[0] == 401
    SendingKey.objects.update(expires_at=timezone.now() + timedelta(days=1))
    actions.revoke_key(key=row, by=cast.ben)
    assert send(due, key, body(due))[0] == 401


def test_only_the_digest_of_a_key_is_kept(key: str) -> None:
    row = SendingKey.objects.get()
    assert key not in {str(value) for value in vars(row).values()}
    assert all(key not in f"{line.summary}{line.after}" for line in Change.objects.all())


def test_a_key_sends_for_the_areas_of_its_person_alone(cast: Cast, key: str) -> None:
    other = owed(cast.brackenford)
    assert send(other, key, body(other))[0] == 404


def test_a_session_without_a_key_sends_nothing(cast: Cast, due: QuarterlyReturn) -> None:
    client = Client()
    client.force_login(cast.ben)
    quarter = due.quarter.label.replace("/", "-").replace(" ", "-")
    answer = client.post(
        f"/api/v1/returns/thornmere/local-area/T001/{quarter}", body(due), content_type="application/json"
    )
    assert answer.status_code == 401


def test_another_kind_of_file_is_refused_in_a_sentence(due: QuarterlyReturn, key: str) -> None:
    status, told = send(due, key, b"%PDF", kind="application/pdf")
    assert (status, told["problems"][0]["place"]) == (422, "Content-Type")
