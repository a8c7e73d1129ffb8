"""Who reads which lines, and how a line reads."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from ithrive.web.history.models import Change
from ithrive.web.history.presenters import author, changes_table, said, values
from ithrive.web.history.reading import changes_about, names_of, readable
from ithrive.web.history.record import Command, record
from tests.cast import Cast, signed_in


@pytest.fixture
def told(cast: Cast) -> Cast:
    """One line about each: Alderbrook, Brackenford, a comparison site (Brackenford), and the programme."""
    with transaction.atomic():
        for words, area, secret in [
            ("Alderbrook line", cast.alderbrook.pk, ""),
            ("Brackenford line", cast.brackenford.pk, ""),
            ("Comparison line", cast.brackenford.pk, "evaluators"),
            ("Programme line", None, ""),
        ]:
            record(
                by=cast.ada if area else Command("areas load"),
                action=words.split()[0].lower(),
                subject="x",
                summary=words,
                area=area,
                confidential_to=secret,
            )
    return cast


READS = {
    "ada": {"Alderbrook"},
    "col": {"Alderbrook"},
    "cam": {"Brackenford"},
    "eve": {"Comparison"},
    "pat": {"Alderbrook", "Brackenford", "Programme"},
    "dan": {"Alderbrook", "Brackenford", "Programme"},
}


@pytest.mark.parametrize("name", READS)
def test_each_reads_the_lines_they_may(told: Cast, name: str) -> None:
    page = signed_in(told.everyone()[name]).get("/history/").content.decode()
    seen = {
        what for what in ("Alderbrook", "Brackenford", "Comparison", "Programme") if f"{what} line" in page
    }
    assert seen == READS[name]


def test_the_choices_tell_nothing_of_lines_that_may_not_be_read(told: Cast) -> None:
    page = signed_in(told.pat).get("/history/").content.decode()
    assert "comparison" not in page.lower()


def test_lines_are_found_by_area_person_and_action(told: Cast) -> None:
    client = signed_in(told.pat)
    for query, words in {
        f"area={told.alderbrook.pk}": "Alderbrook line",
        "by=ithrive+areas+load": "Programme line",
        "action=brackenford": "Brackenford line",
    }.items():
        page = client.get(f"/history/?{query}").content.decode()
        assert "1 change." in page
        assert words in page


def test_a_filter_that_is_not_offered_filters_nothing(told: Cast) -> None:
    assert "3 changes." in signed_in(told.pat).get("/history/?area=no-such").content.decode()


def test_the_history_of_one_area(told: Cast) -> None:
    def lines(*, secret: bool) -> list[str]:
        return [line.summary for line in changes_about(told.brackenford.pk, may_see_confidential=secret)]

    assert lines(secret=False) == ["Brackenford line"]
    assert lines(secret=True) == ["Comparison line", "Brackenford line"]
    assert readable([]).count() == 0


def test_people_are_named_while_they_have_an_account(cast: Cast) -> None:
    names = names_of([cast.ada.reference, "gone"])
    assert names == {cast.ada.reference: "Ada"}
    assert author(cast.ada.reference, names) == "Ada"
    assert author("gone", names) == "A former account (gone)"
    assert author("ithrive areas load", names) == "Command “ithrive areas load”"


def test_a_line_tells_what_differs() -> None:
    line = Change(
        before={"ends": None, "role": "member", "open": True}, after={"ends": "2026-03-01", "role": "member"}
    )
    assert values(line) == "ends: none → 2026-03-01; open: yes → none"
    assert values(Change()) == ""
    assert values(Change(after={"statements": ["a_1", "b_2"]})) == "statements: none → a_1, b_2"
    assert said(False) == "no"


def test_the_table_names_areas_only_where_it_covers_several() -> None:
    line = Change(
        at=datetime(2026, 7, 1, 11, tzinfo=UTC), by="gone", action="end a role", summary="It ended", area=7
    )
    assert len(changes_table([line], {})["head"]) == 5
    rows = changes_table([line], {}, {7: "Alderbrook"})["rows"]
    assert [cell["text"] for cell in rows[0]][:5] == [
        "1 July 2026, 12:00",
        "It ended",
        "A former account (gone)",
        "End a role",
        "Alderbrook",
    ]
