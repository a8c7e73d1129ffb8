"""Arithmetic on figures: a result is a figure only where every part of it is."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithrive.measures import (
    OUR_MARKS,
    Cell,
    CellState,
    Comparison,
    cell_text,
    compare,
    difference,
    rate,
    read_cell,
    total,
)
from ithrive.problems import BadInput

MISSING = [state for state in CellState if state not in {CellState.VALUE, CellState.ZERO}]
counts = st.integers(min_value=0, max_value=10**12).map(Cell.of)
numbers = st.one_of(counts, st.floats(min_value=-1e12, max_value=1e12).map(Cell.of))
missing = st.sampled_from(MISSING).map(Cell.without)
cells = st.one_of(numbers, missing)


def added_by_hand(parts: list[Cell]) -> Cell:
    """The slow twin: exact fractions, and the states asked for one after another."""
    for state in ("not submitted", "withheld for quality", "suppressed", "not applicable"):
        if any(part.state.value == state for part in parts):
            return Cell.without(CellState(state))
    if not parts:
        return Cell.without(CellState.NOT_APPLICABLE)
    exact = sum((Fraction(part.number or 0) for part in parts), Fraction(0))
    return Cell.of(int(exact) if exact.denominator == 1 else float(exact))


@settings(deadline=None)
@given(st.lists(cells))
def test_a_sum_agrees_with_adding_by_hand(parts: list[Cell]) -> None:
    assert total(parts) == added_by_hand(parts)


@settings(deadline=None)
@given(st.lists(numbers), missing, st.lists(cells))
def test_a_sum_with_a_missing_part_is_not_a_sum(before: list[Cell], gap: Cell, after: list[Cell]) -> None:
    assert not total([*before, gap, *after]).is_figure


@settings(deadline=None)
@given(st.lists(numbers, min_size=1))
def test_a_sum_of_figures_is_a_figure(parts: list[Cell]) -> None:
    assert total(parts).is_figure


@settings(deadline=None)
@given(st.lists(cells, max_size=6), st.randoms())
def test_a_sum_does_not_depend_on_the_order(parts: list[Cell], random: object) -> None:
    shuffled = list(parts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert total(shuffled) == total(parts)


@settings(deadline=None)
@given(st.lists(st.one_of(counts, missing), min_size=1), st.lists(st.one_of(counts, missing), min_size=1))
def test_sums_of_counts_can_be_summed(one: list[Cell], other: list[Cell]) -> None:
    assert total([total(one), total(other)]) == total([*one, *other])


@settings(deadline=None)
@given(counts, st.integers(min_value=1, max_value=10**12).map(Cell.of), st.sampled_from([1, 100, 100_000]))
def test_a_rate_is_numerator_over_denominator(top: Cell, bottom: Cell, per: int) -> None:
    exact = Fraction(top.number or 0) * per / Fraction(bottom.number or 1)
    assert rate(top, bottom, per=per).number == pytest.approx(float(exact), rel=1e-15)


@settings(deadline=None)
@given(counts, missing)
def test_a_rate_with_a_missing_part_is_none(figure: Cell, gap: Cell) -> None:
    assert rate(figure, gap) == rate(gap, figure) == gap


def test_of_nobody_there_is_no_rate() -> None:
    assert rate(Cell.of(0), Cell.of(0)).state is CellState.NOT_APPLICABLE


@pytest.mark.parametrize(("top", "bottom"), [(-1, 5), (1, -5)])
def test_a_negative_count_has_no_rate(top: int, bottom: int) -> None:
    with pytest.raises(ValueError, match="is not a rate of counts"):
        rate(Cell.of(top), Cell.of(bottom))


@settings(deadline=None)
@given(cells, cells)
def test_a_difference_needs_both_figures(one: Cell, other: Cell) -> None:
    found = difference(one, other)
    assert found.is_figure == (one.is_figure and other.is_figure)
    if found.is_figure:
        assert found.number == (one.number or 0) - (other.number or 0)
    else:
        assert found.state is total([one, other]).state


@settings(deadline=None)
@given(cells, cells)
def test_figures_are_compared_only_where_both_are_there(one: Cell, other: Cell) -> None:
    found = compare(one, other)
    if one.number is None or other.number is None:
        assert found is Comparison.UNKNOWN
    else:
        expected = {True: Comparison.HIGHER, False: Comparison.LOWER}[one.number > other.number]
        assert found is (Comparison.SAME if one.number == other.number else expected)


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(MISSING, 2)))
def test_states_are_never_mixed_up(one: CellState, other: CellState) -> None:
    assert total([Cell.without(one), Cell.without(other)]).state in {one, other}


@pytest.mark.parametrize(
    ("state", "number"),
    [
        (CellState.VALUE, None),
        (CellState.ZERO, None),
        (CellState.VALUE, 0),
        (CellState.ZERO, 3),
        (CellState.SUPPRESSED, 3),
        (CellState.NOT_SUBMITTED, 0),
        (CellState.VALUE, float("nan")),
        (CellState.VALUE, float("inf")),
    ],
)
def test_a_cell_cannot_contradict_itself(state: CellState, number: float | None) -> None:
    with pytest.raises(ValueError, match="A cell cannot be"):
        Cell(state, number)


@settings(deadline=None)
@given(cells)
def test_what_we_write_we_read_again(cell: Cell) -> None:
    assert read_cell(cell_text(cell), place="B4") == cell


def test_every_state_has_a_mark_of_its_own() -> None:
    assert sorted(OUR_MARKS.values()) == sorted(MISSING)


def test_numbers_are_read_as_people_write_them() -> None:
    assert read_cell(" 12 ", place="B4") == read_cell("12.0", place="B4") == Cell.of(12)
    assert read_cell("N/A", place="B4").state is CellState.NOT_APPLICABLE
    assert read_cell("12.5", place="B4") == Cell.of(12.5)
    assert read_cell("0", place="B4") == read_cell("0.0", place="B4") == Cell.of(0)
    assert read_cell("123456789012345678", place="B4") == Cell.of(123456789012345678.0)


@pytest.mark.parametrize("text", ["<5", "1,234", "12%", "nan", "inf", "x", "1 2", "--"])
def test_nothing_is_guessed(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_cell(text, place="Sheet Returns, cell B4")
    assert str(refused.value).startswith(f"Sheet Returns, cell B4: “{text}” is not a number. Write a plain")
    assert "“*” for suppressed" in str(refused.value)
    assert str(refused.value).endswith("or leave it empty for not submitted.")


def test_another_source_can_mean_other_things_by_its_marks() -> None:
    theirs = {"-": CellState.SUPPRESSED}
    assert read_cell("-", place="B4", marks=theirs).state is CellState.SUPPRESSED
    with pytest.raises(BadInput, match=r"“” is not a number\. Write a plain number, “-” for suppressed\.$"):
        read_cell("", place="B4", marks=theirs)
