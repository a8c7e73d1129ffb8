"""Figures that are signed off: the latest, as they stood on a day, and for whom."""

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from ithrive.areas.membership import MemberRole
from ithrive.measures import Cell, CellState, FigureKey
from ithrive.periods import Quarter
from ithrive.problems import NotAllowed
from ithrive.returns import ReturnedFigure
from ithrive.web.accounts.models import Person
from ithrive.web.accounts.reach import PersonsReach
from ithrive.web.areas.models import LocalArea, Membership
from ithrive.web.history.record import Command
from ithrive.web.returns.actions.past import PastReturn, PastVersion, bring_in_returns
from ithrive.web.returns.models import QuarterlyReturn
from ithrive.web.returns.queries import figures_of, reasons_of, returns
from tests.cast import Cast
from tests.web.returns.scenes import day

STARTED, WAITED = FigureKey("H3", "started"), FigureKey("H3", "median-days")
FIRST, NEXT = Quarter(2025, 1), Quarter(2025, 2)
COMMAND = Command("a test")


def reach(person: Person) -> PersonsReach:
    return PersonsReach(person, day("2026-01-01"), proved_second_factor=lambda: False)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def version(signed_off: str, number: int, reason: str = "", because: str = "") -> PastVersion:
    figures = {
        STARTED: ReturnedFigure(Cell.of(number), reason),
        WAITED: ReturnedFigure(Cell.without(CellState.SUPPRESSED)),
    }
    return PastVersion(figures, at(signed_off), at(signed_off), resubmitted_because=because)


def past(area: LocalArea, quarter: Quarter, *versions: PastVersion) -> PastReturn:
    return PastReturn(area, quarter, quarter.ends, quarter.ends, versions)


@pytest.fixture
def two_vintages(cast: Cast) -> Cast:
    """Alderbrook said 30 in May 2025, and 33 in August; Brackenford said 7."""
    again = version("2025-08-01T12:00", 33, "Two teams were left out", "Late records")
    bring_in_returns(
        returns=[
            past(cast.alderbrook, FIRST, version("2025-05-01T12:00", 30), again),
            past(cast.alderbrook, NEXT, version("2025-08-02T12:00", 0)),
            past(cast.brackenford, FIRST, version("2025-05-03T12:00", 7)),
        ],
        by=COMMAND,
    )
    return cast


def test_the_latest_figures_are_those_of_the_version_in_force(two_vintages: Cast) -> None:
    told = figures_of(reach(two_vintages.pat))
    assert told[two_vintages.alderbrook.pk, FIRST][STARTED] == Cell.of(33)
    assert told[two_vintages.alderbrook.pk, NEXT][STARTED] == Cell.of(0)
    assert told[two_vintages.brackenford.pk, FIRST][WAITED] == Cell.without(CellState.SUPPRESSED)


def test_as_at_a_day_the_figures_are_what_was_signed_off_by_then(two_vintages: Cast) -> None:
    told = figures_of(reach(two_vintages.pat), as_at=day("2025-05-02"))
    assert {where: cells[STARTED] for where, cells in told.items()} == {
        (two_vintages.alderbrook.pk, FIRST): Cell.of(30)
    }


def test_a_count_comes_back_as_a_whole_number(two_vintages: Cast) -> None:
    cell = figures_of(reach(two_vintages.pat))[two_vintages.alderbrook.pk, FIRST][STARTED]
    assert isinstance(cell.number, int)


def test_figures_can_be_asked_for_by_area_measure_and_quarter(two_vintages: Cast) -> None:
    pat = reach(two_vintages.pat)
    assert set(figures_of(pat, [two_vintages.brackenford])) == {(two_vintages.brackenford.pk, FIRST)}
    assert set(figures_of(pat, quarters=[NEXT])) == {(two_vintages.alderbrook.pk, NEXT)}
    assert figures_of(pat, measures=["H4"])[two_vintages.alderbrook.pk, FIRST] == {}


def test_the_reason_travels_with_the_figure(two_vintages: Cast) -> None:
    told = reasons_of(reach(two_vintages.pat))
    assert told == {(two_vintages.alderbrook.pk, FIRST): {STARTED: "Two teams were left out"}}


def test_an_areas_people_see_the_figures_of_their_own_area_alone(two_vintages: Cast) -> None:
    assert {area for area, _ in figures_of(reach(two_vintages.ada))} == {two_vintages.alderbrook.pk}
    assert {area for area, _ in figures_of(reach(two_vintages.cam))} == {two_vintages.brackenford.pk}
    assert figures_of(reach(two_vintages.dan)) == {}


def test_returns_of_a_comparison_site_are_known_to_its_people_and_to_evaluators(two_vintages: Cast) -> None:
    Membership.objects.create(
        area=two_vintages.alderbrook, role=MemberRole.COMPARISON, starts=FIRST.starts, ends=NEXT.starts
    )

    def known(person: Person) -> list[Quarter]:
        rows = returns(reach(person)).filter(area=two_vintages.alderbrook)
        return [each.quarter for each in rows.order_by("quarter_starts")]

    assert known(two_vintages.mia) == known(two_vintages.eve) == [FIRST, NEXT]
    assert known(two_vintages.pat) == known(two_vintages.col) == [NEXT]


@pytest.mark.parametrize("areas", [1, 6])
def test_the_number_of_queries_does_not_grow_with_areas_and_quarters(
    cast: Cast, areas: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many = [
        LocalArea.objects.create(
            country=cast.country, kind="local-area", code=f"X{n}", name=f"X{n}", starts=day("2024-01-01")
        )
        for n in range(areas)
    ]
    found = [
        past(area, quarter, version("2025-08-01T12:00", 5)) for area in many for quarter in (FIRST, NEXT)
    ]
    bring_in_returns(returns=found, by=COMMAND)
    who = reach(cast.eve)
    with django_assert_num_queries(3):  # the roles of the person, the versions, the figures
        assert len(figures_of(who)) == 2 * areas
    assert QuarterlyReturn.objects.count() == 2 * areas


def test_a_return_cannot_be_brought_in_twice(two_vintages: Cast) -> None:
    with pytest.raises(NotAllowed, match="Alderbrook has a return for 2024/25 Q4 already"):
        bring_in_returns(
            returns=[past(two_vintages.alderbrook, FIRST, version("2025-05-01T12:00", 1))], by=COMMAND
        )
