"""Figures across a merger, a division and what cannot be added. The areas are fictional."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithrive.areas import Country, Gazetteer, Geography, Place
from ithrive.areas.gazetteer import Link
from ithrive.measures import Cell, CellState, total
from ithrive.problems import BadInput
from ithrive.returns.published import PublishedFigure, PublishedFigures, rebased
from ithrive.returns.published.figures import state_and_number

# In 2021 areas 90A and 90B became 91N; 90C stayed; 90D was divided between 91E and 91F.
GAZETTEER = Gazetteer(
    country=Country("farland", "Farland", fictional=True),
    geographies=(
        Geography("G20", "ccg", "Areas, 2020", date(2020, 4, 1), date(2021, 4, 1)),
        Geography("G21", "ccg", "Areas, 2021", date(2021, 4, 1)),
    ),
    places=(
        *(Place("G20", f"E{code}", f"Old {code}", code) for code in ("90A", "90B", "90C", "90D")),
        *(Place("G21", f"E{code}", f"New {code}", code) for code in ("91N", "90C", "91E", "91F")),
    ),
    links=(
        Link("G20", "E90A", "G21", "E91N", 1, 0.6, "people"),
        Link("G20", "E90B", "G21", "E91N", 1, 0.4, "people"),
        Link("G20", "E90C", "G21", "E90C", 1, 1, "people"),
        Link("G20", "E90D", "G21", "E91E", 0.5, 1, "people"),
        Link("G20", "E90D", "G21", "E91F", 0.5, 1, "people"),
    ),
)
CELLS = {"90A": Cell.of(10), "90B": Cell.of(20), "90C": Cell.of(30), "90D": Cell.of(40)}
cells = st.one_of(
    st.integers(0, 10_000).map(Cell.of),
    st.sampled_from([Cell.without(CellState.SUPPRESSED), Cell.without(CellState.NOT_SUBMITTED)]),
)


def figure(area: str, cell: Cell, *, unit: str = "number", kind: str = "ccg") -> PublishedFigure:
    state, number = state_and_number(cell)
    start, end = date(2020, 4, 1), date(2020, 6, 30)
    return PublishedFigure(
        *("s", "r", "", "m", "M", unit, "", "", kind, "", area, area, start, end, state, number)
    )


def on_2021(*figures: PublishedFigure) -> dict[str, tuple[str, float | None]]:
    moved = rebased(PublishedFigures.of(figures), GAZETTEER, "G21")
    return {each.area: (each.state, each.number) for each in moved.figures}


def test_counts_of_merged_areas_are_added_up_and_say_so() -> None:
    moved = rebased(PublishedFigures.of(figure(*each) for each in CELLS.items()), GAZETTEER, "G21")
    newmere = next(each for each in moved.figures if each.area == "91N")
    assert (newmere.cell, newmere.geography, newmere.area_name) == (Cell.of(30), "G21", "New 91N")
    assert newmere.note.startswith("sum of 90A, 90B; each rounded")
    assert moved.added == 1


def test_an_area_that_stayed_keeps_its_figure() -> None:
    assert on_2021(*(figure(*each) for each in CELLS.items()))["90C"] == ("value", 30.0)


def test_a_divided_area_is_refused_with_the_reason() -> None:
    moved = rebased(PublishedFigures.of(figure(*each) for each in CELLS.items()), GAZETTEER, "G21")
    assert {each.state for each in moved.figures if each.area in {"91E", "91F"}} == {"not applicable"}
    assert "2 figures cannot be had there. An area was divided" in moved.findings[0].what


@pytest.mark.parametrize("unit", ["percent", "share of 1", "days", "weeks", "rate"])
def test_averages_and_shares_of_merged_areas_are_refused(unit: str) -> None:
    found = on_2021(*(figure(*each, unit=unit) for each in CELLS.items()))
    assert found["91N"] == ("not applicable", None)
    assert found["90C"] == ("value", 30.0)


def test_a_part_that_was_not_published_is_no_nought() -> None:
    found = on_2021(*(figure(*each) for each in CELLS.items() if each[0] != "90B"))
    assert found["91N"] == ("not applicable", None)


@settings(max_examples=25)
@given(cells, cells)
def test_a_sum_of_parts_is_the_sum_of_cells(one: Cell, other: Cell) -> None:
    found = on_2021(figure("90A", one), figure("90B", other), figure("90C", Cell.of(1)))
    assert found["91N"] == state_and_number(total([one, other]))


def test_figures_restated_on_later_areas_are_not_taken_for_figures_of_their_day() -> None:
    """The dashboard's history is on later areas than those of its dates."""
    found = on_2021(figure("91N", Cell.of(7)), figure("91E", Cell.of(8)))
    assert found == {"91N": ("value", 7.0), "91E": ("value", 8.0)}


def test_the_country_and_people_of_nowhere_stay_as_they_are() -> None:
    found = on_2021(
        figure("England", Cell.of(99), kind="country"),
        figure("UNKNOWN", Cell.of(3)),
        figure("90C", Cell.of(1)),
    )
    assert (found["England"], found["UNKNOWN"]) == (("value", 99.0), ("value", 3.0))


def test_codes_of_no_geography_are_reported() -> None:
    moved = rebased(PublishedFigures.of([figure("ZZZ", Cell.of(1))]), GAZETTEER, "G21")
    assert len(moved.figures) == 0
    assert "codes are of no one geography" in moved.findings[0].what


def test_an_unknown_geography_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadInput, match=r"“G99” is no geography\. Use one of G20, G21"):
        rebased(PublishedFigures.of([figure("90A", Cell.of(1))]), GAZETTEER, "G99")
    with pytest.raises(BadInput, match="No figure is of areas"):
        rebased(PublishedFigures.of([figure("England", Cell.of(1), kind="country")]), GAZETTEER, "G21")
