"""The open API: what it answers, how it refuses, and that it never tells of comparison sites."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from ithrive.areas.fictional import thornmere
from ithrive.areas.membership import MemberRole
from ithrive.web.areas.actions import set_membership
from ithrive.web.areas.models import Boundary, LocalArea
from ithrive.web.areas.store import store
from ithrive.web.history.record import Command

ON = date(2025, 6, 1)
BASE = "/api/v1/thornmere"
KIND = "local-area"


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[LocalArea]]:
    """Thornmere with one member, and one comparison site: loaded once, because it takes seconds."""
    with django_db_blocker.unblock(), transaction.atomic():
        store(thornmere(), by=Command("areas load"))
        areas = list(LocalArea.objects.filter(kind=KIND, ends=None).order_by("code"))
        by = Command("tests")
        set_membership(area=areas[0], role=MemberRole.MEMBER, starts=date(2020, 1, 1), note="=1+1", by=by)
        set_membership(area=areas[1], role=MemberRole.COMPARISON, starts=date(2020, 1, 1), by=by)
        yield areas
        transaction.set_rollback(True)


@pytest.fixture
def country(loaded: list[LocalArea], db: None) -> list[LocalArea]:
    return loaded


def get(address: str, **asked: Any) -> Any:
    answer = Client().get(address, asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def rows(address: str, **asked: Any) -> list[dict[str, str]]:
    answer = Client().get(address, {**asked, "format": "csv"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_every_country_links_to_what_is_known_of_it(country: list[LocalArea]) -> None:
    (found,) = get("/api/v1/countries")
    assert (found["slug"], found["fictional"]) == ("thornmere", True)
    for part in ("geographies", "areas", "memberships", "coverage", "attributes"):
        get(found[part])


def test_geographies(country: list[LocalArea]) -> None:
    found = get(f"{BASE}/geographies")
    assert {each["kind"] for each in found} >= {KIND}
    assert all(each["areas"] > 0 for each in found)


class TestAreas:
    def test_as_they_were_on_a_day(self, country: list[LocalArea]) -> None:
        found = get(f"{BASE}/areas", on=ON.isoformat(), kind=KIND)
        assert found["count"] == len(thornmere().places_on(KIND, ON))
        assert {each["kind"] for each in found["areas"]} == {KIND}

    def test_by_name_and_role(self, country: list[LocalArea]) -> None:
        member = country[0]
        named = get(f"{BASE}/areas", on=ON.isoformat(), name=member.name.upper())
        assert member.code in [each["code"] for each in named["areas"]]
        in_role = get(f"{BASE}/areas", on=ON.isoformat(), role="member")
        assert [(each["code"], each["role"]) for each in in_role["areas"]] == [(member.code, "member")]

    def test_pages_hold_every_area_once(self, country: list[LocalArea]) -> None:
        address, codes = f"{BASE}/areas?on={ON}&kind={KIND}&per_page=17&page=1", []
        while address:
            page = get(address)
            codes += [each["code"] for each in page["areas"]]
            address = page["next"]
        assert len(codes) == len(set(codes)) == page["count"]

    def test_pages_lead_back(self, country: list[LocalArea]) -> None:
        second = get(f"{BASE}/areas", per_page=10, page=2)
        assert get(second["previous"])["page"] == 1

    def test_as_csv_at_once(self, country: list[LocalArea]) -> None:
        found = rows(f"{BASE}/areas", on=ON.isoformat(), kind=KIND, per_page=1)
        assert len(found) == len(thornmere().places_on(KIND, ON))

    def test_one_area_with_its_relations(self, country: list[LocalArea]) -> None:
        gone = LocalArea.objects.filter(kind=KIND).exclude(ends=None).first()
        assert gone is not None
        found = get(f"{BASE}/areas/{KIND}/{gone.code}")
        assert found["ends"] == gone.ends.isoformat()  # type: ignore[union-attr] # it ended
        assert found["successors"]
        after = get(found["successors"][0]["link"])
        assert gone.code in [each["code"] for each in after["predecessors"]]
        assert sum(each["share_of_this"] for each in found["successors"]) == pytest.approx(1)

    def test_an_area_names_those_of_other_kinds_beside_it(self, country: list[LocalArea]) -> None:
        found = get(f"{BASE}/areas/{KIND}/{country[0].code}")
        assert found["beside"]
        assert KIND not in {each["kind"] for each in found["beside"]}


class TestMembership:
    def test_public_roles(self, country: list[LocalArea]) -> None:
        found = get(f"{BASE}/memberships")
        assert [(each["code"], each["role"]) for each in found["memberships"]] == [
            (country[0].code, "member")
        ]

    def test_on_a_day_by_role_and_kind(self, country: list[LocalArea]) -> None:
        assert get(f"{BASE}/memberships", on="2019-12-31")["count"] == 0
        assert get(f"{BASE}/memberships", on="2020-01-01", role="member", kind=KIND)["count"] == 1
        assert get(f"{BASE}/memberships", role="paused")["count"] == 0

    def test_a_spreadsheet_runs_none_of_it(self, country: list[LocalArea]) -> None:
        assert rows(f"{BASE}/memberships")[0]["note"] == "'=1+1"

    def test_comparison_sites_leave_no_trace(self, country: list[LocalArea]) -> None:
        site = country[1]
        for address in (f"{BASE}/memberships", f"{BASE}/areas", f"{BASE}/areas/{KIND}/{site.code}"):
            assert b"comparison" not in Client().get(address).content
        assert get(f"{BASE}/areas/{KIND}/{site.code}")["roles"] == []
        assert get(f"{BASE}/coverage")["areas_counted"] == 1
        assert Client().get(f"{BASE}/memberships", {"role": "comparison"}).status_code == 422


class TestCoverage:
    def test_the_share_and_its_working_agree(self, country: list[LocalArea]) -> None:
        found = get(f"{BASE}/coverage", on=ON.isoformat(), ages="0-17", working="true")
        assert found["covered"] == sum(line["covered_people"] for line in found["working"])
        assert found["share"] == pytest.approx(found["covered"] / found["population"])
        assert (found["areas_counted"], found["since"]) == (1, None)

    def test_compared_with_an_earlier_day(self, country: list[LocalArea]) -> None:
        found = get(f"{BASE}/coverage", on=ON.isoformat(), since="2019-01-01")
        assert (found["since"]["covered"], found["since"]["geography"]) == (0, found["geography"])
        assert found["working"] is None

    def test_the_working_as_csv(self, country: list[LocalArea]) -> None:
        told = get(f"{BASE}/coverage", on=ON.isoformat())
        lines = rows(f"{BASE}/coverage", on=ON.isoformat())
        assert sum(int(line["covered_people"]) for line in lines) == told["covered"]

    def test_a_geography_nobody_knows_is_refused_in_words(self, country: list[LocalArea]) -> None:
        answer = Client().get(f"{BASE}/coverage", {"geography": "XX99"})
        assert answer.status_code == 422
        assert set(answer.json()["problems"][0]) == {"place", "what", "mend"}


def test_attributes_and_their_values(country: list[LocalArea]) -> None:
    first = get(f"{BASE}/attributes")[0]
    values = get(first["values"])
    assert values["count"] > 0
    geography = values["values"][0]["geography"]
    of_one = rows(first["values"], geography=geography)
    assert {row["geography"] for row in of_one} == {geography}


def test_boundaries_are_geojson(country: list[LocalArea]) -> None:
    geography = next(each for each in get(f"{BASE}/geographies") if each["kind"] == KIND)
    answer = Client().get(geography["boundaries"])
    assert answer["Content-Type"] == "application/geo+json"
    assert len(json.loads(answer.content)["features"]) == geography["areas"]


def test_a_geography_without_boundaries_says_so(country: list[LocalArea]) -> None:
    Boundary.objects.filter(place__geography__key="TMC").delete()
    answer = Client().get(f"{BASE}/boundaries/TMC")
    assert answer.status_code == 404
    assert answer.json()["problems"][0]["what"] == "No boundaries of TMC were loaded."


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/nowhere/areas",
        "/api/v1/no/such/call",
        f"{BASE}/areas/{KIND}/T999999",
        f"{BASE}/attributes/happiness",
        f"{BASE}/boundaries/XX99",
    ],
)
def test_what_is_not_there_is_said_so(country: list[LocalArea], address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 404
    assert set(answer.json()["problems"][0]) == {"place", "what", "mend"}


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ({"on": "0"}, "on"),
        ({"on": "2025-02-30"}, "on"),
        ({"onn": "2025-02-01"}, "onn"),
        ({"page": "0"}, "page"),
        ({"per_page": "501"}, "per_page"),
        ({"kind": "a\x00b"}, "kind"),
        ({"role": "comparison"}, "role"),
        ({"format": "xml"}, "format"),
    ],
)
def test_a_mistake_is_named(country: list[LocalArea], asked: dict[str, str], place: str) -> None:
    answer = Client().get(f"{BASE}/areas", asked)
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["place"] == place


class TestReading:
    def test_any_site_may_read(self, country: list[LocalArea]) -> None:
        for address in ("/api/v1/countries", "/api/v1/openapi.json", "/api/v1/nowhere/areas"):
            assert Client().get(address)["Access-Control-Allow-Origin"] == "*"

    def test_what_was_kept_is_not_sent_again(self, country: list[LocalArea]) -> None:
        first = Client().get("/api/v1/countries")
        again = Client().get("/api/v1/countries", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["Access-Control-Allow-Origin"] == "*"
        assert "max-age=300" in first["Cache-Control"]

    def test_answers_set_no_cookie_and_depend_on_none(self, country: list[LocalArea]) -> None:
        answer = Client().get("/api/v1/countries")
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")

    def test_nothing_can_be_changed(self, country: list[LocalArea]) -> None:
        for method in ("post", "put", "patch", "delete"):
            assert getattr(Client(), method)(f"{BASE}/areas").status_code == 405


def test_the_page_for_people_lists_every_call(country: list[LocalArea]) -> None:
    page = Client().get("/api/", follow=True)
    for address in Client().get("/api/v1/openapi.json").json()["paths"]:
        assert address in page.content.decode()
    for call in page.context["calls"]:
        if call.leads:
            assert Client().get(call.example).status_code == 200, call.example
    # Nothing is released here, and a call that writes is shown, never followed.
    assert not any(call.leads for call in page.context["calls"] if "{reference}" in call.address)
    assert sum(call.leads for call in page.context["calls"]) > 10
    assert Client().get("/api/v1/")["Location"] == "/api/"


def test_the_page_for_people_says_how_a_return_is_sent(db: None) -> None:
    sending = next(call for call in Client().get("/api/").context["calls"] if call.method == "POST")
    assert sending.needs_key
    assert not sending.leads
    assert "text/csv" in sending.takes
    assert {each.name for each in sending.parameters} == {"submit", "Idempotency-Key"}


def test_the_description_is_openapi_3_1(db: None) -> None:
    assert Client().get("/api/v1/openapi.json").json()["openapi"] == "3.1.0"
