"""The support log's pages: who may open them, what they show, and what a form does."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from ithrive.areas.support import SupportGiven, SupportKind
from ithrive.web.areas.actions import record_support
from ithrive.web.areas.models import Support
from tests.cast import Cast, signed_in

BASE = "/areas/thornmere/local-area/T001/support/"
VISIT = SupportGiven("T001", date(2024, 3, 31), SupportKind.COACHING, Decimal("0.50"), "Col", "=First round")
FORM = {
    "on_0": "31",
    "on_1": "3",
    "on_2": "2024",
    "kind": "workshop",
    "days": "1.5",
    "given_by": "Col",
    "purpose": "Whole-system day",
}


@pytest.fixture
def visit(cast: Cast) -> Support:
    return record_support(area=cast.alderbrook, given=VISIT, by=cast.col)


@pytest.mark.parametrize(
    ("who", "sees", "records"),
    [
        ("cam", 404, 404),
        ("mia", 200, 403),
        ("ada", 200, 403),
        ("eve", 200, 403),
        ("dan", 200, 403),
        ("col", 200, 200),
        ("pat", 200, 200),
    ],
)
def test_who_sees_and_who_records(cast: Cast, visit: Support, who: str, sees: int, records: int) -> None:
    client = signed_in(getattr(cast, who))
    assert client.get(BASE).status_code == sees
    for part in ("record/", f"{visit.pk}/", f"{visit.pk}/in-error/"):
        assert client.get(f"{BASE}{part}").status_code == records


def test_nobody_is_sent_to_sign_in(cast: Cast, visit: Support) -> None:
    for part in ("", "record/", f"{visit.pk}/", f"{visit.pk}/in-error/"):
        assert Client().get(f"{BASE}{part}")["Location"].startswith("/account/login/")


def test_the_page_adds_up(cast: Cast, visit: Support) -> None:
    record_support(area=cast.alderbrook, given=replace(VISIT, days=Decimal("0.75")), by=cast.col)
    page = signed_in(cast.ada).get(BASE).content.decode()
    assert "2 pieces of support, 1.25 days in all. The last was on 31 March 2024." in page
    assert "Correct" not in page


def test_an_empty_log_says_so(cast: Cast) -> None:
    assert "No direct support is recorded yet." in signed_in(cast.ada).get(BASE).content.decode()


def test_a_coach_records_corrects_and_takes_back(cast: Cast) -> None:
    client = signed_in(cast.col)
    page = client.post(f"{BASE}record/", FORM, follow=True).content.decode()
    assert "1 piece of support, 1.5 days in all." in page
    row = Support.objects.get()
    client.post(f"{BASE}{row.pk}/", FORM | {"days": "1"})
    row.refresh_from_db()
    assert row.days == 1
    assert "1 piece of support, 1 day in all." in client.get(BASE).content.decode()
    client.post(f"{BASE}{row.pk}/in-error/", {"reason": "Another area"})
    assert not Support.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"days": "0"}, "more than 0 and at most 60"),
        ({"days": "many"}, "Time given must be a number"),
        ({"on_2": "2999"}, "not in the future"),
        ({"kind": "party"}, "choose one of the answers"),
        ({"purpose": ""}, "Enter what it was for"),
    ],
)
def test_mistakes_are_said_on_the_form(cast: Cast, change: dict[str, str], said: str) -> None:
    answer = signed_in(cast.col).post(f"{BASE}record/", FORM | change)
    assert answer.status_code == 200
    assert said in answer.content.decode()


class TestExport:
    ADDRESS = "/areas/thornmere/support/export.csv"

    def test_those_of_the_area_have_its_log_and_a_spreadsheet_runs_none_of_it(
        self, cast: Cast, visit: Support
    ) -> None:
        text = signed_in(cast.mia).get(self.ADDRESS).content.decode()
        assert text == (
            "date,code,kind,days,given_by,purpose\r\n2024-03-31,T001,coaching,0.50,Col,'=First round\r\n"
        )

    def test_strangers_have_none_of_it(self, cast: Cast, visit: Support) -> None:
        assert "T001" not in signed_in(cast.cam).get(self.ADDRESS).content.decode()
        assert Client().get(self.ADDRESS)["Location"].startswith("/account/login/")
