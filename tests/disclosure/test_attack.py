"""The attacker against published examples, against trying everything, and between releases."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithrive.disclosure import Cell, Publication, PublishedCell, Seen, attack, publish, rule
from ithrive.disclosure.cells import SUPPRESSED
from ithrive.problems import BadInput
from tests.disclosure.tables import MOST, PARTNERS, TODAY, every_table, line, square

HIDDEN = PublishedCell(SUPPRESSED)


def test_investment_by_activity_and_region() -> None:
    """The example of M. Fischetti and J.J. Salazar-González, “Models and algorithms for the 2-dimensional
    cell suppression problem in statistical disclosure control”, Mathematical Programming 84 (1999), from
    L. Willenborg and T. de Waal (1996): 22 is sensitive, and a reader can tell that it is 5 to 30.
    """
    table = square([20, 50, 10], [8, 19, 22], [17, 32, 12])
    hidden = [("B", "a"), ("B", "c"), ("C", "a"), ("C", "c")]
    cells = {
        name: HIDDEN if where in hidden else PublishedCell(table.cells[where], _exactly(table.cells[where]))
        for name, where in table.names().items()
    }
    found = {
        each.name[1:]: each for each in attack([Seen("1996", Publication("", cells, tuple(table.sums())))])
    }
    sensitive = found["area=B", "grouping=c"]
    assert (sensitive.low, sensitive.high) == (5, 30)


def _exactly(cell: Cell) -> tuple[int, int]:
    assert cell.number is not None
    return cell.number, cell.number


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=2),
    st.sampled_from(["partners", "nhs-one-to-four", "nhs-under-five", "programme"]),
)
def test_the_attacker_finds_what_trying_every_table_finds(rows: list[list[int]], code: str) -> None:
    table = square(*rows)
    published = publish([table], rule(code, TODAY), seconds=60)
    supposed = every_table(table)
    fits = np.ones(len(supposed), dtype=bool)
    for at, name in enumerate(table.names()):
        low, high = published.cells[name].says
        fits &= (supposed[:, at] >= low) & (supposed[:, at] <= (np.inf if high is None else high))
    found = dict(zip(table.names(), supposed[fits].T, strict=True))
    for each in attack([Seen("v1", published)]):
        assert each.low == found[each.name].min()
        assert each.high is None or each.high > MOST or each.high == found[each.name].max()


def test_what_is_public_helps_the_reader() -> None:
    published = publish([line(3, 20, 30)], PARTNERS)
    before = {each.name: each for each in attack([Seen("v1", published)])}
    after = {each.name: each for each in attack([Seen("v1", published)], {("referred", "area=B"): (19, 21)})}
    assert (before["referred", "area=A"].low, before["referred", "area=A"].high) == (1, 22)
    assert (after["referred", "area=A"].low, after["referred", "area=A"].high) == (2, 4)
    assert not after["referred", "area=A"].open


def test_a_figure_that_no_sum_holds_has_no_upper_limit() -> None:
    alone = Publication("", {("referred",): PublishedCell(SUPPRESSED, (1, None), (1, 4))}, ())
    (found,) = attack([Seen("v1", alone)])
    assert (found.low, found.high, found.open) == (1, None, True)
    sure = Publication("", {("referred",): PublishedCell(SUPPRESSED, (3, 3), (1, 4))}, ())
    (found,) = attack([Seen("v1", sure)])
    assert (found.low, found.high, found.open) == (3, 3, False)


def test_nothing_hidden_gives_nothing_to_find() -> None:
    assert attack([Seen("v1", publish([line(30, 20)], PARTNERS))]) == ()
    assert attack([]) == ()


@pytest.mark.parametrize("second", [line(3, 20, 31), line(10, 21, 40), line(30, 20, 31)])
def test_releases_of_one_vintage_that_contradict_each_other_are_refused(second) -> None:  # type: ignore[no-untyped-def]
    first, other = publish([line(30, 20, 30)], PARTNERS), publish([second], PARTNERS)
    with pytest.raises(BadInput, match="contradict each other"):
        attack([Seen("v1", first), Seen("v1", other)])


def test_the_widest_of_what_must_stay_possible_counts() -> None:
    strict = publish([line(3, 20, 30)], rule("acro", TODAY))
    loose = publish([line(3, 20, 30)], PARTNERS)
    keeps = {each.name: each.keeps for each in attack([Seen("v1", loose), Seen("v1", strict)])}
    assert keeps["referred", "area=A"] == (0, 9)
    assert keeps["referred", "area=B"] is None
