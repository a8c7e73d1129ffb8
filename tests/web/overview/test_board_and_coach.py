"""The national board and the coach's page: who is on them, in what order, and at what cost."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from ithrive.areas.fictional import thornmere
from ithrive.areas.membership import MemberRole
from ithrive.areas.support import SupportGiven, SupportKind
from ithrive.implementation import Evidence, Shows
from ithrive.web.areas.actions import record_support, set_membership
from ithrive.web.areas.models import Geography, LocalArea, Membership
from ithrive.web.areas.store import store
from ithrive.web.history.record import Command
from ithrive.web.implementation import actions
from ithrive.web.overview.board import Asked, board_page, board_rows, chosen
from ithrive.web.overview.whereabouts import whereabouts
from tests.cast import Cast, local_area, signed_in
from tests.web.returns.scenes import owed

TODAY = timezone.localdate()
TEXT = "=HYPERLINK(1)"


def weeks_ago(weeks: int) -> date:
    return TODAY - timedelta(weeks=weeks)


def joins(area: LocalArea, role: MemberRole = MemberRole.MEMBER, weeks: int = 60) -> None:
    set_membership(area=area, role=role, starts=weeks_ago(weeks), by=Command("test"))


def begins(area: LocalArea, *steps: str, weeks: int = 3) -> None:
    told = [Evidence("", step, Shows.BEGUN, weeks_ago(weeks), "a paper") for step in steps]
    actions.import_records(
        area=area, records=actions.Records(evidence=told), source="a test", by=Command("test")
    )


@pytest.fixture
def country(cast: Cast) -> dict[str, LocalArea]:
    """Alderbrook tests changes; Brackenford is silent in engagement; Coppice pauses; Dunmere left; Elder is a
    comparison site alone; Fen is a member and was studied as a comparison site."""
    geography = Geography.objects.get()
    named = {
        name: local_area(geography, code, name)
        for code, name in (("T003", "Coppice"), ("T004", "Dunmere"), ("T005", "Elder"), ("T006", "Fen"))
    }
    areas = {"Alderbrook": cast.alderbrook, "Brackenford": cast.brackenford, **named}
    joins(areas["Alderbrook"], MemberRole.ACCELERATOR)
    joins(areas["Brackenford"])
    joins(areas["Coppice"], MemberRole.PAUSED)
    joins(areas["Dunmere"], MemberRole.LEFT)
    joins(areas["Elder"], MemberRole.COMPARISON)
    joins(areas["Fen"], MemberRole.COMPARISON)
    joins(areas["Fen"], MemberRole.MEMBER, weeks=2)
    begins(areas["Alderbrook"], "testing-changes")
    begins(areas["Brackenford"], "engagement", weeks=50)
    return areas


def rows_shown(said: str) -> list[str]:
    """The names of the areas in the order of the board's table."""
    table = said.split("The areas</caption>")[1]
    return [part.split("</a>")[0].split(">")[-1] for part in table.split('scope="row"><a')[1:]]


def board(cast: Cast, who: str = "pat", query: str = "") -> str:
    answer = signed_in(getattr(cast, who)).get(f"/board/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("who", ["pat", "eve"])
def test_the_board_holds_who_takes_part_or_pauses_and_never_a_comparison_site(
    cast: Cast, country: dict[str, LocalArea], who: str
) -> None:
    for query in ("", "?warning=any", "?sort=region"):
        said = board(cast, who, query)
        assert "Elder" not in said
        assert "Dunmere" not in said
        assert "omparison" not in said
    assert sorted(rows_shown(board(cast, who))) == ["Alderbrook", "Brackenford", "Coppice", "Fen"]


def test_a_coach_sees_their_own_areas_on_the_board(cast: Cast, country: dict[str, LocalArea]) -> None:
    assert rows_shown(board(cast, "col")) == ["Alderbrook"]


def test_who_asks_for_attention_stands_first_and_whoever_pauses_is_left_alone(
    cast: Cast, country: dict[str, LocalArea]
) -> None:
    said = board(cast)
    assert rows_shown(said)[0] == "Brackenford"
    assert "Nothing dated since" in said
    assert "Coppice" not in rows_shown(board(cast, query="?warning=any"))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?phase=implementing", ["Alderbrook"]),
        ("?phase=none&sort=area", ["Coppice", "Fen"]),
        ("?sort=area", ["Alderbrook", "Brackenford", "Coppice", "Fen"]),
        ("?sort=-area", ["Fen", "Coppice", "Brackenford", "Alderbrook"]),
        ("?sort=-weeks", ["Brackenford", "Alderbrook", "Coppice", "Fen"]),
        ("?sort=weeks", ["Alderbrook", "Brackenford", "Coppice", "Fen"]),
        ("?sort=-phase", ["Alderbrook", "Brackenford", "Coppice", "Fen"]),
        ("?warning=stalled", ["Brackenford"]),
        ("?sort=nonsense&region=nowhere&warning=stalled", ["Brackenford"]),
    ],
)
def test_the_board_is_filtered_and_sorted_by_its_address(
    cast: Cast, country: dict[str, LocalArea], query: str, names: list[str]
) -> None:
    assert rows_shown(board(cast, query=query)) == names


def test_nothing_that_fits_is_said(cast: Cast, country: dict[str, LocalArea]) -> None:
    assert "No area fits." in board(cast, query="?phase=sustaining")


def test_a_heading_sorts_up_then_down(cast: Cast, country: dict[str, LocalArea]) -> None:
    assert 'scope="col" aria-sort="ascending"><a href="?sort=-area">' in board(cast, query="?sort=area")
    assert 'scope="col" aria-sort="descending"><a href="?sort=area">' in board(cast, query="?sort=-area")


def test_the_counts_are_of_the_whole_board_whatever_is_shown(
    cast: Cast, country: dict[str, LocalArea]
) -> None:
    rows = board_rows(whereabouts([country["Alderbrook"], country["Brackenford"]], TODAY), {})
    page = board_page(rows, Asked(phase="implementing"))
    assert [(each.name, each.areas) for each in page.counts if each.areas] == [
        ("Understanding, assessing and planning", 1),
        ("Implementing", 1),
    ]
    assert page.sentence == "2 areas on the board: 1 stalled, 1 worth a call."
    assert page.shown == "1 area shown."
    assert chosen(rows, Asked(region="x")) == []


def test_the_board_can_be_taken_away_safely(cast: Cast, country: dict[str, LocalArea]) -> None:
    LocalArea.objects.filter(pk=country["Fen"].pk).update(name=TEXT)
    client = signed_in(cast.pat)
    answer = client.get("/board/board.csv?sort=area&phase=none")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [row["Area"] for row in rows] == [f"'{TEXT}", "Coppice"]
    assert answer["Cache-Control"] == "private, no-store"
    book = load_workbook(io.BytesIO(client.get("/board/board.xlsx?sort=area").content))
    cells: list[Any] = [cell for (cell,) in book["Board"].iter_rows(max_col=1)]
    assert [cell.value for cell in cells][:2] == ["Area", f"'{TEXT}"]
    assert {cell.data_type for cell in cells} == {"s"}


def asked(cast: Cast, who: str, path: str) -> int:
    client = signed_in(getattr(cast, who))
    client.get(path)  # what a process keeps of the country is kept
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("path", ["/board/", "/board/board.csv", "/coach/"])
def test_a_hundred_areas_ask_the_database_no_more_than_ten(cast: Cast, path: str) -> None:
    store(thornmere(), by=Command("test"))
    areas = list(LocalArea.objects.filter(kind="local-area", ends=None).exclude(code__startswith="T0")[:106])
    assert len(areas) == 106
    few = many = 0
    for number, area in enumerate(areas, 1):
        Membership.objects.create(area=area, role="member", starts=weeks_ago(60))
        begins(area, "engagement", "testing-changes", weeks=number % 40)
        if number == 10:
            few = asked(cast, "pat", path)
    many = asked(cast, "pat", path)
    assert many == few
    assert len(rows_shown(board(cast))) == 106


# --- The coach


def test_a_coach_sees_who_is_stuck_what_is_due_and_the_work_beside_the_support(
    cast: Cast, country: dict[str, LocalArea]
) -> None:
    area = country["Alderbrook"]
    row = actions.choose_priority(area=area, title="One door", because="x", on=weeks_ago(5), by=cast.ada)
    actions.plan_action(priority=row, title="Agree it", owner="Jo", due_on=weeks_ago(1), by=cast.ada)
    for weeks, what in ((4, "After the choice"), (6, "Before any step")):
        given = SupportGiven("T001", weeks_ago(weeks), SupportKind.CALL, Decimal(1), "Col", what)
        record_support(area=area, given=given, by=cast.col)
    said = signed_in(cast.col).get("/coach/").content.decode()
    assert "1 overdue" in said
    assert "Agree it" in said
    assert "Call or email, 1 day: After the choice" in said
    assert "Before the first step" in said
    assert said.count("One door") == 1
    assert 'href="/areas/thornmere/local-area/T001/support/record/"' in said
    assert "Brackenford" not in said


def test_a_coach_is_told_of_returns_and_of_how_much_more_is_due(
    cast: Cast, country: dict[str, LocalArea]
) -> None:
    area = country["Alderbrook"]
    row = actions.choose_priority(area=area, title="One door", because="x", on=weeks_ago(5), by=cast.ada)
    for number in range(4):
        actions.plan_action(
            priority=row, title=f"Step {number}", owner="Jo", due_on=TODAY + timedelta(days=40), by=cast.ada
        )
    owed(area)
    said = signed_in(cast.col).get("/coach/").content.decode()
    assert "Figures for" in said
    assert "and 2 more" in said
    assert "Step 2" not in said


def test_the_programme_coaches_every_area_on_the_board(cast: Cast, country: dict[str, LocalArea]) -> None:
    said = signed_in(cast.pat).get("/coach/").content.decode()
    assert "4 areas: 1 stalled" in said
    assert said.index("Brackenford") < said.index("Coppice")
    assert "Elder" not in said
    assert "Nothing recorded" in said
