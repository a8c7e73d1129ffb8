"""The coverage page: the sentence, its working, and links that go on saying the same."""

import csv
import io
import json
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.membership import MemberRole
from ithrive.web.areas.models import LocalArea, Membership
from ithrive.web.areas.store import store
from ithrive.web.areas.views.coverage import _a_year_before
from ithrive.web.history.record import Command
from tests.cast import Cast, signed_in
from tests.web.areas.squares import squares

LOAD = Command("areas load")
PAGE = "/areas/squares/coverage/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> Gazetteer:
    gazetteer = squares()
    store(gazetteer, by=LOAD)
    return gazetteer


def joins(
    code: str, starts: date = date(2016, 1, 1), role: MemberRole = MemberRole.MEMBER, ends: date | None = None
) -> None:
    area = LocalArea.objects.get(country__slug="squares", code=code)
    Membership.objects.create(area=area, role=role, starts=starts, ends=ends)


def read(address: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(address)
    assert answer.status_code == 200
    return str(answer.content, "utf-8")


def test_the_sentence_counts_areas_and_the_share_of_children(country: Gazetteer) -> None:
    joins("S001")
    joins("S003")
    assert "2 local areas, in which 50% of Squares" in read(f"{PAGE}?on=2021-01-01")


def test_the_same_share_comes_from_the_areas_of_any_vintage(country: Gazetteer) -> None:
    joins("S001")
    for key in ("SQ15", "SQ20", "REG"):
        assert "1 local area, in which 25% of Squares" in read(f"{PAGE}?on=2021-01-01&geography={key}")


def test_the_working_gives_every_area_and_adds_up(country: Gazetteer) -> None:
    joins("S001")
    text = read(f"{PAGE}working.csv?on=2021-01-01&geography=SQ20")
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(text))}
    assert {code: row["covered_people"] for code, row in rows.items()} == {
        "S900": "1800",
        "S003": "0",
        "S004": "0",
    }
    assert "Square S001" in rows["S900"]["members"]
    page = read(f"{PAGE}?on=2021-01-01&geography=SQ20")
    assert "Square S001 (member, 50%)" in page


def test_the_json_has_the_sentence_the_sum_the_sources_and_the_working(country: Gazetteer) -> None:
    joins("S003")
    found = json.loads(read(f"{PAGE}working.json?on=2021-01-01&ages=0-24"))
    assert found["sentence"].startswith("1 local area, in which 25%")
    assert (found["covered"], found["population"], found["fictional"]) == (2500, 10_000, True)
    assert found["sources"] == ["Squares, The Surveyor, 2020, Open Government Licence v3.0."]
    assert sum(area["covered_people"] for area in found["areas"]) == found["covered"]


def test_change_since_a_day_names_who_joined(country: Gazetteer) -> None:
    joins("S003")
    joins("S004", starts=date(2020, 9, 1))
    page = read(f"{PAGE}?on=2021-01-01&since=2020-06-01")
    assert "1,800 more children and young people" in page
    assert "What changed since 1 June 2020" in page
    assert "+1,800" in page


def test_without_an_earlier_day_there_is_no_change_to_speak_of(country: Gazetteer) -> None:
    joins("S003")
    page = read(f"{PAGE}?on=2021-01-01&since=2022-01-01")
    assert "What changed" not in page
    assert "than on" not in page


@pytest.mark.parametrize(
    ("ages", "people"), [("0-17", "7,200"), ("0-24", "10,000"), ("5-15", "4,400"), ("16", "400")]
)
def test_any_ages_can_be_asked_for(country: Gazetteer, ages: str, people: str) -> None:
    assert f"{people}" in read(f"{PAGE}?on=2021-01-01&ages={ages}")


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        ("ages=old", "“old” is not a band of ages."),
        ("ages=0-90", "single ages 0 to 24 are held"),
        ("on=soon", "On the day: enter a real date"),
        ("geography=XX", "Counted by: choose one of the answers in the list"),
        ("mid_year=1066", "Population of mid-year: choose one of the answers in the list"),
    ],
)
def test_what_cannot_be_answered_is_said_in_words(country: Gazetteer, question: str, problem: str) -> None:
    page = read(f"{PAGE}?{question}")
    assert "There is a problem" in page
    assert problem in page


def test_a_country_without_population_has_a_page_that_says_so(cast: Cast) -> None:
    page = read("/areas/thornmere/coverage/")
    assert "no figures are held for Thornmere" in page
    assert Client().get("/areas/thornmere/coverage/working.csv").status_code == 404


def test_the_link_to_the_figure_names_every_choice(country: Gazetteer) -> None:
    page = read(f"{PAGE}?on=2021-01-01")
    link = "?on=2021-01-01&amp;since=2020-01-01&amp;ages=0-17&amp;geography=SQ20&amp;mid_year=2020"
    assert f'href="{PAGE}{link}"' in page


def test_comparison_sites_leave_no_trace_even_for_evaluators(cast: Cast, country: Gazetteer) -> None:
    joins("S003")
    before = {
        name: read(f"{PAGE}?on=2021-01-01", signed_in(person)) for name, person in cast.everyone().items()
    }
    joins("S004", role=MemberRole.COMPARISON)
    for name, person in cast.everyone().items():
        after = read(f"{PAGE}?on=2021-01-01", signed_in(person))
        assert "omparison" not in after
        assert after.count("Square S004") == before[name].count("Square S004")
        assert "1 local area, in which 25%" in after


def test_queries_do_not_grow_with_areas_or_members() -> None:
    store(squares(10), by=LOAD)
    few = _queries()
    store(squares(106), by=LOAD)
    for number in range(3, 60):
        joins(f"S{number:03}")
    assert _queries() == few


def _queries() -> int:
    Client().get(PAGE)
    with CaptureQueriesContext(connection) as asked:
        Client().get(PAGE)
    return len(asked)


def test_a_year_before_a_leap_day_is_the_last_of_february() -> None:
    assert _a_year_before(date(2024, 2, 29)) == date(2023, 2, 28)
    assert _a_year_before(date(2024, 3, 31)) == date(2023, 3, 31)
