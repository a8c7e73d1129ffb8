"""The countries, the list of areas on a day, and the page of one area."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.membership import MemberRole
from ithrive.web.areas.models import LocalArea, Membership, Support
from ithrive.web.areas.presenters.area_list import usual_geography
from ithrive.web.areas.presenters.paths import own_pages
from ithrive.web.areas.store import store
from ithrive.web.history.record import Command
from tests.cast import Cast, signed_in
from tests.web.areas.squares import squares

LOAD = Command("areas load")
pytestmark = pytest.mark.django_db


def stored(gazetteer: Gazetteer) -> Gazetteer:
    store(gazetteer, by=LOAD)
    return gazetteer


def joins(
    code: str, role: MemberRole = MemberRole.MEMBER, starts: date | None = date(2016, 1, 1)
) -> Membership:
    area = LocalArea.objects.get(country__slug="squares", code=code)
    return Membership.objects.create(area=area, role=role, starts=starts)


def read(address: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(address)
    assert answer.status_code == 200
    return str(answer.content, "utf-8")


def queries(address: str) -> int:
    Client().get(address)  # what a process keeps was read before
    with CaptureQueriesContext(connection) as asked:
        Client().get(address)
    return len(asked)


ADDRESSES = ["/", "/areas/", "/areas/squares/", "/areas/squares/region/R1/", "/areas/squares/square/S900/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_queries_do_not_grow_with_the_number_of_areas(address: str) -> None:
    stored(squares(10))
    few = queries(address)
    stored(squares(106))
    for code in ("S003", "S004", "S005"):
        joins(code)
    assert queries(address) == few


def test_without_areas_the_pages_say_how_to_load_them() -> None:
    assert "ithrive areas load" in read("/areas/")
    assert "ithrive areas load" in read("/")


def test_the_list_is_of_the_day() -> None:
    stored(squares())
    before = read("/areas/squares/?on=2019-01-01")
    after = read("/areas/squares/?on=2021-01-01")
    assert "S001" in before
    assert "S900" not in before
    assert "S001" not in after
    assert "S900" in after


@pytest.mark.parametrize("search", ["square s003", "S003", "OS003"])
def test_areas_are_found_by_name_by_code_and_by_ods_code(search: str) -> None:
    stored(squares())
    page = read(f"/areas/squares/?on=2019-01-01&q={search}")
    assert "1 area with" in page
    assert "Square S003" in page
    assert "Square S004" not in page


def test_the_list_gives_role_and_children() -> None:
    stored(squares())
    joins("S003")
    page = read("/areas/squares/?on=2021-01-01")
    assert page.count(">Member<") == 1
    assert "1,800" in page  # one square: 100 people of each of 18 ages
    assert "3,600" in page  # two squares merged


def test_a_day_before_any_area_says_so_and_since_when_they_are_known() -> None:
    stored(squares())
    page = read("/areas/squares/?kind=square&on=1990-01-01")
    assert "There were none on 1 January 1990" in page
    assert "1 April 2015" in page


def test_bad_questions_are_named_and_the_usual_answer_stands_in() -> None:
    stored(squares())
    page = read("/areas/squares/?kind=nonsense&on=never&page=x")
    assert "There is a problem" in page
    assert "Kind of area: choose one of the answers in the list" in page
    assert "On the day: enter a real date" in page
    assert "Square S900" in page


def test_many_areas_come_in_pages() -> None:
    stored(squares(130))
    first, second = read("/areas/squares/"), read("/areas/squares/?page=2")
    assert "Square S003" in first
    assert "Square S130" not in first
    assert "Square S130" in second


def test_an_area_says_what_it_was_before() -> None:
    stored(squares())
    page = read("/areas/squares/square/S900/")
    assert "What it was before: Squares, 2015" in page
    assert page.count("50%") >= 2
    assert "The Row" in page


def test_an_area_says_what_it_became_and_that_it_is_no_more() -> None:
    stored(squares())
    page = read("/areas/squares/square/S001/")
    assert "It ended on 1 April 2020" in page
    assert "What it became: Squares, 2020" in page


def test_an_area_gives_its_population_with_the_working() -> None:
    stored(squares())
    page = read("/areas/squares/square/S900/")
    assert "3,600 people aged 0 to 17 at mid-2020." in page
    assert "5,000 people aged 0 to 24 at mid-2020." in page
    assert "Where this figure comes from" in page


def test_an_attribute_that_is_not_known_is_not_available_and_never_zero() -> None:
    stored(squares())
    page = read("/areas/squares/square/S003/")
    assert "Height" in page
    assert "Not available" in page


def test_names_through_time_are_listed() -> None:
    gazetteer = squares()
    places = tuple(
        replace(each, name="Third Square") if (each.geography, each.code) == ("SQ20", "S003") else each
        for each in gazetteer.places
    )
    stored(replace(gazetteer, places=places))
    page = read("/areas/squares/square/S003/")
    assert "Called Square S003" in page
    assert "Called Third Square" in page


def test_an_area_that_the_last_load_left_out_still_has_its_page() -> None:
    stored(squares(4))
    stored(squares(3))
    assert "Square S004" in read("/areas/squares/square/S004/")


@pytest.mark.parametrize(
    "address", ["/areas/nowhere/", "/areas/squares/square/S999/", "/areas/squares/region/S001/"]
)
def test_what_does_not_exist_is_not_found(address: str) -> None:
    stored(squares())
    assert Client().get(address).status_code == 404


def test_pages_work_for_a_country_of_which_only_names_are_known(cast: Cast) -> None:
    for address in ("/", "/areas/thornmere/", "/areas/thornmere/local-area/T001/"):
        assert "Alderbrook" in read(address) or address == "/"
    assert "No population is held" in read("/areas/thornmere/local-area/T001/")


def test_the_comparison_role_is_shown_to_evaluators_alone_and_marked(cast: Cast) -> None:
    stored(squares())
    joins("S003", MemberRole.COMPARISON)
    for address in ("/areas/squares/square/S003/", "/areas/squares/?on=2021-01-01"):
        seen = {name: read(address, signed_in(person)) for name, person in cast.everyone().items()}
        assert {name for name, page in seen.items() if "omparison" in page} == {"eve"}
        assert "omparison" not in read(address)
        assert "confidential" in seen["eve"]


def test_support_is_summed_for_those_who_work_with_the_area(cast: Cast) -> None:
    Support.objects.create(
        area=cast.alderbrook,
        on=date(2026, 1, 9),
        kind="coaching",
        days="1.5",
        given_by="Col",
        purpose="Private",
    )
    address = "/areas/thornmere/local-area/T001/"
    seen = {name: read(address, signed_in(person)) for name, person in cast.everyone().items()}
    assert {name for name, page in seen.items() if "1.5 days" in page} == set(seen) - {"cam"}
    assert "Direct support given" not in read(address)
    assert not any("Private" in page for page in seen.values())


def test_the_links_are_to_the_pages_that_a_person_may_open(cast: Cast) -> None:
    address = "/areas/thornmere/local-area/T001/"
    pages = [path for _, path in own_pages(address).values()]
    for person in (None, *cast.everyone().values()):
        client = signed_in(person)
        page = read(address, client)
        for each in pages:
            assert (f'href="{each}"' in page) == (client.get(each).status_code == 200), (person, each)


def test_a_fictional_country_is_marked_on_each_of_its_pages() -> None:
    stored(squares())
    for address in ("/", "/areas/", "/areas/squares/", "/areas/squares/square/S900/", "/areas/squares/map/"):
        page = read(address)
        assert ">Fictional<" in page
        assert "Squares is a fictional country" in page
        assert "Demonstration" in page


def test_a_real_country_beside_it_says_which_of_the_two_is_invented() -> None:
    stored(squares())
    real = squares(fictional=False)
    stored(replace(real, country=replace(real.country, slug="real", name="Realia")))
    page = read("/areas/real/")
    assert "The areas of Realia are real. This site also holds a demonstration" in page
    assert ">Fictional<" not in page
    assert "Open Government Licence v3.0. Source: The Surveyor." in page


def test_without_a_fictional_country_nothing_is_called_a_demonstration() -> None:
    stored(squares(fictional=False))
    assert "Demonstration" not in read("/areas/squares/")


def test_home_prefers_the_country_in_which_somebody_takes_part() -> None:
    real = squares(fictional=False)
    stored(replace(real, country=replace(real.country, slug="real", name="Realia")))
    stored(squares())
    assert "Realia today" in read("/")
    joins("S003")
    page = read("/")
    assert "Squares today" in page
    assert "1 local area, in which 25% of Squares" in page


def test_home_never_counts_comparison_sites_even_for_evaluators(cast: Cast) -> None:
    stored(squares())
    joins("S003", MemberRole.COMPARISON)
    joins("S004")
    assert "omparison" not in read("/", signed_in(cast.eve))


@pytest.mark.parametrize(
    ("day", "key"),
    [(date(2014, 1, 1), "SQ15"), (date(2019, 1, 1), "SQ15"), (date(2030, 1, 1), "SQ20")],
)
def test_the_usual_geography_is_that_of_the_day_or_the_nearest(day: date, key: str) -> None:
    gazetteer = squares()
    only_squares = replace(gazetteer, geographies=gazetteer.geographies[:2])
    assert usual_geography(only_squares, day).key == key
