"""The spread map: what it shows to whom, on which areas, and what can be taken away."""

import csv
import gzip
import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.loading import load
from ithrive.areas.membership import MemberRole
from ithrive.tables import read_csv
from ithrive.web.areas.models import LocalArea, Membership, Support
from ithrive.web.areas.store import store
from ithrive.web.history.record import Command
from tests.cast import Cast, signed_in
from tests.web.areas.squares import squares

LOAD = Command("areas load")
MAP = "/areas/squares/map/"
ON = "on=2021-06-01"
MANIFEST = Path(__file__).parents[3] / "docs" / "examples" / "england" / "manifest.toml"
pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> Gazetteer:
    gazetteer = squares()
    store(gazetteer, by=LOAD)
    return gazetteer


def area(code: str) -> LocalArea:
    return LocalArea.objects.get(country__slug="squares", code=code)


def joins(code: str, role: MemberRole = MemberRole.MEMBER) -> Membership:
    return Membership.objects.create(area=area(code), role=role, starts=date(2016, 1, 1))


def supports(code: str, day: date, days: str = "3") -> Support:
    return Support.objects.create(
        area=area(code), on=day, kind="coaching", days=days, given_by="Col Who", purpose="Private purpose"
    )


def read(address: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(address)
    assert answer.status_code == 200, address
    return str(answer.content, "utf-8")


def table(address: str, client: Client | None = None) -> dict[str, dict[str, str]]:
    """The CSV of a map, by code."""
    text = read(address.replace("/map/?", "/map/map.csv?"), client)
    return {row["code"]: row for row in csv.DictReader(io.StringIO(text))}


def shown(address: str, client: Client | None = None) -> dict[str, str]:
    return {code: row["shown"] for code, row in table(address, client).items()}


def test_every_area_is_on_the_map_in_the_list_and_in_the_table(country: Gazetteer) -> None:
    page = read(f"{MAP}?boundaries=SQ15")
    for code in ("S001", "S002", "S003", "S004"):
        path = f'href="/areas/squares/square/{code}/"'
        assert page.count(path) == 3, code
    assert page.count("<svg") > 1
    assert 'aria-label="Square S003: Not a member"' in page


def test_membership_of_then_is_shown_on_the_areas_of_now(country: Gazetteer) -> None:
    joins("S001")
    assert shown(f"{MAP}?boundaries=SQ20&{ON}") == {
        "S900": "Member in part (50%)",
        "S003": "Not a member",
        "S004": "Not a member",
    }


def test_areas_that_did_not_hold_on_the_day_are_said_to_be_so(country: Gazetteer) -> None:
    assert "These areas held 1 April 2015 to 1 April 2020" in read(f"{MAP}?boundaries=SQ15&{ON}")
    assert "These areas held" not in read(f"{MAP}?boundaries=SQ20&{ON}")
    assert "These areas held" not in read(f"{MAP}?boundaries=SQ15&show=height&{ON}")


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        ("boundaries=XX", "Areas: choose one of the answers in the list"),
        ("show=purpose", "Show: choose one of the answers in the list"),
        ("layout=globe", "Drawn as: choose one of the answers in the list"),
        ("on=31-31-2020", "On the day: enter a real date"),
        ("on=9999-01-01", "On the day: enter a date between 1900 and 2100"),
    ],
)
def test_a_bad_question_is_named_and_the_map_is_drawn_all_the_same(
    country: Gazetteer, question: str, problem: str
) -> None:
    page = read(f"{MAP}?{question}")
    assert "There is a problem" in page
    assert problem in page
    assert "Square S900" in page


def test_the_skip_link_passes_the_map(country: Gazetteer) -> None:
    page = read(MAP)
    assert 'href="#areas-by-colour"' in page
    assert page.index('href="#areas-by-colour"') < page.index("<svg") < page.index('id="areas-by-colour"')


def test_hexagons_serve_where_no_boundaries_were_loaded(country: Gazetteer) -> None:
    page = read(f"{MAP}?boundaries=SQ20&layout=land")
    assert "Each hexagon stands for about" in page


def test_a_country_with_names_alone_has_its_list_and_table(cast: Cast) -> None:
    page = read("/areas/thornmere/map/")
    assert "no map can be drawn" in page
    assert page.count('href="/areas/thornmere/local-area/T001/"') == 2
    assert Client().get("/areas/thornmere/map/map.svg").status_code == 404
    assert "T001" in read("/areas/thornmere/map/map.csv")


def test_everybody_sees_the_days_of_support_but_not_what_for_or_by_whom(country: Gazetteer) -> None:
    supports("S003", date(2021, 5, 1))
    supports("S004", date(2019, 5, 1))
    address = f"{MAP}?show=support&{ON}"
    assert shown(address) == {"S900": "None recorded", "S003": "3 days", "S004": "None recorded"}
    for text in (read(address), read(address.replace("map/?", "map/map.csv?"))):
        assert "Private purpose" not in text
        assert "Col Who" not in text
        assert "oaching" not in text


def test_the_last_contact_is_for_those_who_work_with_an_area(cast: Cast, country: Gazetteer) -> None:
    supports("S003", date(2021, 5, 1))
    address = f"{MAP}?show=last-contact&{ON}"
    refused = read(address)
    assert "Sign in with such a role to see it" in refused
    assert "Role in the Community of Practice on 1 June 2021" in refused
    assert shown(address, signed_in(cast.pat))["S003"] == "1 May 2021"
    # Ada works with an area of another country, and sees nothing of these.
    assert set(shown(address, signed_in(cast.ada)).values()) == {"Not shown to you"}


def test_an_attribute_is_shown_in_bands_and_missing_values_are_not_available(country: Gazetteer) -> None:
    assert shown(f"{MAP}?boundaries=SQ15&show=height") == {
        "S001": "0",
        "S002": "1",
        "S003": "Not available",
        "S004": "3",
    }


def test_comparison_sites_are_shown_to_evaluators_alone_in_page_and_every_download(
    cast: Cast, country: Gazetteer
) -> None:
    joins("S003", MemberRole.COMPARISON)
    page = f"{MAP}?boundaries=SQ15&{ON}"
    files = [page.replace("/map/?", f"/map/map.{ending}?") for ending in ("csv", "geojson", "svg")]
    for name, person in (("", None), *cast.everyone().items()):
        client = signed_in(person)
        for address in (page, *files):
            assert ("omparison" in read(address, client)) == (name == "eve"), (name, address)
    evaluator = signed_in(cast.eve)
    assert "Confidential to evaluators" in read(page, evaluator)
    for address in (*files, page.replace("/map/?", "/map/map.png?")):
        assert "-confidential." in evaluator.get(address)["Content-Disposition"]
        assert "-confidential." not in Client().get(address)["Content-Disposition"]
    assert {row["confidential_to"] for row in table(page, evaluator).values()} == {"evaluators"}


def test_no_cache_keeps_the_page_of_one_reader_for_another(cast: Cast, country: Gazetteer) -> None:
    for address in (MAP, f"{MAP}map.csv", "/areas/squares/", "/areas/squares/coverage/", "/"):
        signed = signed_in(cast.eve).get(address)
        assert "Cookie" in signed["Vary"]
        assert {"private", "no-store"} <= set(signed["Cache-Control"].split(", "))
        assert "Cookie" in Client().get(address)["Vary"]


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("geojson", "application/geo+json"),
        ("svg", "image/svg+xml"),
        ("png", "image/png"),
    ],
)
def test_downloads_say_what_they_are_in_their_name(country: Gazetteer, ending: str, kind: str) -> None:
    answer = Client().get(f"{MAP}map.{ending}?boundaries=SQ15&{ON}")
    layout = "land-" if ending in {"svg", "png"} else ""
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"] == (
        f'attachment; filename="squares-role-sq15-{layout}2021-06-01.{ending}"'
    )


def test_an_unknown_kind_of_download_is_not_found(country: Gazetteer) -> None:
    assert Client().get(f"{MAP}map.pdf").status_code == 404


def test_the_csv_can_be_read_again(country: Gazetteer) -> None:
    rows = read_csv(Client().get(f"{MAP}map.csv?boundaries=SQ15").content, name="map.csv", needs=("code",))
    assert [row.cells["code"] for row in rows] == ["S001", "S002", "S003", "S004"]


def test_the_geojson_has_the_outlines_with_the_facts(country: Gazetteer) -> None:
    joins("S003")
    found = json.loads(read(f"{MAP}map.geojson?boundaries=SQ15&{ON}"))
    facts = {each["id"]: each["properties"]["shown"] for each in found["features"]}
    assert facts == {"S001": "Not a member", "S002": "Not a member", "S003": "Member", "S004": "Not a member"}
    assert {each["geometry"]["type"] for each in found["features"]} == {"Polygon"}


def test_the_picture_stands_alone_with_title_legend_and_attribution(country: Gazetteer) -> None:
    svg = read(f"{MAP}map.svg?boundaries=SQ15&{ON}")
    text = " ".join(fromstring(svg).itertext())
    assert "Squares (fictional): Role in the Community of Practice on 1 June 2021" in text
    assert "Not a member" in text
    assert "Open Government Licence" in text
    assert "<style" not in svg
    assert "style=" not in svg


def test_the_png_is_a_picture(country: Gazetteer) -> None:
    assert Client().get(f"{MAP}map.png").content.startswith(b"\x89PNG")


def queries(address: str, client: Client) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


@pytest.mark.parametrize(
    "question", ["", "?layout=hexagons", "?show=support", "?show=height", "?show=last-contact"]
)
def test_queries_do_not_grow_with_areas_members_or_support(cast: Cast, question: str) -> None:
    client = signed_in(cast.pat)
    store(squares(10), by=LOAD)
    few = queries(MAP + question, client)
    store(squares(106), by=LOAD)
    for number in range(3, 60):
        joins(f"S{number:03}")
        supports(f"S{number:03}", timezone.localdate() - timedelta(days=number))
    assert queries(MAP + question, client) == few


@pytest.mark.django_db
def test_a_page_with_the_map_of_england_weighs_little(shared_data: Path, settings: Any) -> None:
    """209 areas of 2015, land and hexagons: at most 150 kB of HTML and SVG on the wire."""
    store(load(MANIFEST), by=LOAD)
    for question in ("boundaries=CCG15", "boundaries=CCG15&layout=hexagons", "boundaries=CCG15&show=support"):
        answer = Client().get(f"/areas/england/map/?{question}")
        assert answer.content.count(b'href="/areas/england/ccg/') == 3 * 209
        assert len(gzip.compress(answer.content)) <= 150_000
    assert b"are invented" not in answer.content  # no demonstration here
    assert b"The areas of England are real" in answer.content
    assert b"Source: Office for National Statistics" in answer.content


def test_hexagons_of_areas_without_boundaries_say_that_they_claim_no_place(client: Client) -> None:
    store(squares(boundaries=False), by=LOAD)
    page = client.get(f"{MAP}?boundaries=SQ15").content.decode()
    assert "No boundary is known of 4 areas: where the hexagons stand says nothing of where they lie." in page
