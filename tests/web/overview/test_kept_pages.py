"""A finished page is given again to those who are not signed in, until anything at all has changed."""

from datetime import date

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from ithrive.web.history.record import Command, record
from ithrive.web.overview.kept_pages import Shelf
from tests.cast import Cast, signed_in

PAGE = "/areas/thornmere/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def room_for_pages(settings) -> None:
    settings.KEPT_PAGES_BYTES = 1_000_000


def something_changes() -> None:
    with transaction.atomic():
        record(by=Command("test"), action="test", subject="test", summary="Something changed.")


def test_the_same_page_asked_again_costs_one_query(cast: Cast, django_assert_num_queries) -> None:
    client = Client()
    first = client.get(PAGE)
    with django_assert_num_queries(1):
        again = client.get(PAGE)
    assert again.content == first.content
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert again.headers["X-Frame-Options"] == "DENY"


def test_any_change_makes_the_page_anew(cast: Cast) -> None:
    client = Client()
    before = client.get(PAGE)
    cast.alderbrook.places.update(name="Alderbrook renamed")
    cast.alderbrook.country.revision = "another"
    cast.alderbrook.country.save()
    assert client.get(PAGE).content == before.content
    something_changes()
    assert b"Alderbrook renamed" in client.get(PAGE).content


def test_a_new_day_makes_the_page_anew(cast: Cast, monkeypatch) -> None:
    client = Client()
    client.get(PAGE)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2031, 1, 1))
    assert b"2031" in client.get(PAGE).content


def test_another_address_is_another_page(cast: Cast) -> None:
    client = Client()
    assert client.get(PAGE).content != client.get(f"{PAGE}?on=1990-01-01").content


def test_whoever_carries_a_cookie_gets_a_page_of_their_own(cast: Cast) -> None:
    anonymous = Client()
    anonymous.get(PAGE)
    assert b"Ada" in signed_in(cast.ada).get(PAGE).content
    assert b"Ada" not in anonymous.get(PAGE).content


def test_a_page_that_sets_a_cookie_is_not_kept(db: None) -> None:
    first, second = (Client().get("/account/login/") for _ in range(2))
    assert first.cookies["csrftoken"].value != second.cookies["csrftoken"].value


def test_pages_that_were_refused_are_not_kept(cast: Cast) -> None:
    client = Client()
    assert [client.get("/areas/nowhere/").status_code for _ in range(2)] == [404, 404]


def test_the_page_asked_for_longest_ago_makes_room_for_another() -> None:
    shelf = Shelf(room=10)
    for key, words in (("a", b"aaaa"), ("b", b"bbbb")):
        shelf.put((key,), HttpResponse(words))
    assert shelf.get(("a",)) is not None
    shelf.put(("c",), HttpResponse(b"cccc"))
    assert shelf.get(("b",)) is None
    assert [shelf.get((key,)).content for key in "ac"] == [b"aaaa", b"cccc"]


def test_a_page_put_twice_takes_room_once() -> None:
    shelf = Shelf(room=10)
    for _ in range(5):
        shelf.put(("a",), HttpResponse(b"aaaa"))
    shelf.put(("b",), HttpResponse(b"bbbb"))
    assert shelf.get(("a",)).content == b"aaaa"


def test_a_page_is_compressed_for_those_who_take_it(cast: Cast) -> None:
    client = Client()
    plain, packed = client.get(PAGE), client.get(PAGE, headers={"Accept-Encoding": "gzip"})
    again = client.get(PAGE, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == again.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2
