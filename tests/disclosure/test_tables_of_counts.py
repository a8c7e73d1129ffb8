import pytest

from ithrive.disclosure import TOTAL, Cell, CellState, CountTable, Dimension, Sum
from ithrive.disclosure.cells import NOT_APPLICABLE, NOT_SUBMITTED, SUPPRESSED, WITHHELD
from ithrive.problems import BadInput

AREA = Dimension.flat("area", ["A", "B"])


@pytest.mark.parametrize(
    ("state", "number"),
    [
        (CellState.VALUE, None),
        (CellState.VALUE, 0),
        (CellState.VALUE, -1),
        (CellState.ZERO, None),
        (CellState.ZERO, 3),
        (CellState.SUPPRESSED, 3),
        (CellState.NOT_SUBMITTED, 0),
    ],
)
def test_a_state_holds_only_what_it_means(state: CellState, number: int | None) -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        Cell(state, number)


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([3, 4], Cell.of(7)),
        ([0, 0], Cell.of(0)),
        ([3, NOT_APPLICABLE], Cell.of(3)),
        ([NOT_APPLICABLE, NOT_APPLICABLE], NOT_APPLICABLE),
        ([3, NOT_SUBMITTED], NOT_SUBMITTED),
        ([SUPPRESSED, NOT_SUBMITTED], SUPPRESSED),
        ([SUPPRESSED, WITHHELD], WITHHELD),
    ],
)
def test_a_sum_with_a_missing_part_is_not_a_sum(parts: list[Cell | int], whole: Cell) -> None:
    table = CountTable.of_parts("m", (AREA,), dict(zip([("A",), ("B",)], parts, strict=True)))
    assert table.cells[TOTAL,] == whole


def test_totals_of_regions_and_of_everything_are_worked_out() -> None:
    area = Dimension.grouped("area", {"North": ["A", "B"], "South": ["C"]})
    table = CountTable.of_parts("m", (area,), {("A",): 1, ("B",): 2, ("C",): 4})
    assert {where[0]: cell.number for where, cell in table.cells.items()} == {
        "A": 1,
        "B": 2,
        "C": 4,
        "North": 3,
        "South": 4,
        "Total": 7,
    }
    assert area.categories == ("A", "B", "C", "North", "South", "Total")
    assert area.leaves == ("A", "B", "C")


def test_a_total_has_the_same_name_in_every_table_that_shows_it() -> None:
    by_grouping = CountTable.of_parts("m", (AREA, Dimension.flat("grouping", ["a"])), _ones("a"))
    by_sex = CountTable.of_parts("m", (Dimension.flat("sex", ["f"]), AREA), {("f", "A"): 1, ("f", "B"): 1})
    assert by_grouping.name(("A", TOTAL)) == by_sex.name((TOTAL, "A")) == ("m", "area=A")


def test_what_the_whole_table_has_in_common_is_part_of_every_name() -> None:
    table = CountTable.of_parts("m", (AREA,), {("A",): 1, ("B",): 1}, {"period": "2024 Q1"})
    assert table.name(("A",)) == ("m", "area=A", "period=2024 Q1")


@pytest.mark.parametrize("cells", [{("A",): 1, ("B",): 2}, {("A",): 1, ("B",): 2, ("C",): 3, (TOTAL,): 3}])
def test_a_table_has_a_cell_for_every_combination_and_no_other(cells: dict[tuple[str], int]) -> None:
    with pytest.raises(BadInput, match=r"Total: is missing|C: is not among"):
        CountTable("m", (AREA,), {where: Cell.of(count) for where, count in cells.items()})


@pytest.mark.parametrize(
    ("a", "b", "whole"), [(3, 4, 8), (3, 4, 6), (3, NOT_SUBMITTED, 2), (3, NOT_APPLICABLE, 4)]
)
def test_a_total_that_its_parts_do_not_make_is_refused(a: int, b: Cell | int, whole: int) -> None:
    with pytest.raises(BadInput, match="its parts add up to"):
        _given(a, b, Cell.of(whole))


@pytest.mark.parametrize("whole", [Cell.of(3), Cell.of(9), NOT_SUBMITTED])
def test_a_total_may_hold_what_a_missing_part_does_not_say(whole: Cell) -> None:
    assert _given(3, NOT_SUBMITTED, whole).cells[TOTAL,] == whole


@pytest.mark.parametrize(
    ("name", "sums"),
    [
        ("area", ()),
        ("area", (Sum(TOTAL, ()),)),
        ("", (Sum(TOTAL, ("A",)),)),
        ("a=b", (Sum(TOTAL, ("A",)),)),
        ("area", (Sum(TOTAL, ("A", "A")),)),
        ("area", (Sum("A", ("A", "B")),)),
        ("area", (Sum("A", ("B",)), Sum("B", ("A",)))),
    ],
)
def test_a_dimension_that_makes_no_sense_is_refused(name: str, sums: tuple[Sum, ...]) -> None:
    with pytest.raises(BadInput, match="The dimension"):
        Dimension(name, sums)


def _ones(grouping: str) -> dict[tuple[str, ...], Cell | int]:
    return {("A", grouping): 1, ("B", grouping): 1}


def _given(a: Cell | int, b: Cell | int, whole: Cell) -> CountTable:
    cells = [Cell.of(each) if isinstance(each, int) else each for each in (a, b)]
    return CountTable("m", (AREA,), {("A",): cells[0], ("B",): cells[1], (TOTAL,): whole})
