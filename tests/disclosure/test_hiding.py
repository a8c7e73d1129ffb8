"""What is hidden besides small counts: enough that nobody can work them out, and no more."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from ithrive.disclosure import (
    TOTAL,
    Cell,
    CellState,
    CountTable,
    Dimension,
    Publication,
    Rule,
    Seen,
    Sum,
    attack,
    master,
    publish,
    rule,
)
from ithrive.disclosure.cells import NOT_APPLICABLE, NOT_SUBMITTED, SUPPRESSED, WITHHELD
from ithrive.disclosure.sums import Sums
from ithrive.problems import BadInput
from tests.disclosure.tables import (
    PARTNERS,
    PROGRAMME,
    TODAY,
    drawn,
    every_table,
    line,
    pinned,
    random_tables,
    square,
    with_rule,
)

# Tables come from a seed: a smaller seed is no simpler table.
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)

SECONDARY = ["programme", "programme-strict", "partners", "acro"]


def test_a_small_count_that_totals_give_away_takes_others_with_it() -> None:
    table = square([61, 40, 3], [33, 25, 12], [48, 30, 21])
    assert drawn(publish([table], PARTNERS), table) == [
        ["61", "*", "*", "104"],
        ["33", "*", "*", "70"],
        ["48", "30", "21", "99"],
        ["142", "95", "36", "273"],
    ]


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    table = square([61, 40], [33, 25])
    published = publish([table], PARTNERS)
    assert published.hidden == ()
    assert published.gap == 0


# Two thousand tables and more in each run of the tests: many small ones, where sums tell most.
@pytest.mark.parametrize("code", SECONDARY)
@pytest.mark.parametrize(
    ("shape", "regions", "number"),
    [((3, 3), False, 260), ((4, 3), True, 10), ((2, 3, 2), False, 4), ((2, 2, 2, 2), False, 1)],
)
@settings(max_examples=2, deadline=None, phases=NO_SHRINKING)
@given(seed=st.integers(0, 2**32 - 1))
def test_no_protected_count_can_be_pinned_down(
    code: str, shape: tuple[int, ...], regions: bool, number: int, seed: int
) -> None:
    tables = random_tables(seed, shape, number, regions)
    published = publish(tables, rule(code, TODAY))
    reaches = attack([Seen("v1", published)])
    assert [each for each in reaches if not each.open] == []
    asked = (rule(code, TODAY).least_a_hidden_figure_can_be, rule(code, TODAY).largest_hidden)
    unlimited = [each for each in reaches if each.keeps and each.name not in published.limits]
    assert {each.keeps for each in unlimited} <= {asked}


@pytest.mark.parametrize("code", ["programme", "partners"])
@settings(max_examples=3, deadline=None, phases=NO_SHRINKING)
@given(seed=st.integers(0, 2**32 - 1))
def test_who_knows_that_people_are_whole_pins_down_no_more(code: str, seed: int) -> None:
    """Linear programming lets people be divided: three dimensions could hide from it what whole numbers
    tell. So both ends of every interval are tried in whole numbers too.
    """
    (table,) = random_tables(seed, (3, 3, 2), 1)
    published = publish([table], rule(code, TODAY))
    system = Sums.of(published.cells, published.sums)
    says = [published.cells[name].says for name in system.names]
    bounds = Bounds([low for low, _ in says], [np.inf if high is None else high for _, high in says])
    sums = LinearConstraint(system.matrix, 0, 0)
    for name, each in published.cells.items():
        for sign, end in zip((1, -1), each.keeps or (), strict=False):
            goal = np.zeros(len(says))
            goal[system.at[name]] = sign
            whole = milp(goal, integrality=np.ones(len(says)), bounds=bounds, constraints=sums)
            assert whole.x is not None
            assert sign * (whole.x[system.at[name]] - end) < 1e-6


@pytest.mark.parametrize("code", SECONDARY)
@settings(max_examples=2, deadline=None, phases=NO_SHRINKING)
@given(seed=st.integers(0, 2**32 - 1))
def test_no_protected_count_can_be_pinned_down_when_time_is_up(code: str, seed: int) -> None:
    published = publish(random_tables(seed, (5, 4), 10), rule(code, TODAY), seconds=0)
    assert pinned(published) == []
    assert 0 <= published.gap <= 1


@settings(max_examples=4, phases=NO_SHRINKING, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 7), min_size=2, max_size=2), min_size=2, max_size=2).filter(
        lambda rows: any(0 < count < 5 for row in rows for count in row)
    ),
    st.sampled_from([PARTNERS, PROGRAMME]),
)
def test_what_is_hidden_costs_the_least_that_trying_everything_finds(
    rows: list[list[int]], under: Rule
) -> None:
    table = square(*rows)
    published = publish([table], under, seconds=60)
    assert published.gap == 0
    hidden = {name: table.cells[where].number or 0 for name, where in table.names().items()}
    small = {name for name, each in published.cells.items() if each.keeps}
    cost = sum(_cost(hidden[name]) for name in set(published.hidden) - small)
    assert cost == _least_cost(table, published, under)


def _cost(count: int) -> float:
    return float(np.ceil(10 * np.sqrt(count)))


def _least_cost(table: CountTable, published: Publication, under: Rule) -> float:
    """By trying every set of other figures to hide, against every table that a reader could suppose."""
    names = list(table.names())
    true = np.array([table.cells[where].number or 0 for where in table.names().values()])
    possible = every_table(table)
    small = [at for at, name in enumerate(names) if published.cells[name].keeps]
    others = [at for at in range(len(names)) if at not in small and true[at] > 0]
    least = np.inf
    for size in range(len(others) + 1):
        for extra in combinations(others, size):
            cost = sum(_cost(true[at]) for at in extra)
            if cost < least and _all_open(possible, true, [*small, *extra], names, published, under):
                least = cost
    return float(least)


def _all_open(
    possible: np.ndarray,
    true: np.ndarray,
    hidden: list[int],
    names: list,
    published: Publication,
    under: Rule,
) -> bool:
    shown = [at for at in range(len(true)) if at not in hidden]
    fits = (possible[:, shown] == true[shown]).all(axis=1)
    fits &= (possible[:, hidden] >= under.least_a_hidden_figure_can_be).all(axis=1)
    for at, name in enumerate(names):
        if keeps := published.cells[name].keeps:
            supposed = possible[fits, at]
            if supposed.min() > keeps[0] or supposed.max() < keeps[1]:
                return False
    return True


def test_the_order_of_rows_and_tables_changes_nothing() -> None:
    tables = [
        square([61, 40, 3], [33, 25, 12], [48, 30, 2]),
        square([9, 2], [30, 3], measure="helped", dimension="sex"),
    ]
    turned = [
        CountTable(
            each.measure, each.dimensions[::-1], {where[::-1]: cell for where, cell in each.cells.items()}
        )
        for each in tables[::-1]
    ]
    assert publish(tables, PROGRAMME) == publish(turned, PROGRAMME)


def test_a_total_that_two_tables_share_is_hidden_in_both_or_in_neither() -> None:
    by_grouping = square([30, 3], [40, 20])
    by_sex = CountTable.of_parts(
        "referred",
        (Dimension.flat("area", ["A", "B"]), Dimension.flat("sex", ["f", "m"])),
        {("A", "f"): 20, ("A", "m"): 13, ("B", "f"): 25, ("B", "m"): 35},
    )
    published = publish([by_grouping, by_sex], PARTNERS)
    assert pinned(published) == []
    for area in ("A", "B", TOTAL):
        assert published.of(by_grouping)[area, TOTAL] == published.of(by_sex)[area, TOTAL]


def test_tables_that_disagree_on_a_shared_total_are_refused() -> None:
    other = line(33, 61, measure="referred")
    with pytest.raises(BadInput, match="referred, area=B: has different figures in different tables"):
        publish([square([30, 3], [40, 20]), other], PARTNERS)


def test_states_stay_what_they_are() -> None:
    states = [NOT_SUBMITTED, NOT_APPLICABLE, WITHHELD, SUPPRESSED]
    area = Dimension.flat("area", ["A", "B", "C", "D", "E", "F"])
    leaves = dict(zip([(name,) for name in "ABCDEF"], [*states, 3, 0], strict=True))
    table = CountTable.of_parts("referred", (area,), leaves)
    shown = publish([table], PARTNERS).of(table)
    assert [shown[name,].state for name in "ABCDEF"] == [
        *(each.state for each in states),
        CellState.SUPPRESSED,
        CellState.ZERO,
    ]


def test_what_was_not_submitted_shields_a_small_count() -> None:
    table = CountTable(
        "referred",
        (Dimension.flat("area", ["A", "B", "C"]),),
        {("A",): Cell.of(3), ("B",): NOT_SUBMITTED, ("C",): Cell.of(30), (TOTAL,): Cell.of(90)},
    )
    published = publish([table], PARTNERS)
    assert published.hidden == (("referred", "area=A"),)
    assert pinned(published) == []


def test_a_zero_is_hidden_where_it_tells_of_everybody() -> None:
    published = publish([line(30, 0, 0)], PROGRAMME)
    assert [name for name, each in published.cells.items() if each.keeps] == [
        ("referred", "area=B"),
        ("referred", "area=C"),
    ]
    assert pinned(published) == []
    assert publish([line(30, 0, 0)], PARTNERS).hidden == ()
    assert publish([line(30, 20, 0)], PROGRAMME).hidden == ()


def test_a_zero_tells_beside_what_does_not_apply_as_well() -> None:
    """Twelve in all, twelve in A, none in B, and C does not exist: B's nought says where everybody is."""
    leaves = {("A",): 12, ("B",): 0, ("C",): NOT_APPLICABLE}
    table = CountTable.of_parts("referred", (Dimension.flat("area", "ABC"),), leaves)
    assert ("referred", "area=B") in publish([table], PROGRAMME).hidden


def test_what_is_public_cannot_be_hidden_and_does_not_shield() -> None:
    table = line(3, 20, 30)
    alone = publish([table], PARTNERS)
    assert set(alone.hidden) == {("referred", "area=A"), ("referred", "area=B")}
    public = publish([table], PARTNERS, public={("referred", "area=B"): (20, 20)})
    assert set(public.hidden) == {("referred", "area=A"), ("referred", "area=C")}


def test_a_small_count_that_is_public_already_is_told_as_a_limit() -> None:
    published = publish([line(3, 20, 30)], PARTNERS, public={("referred", "area=A"): (3, 3)})
    assert published.limits == (("referred", "area=A"),)
    assert published.cells["referred", "area=A"].keeps == (3, 3)


def test_three_areas_with_somebody_make_at_least_three() -> None:
    published = publish([line(1, 1, 1)], PARTNERS)
    assert published.limits == (("referred",),)
    assert published.cells["referred",].keeps == (3, 4)
    assert pinned(published) == []


def test_regions_and_mergers_may_overlap() -> None:
    area = Dimension(
        "area",
        (
            Sum("A and B", ("A", "B")),
            Sum("North", ("A",)),
            Sum("South", ("B", "C")),
            Sum(TOTAL, ("North", "South")),
        ),
    )
    table = CountTable.of_parts("referred", (area,), {("A",): 20, ("B",): 3, ("C",): 40})
    published = publish([table], PARTNERS)
    assert pinned(published) == []
    shown = published.of(table)
    assert shown["A",].number is None or shown["A and B",].number is None


def test_totals_are_added_up_from_what_is_shown_where_the_rule_says_so() -> None:
    table = square([61, 38, 3], [33, 22, 12])
    assert drawn(publish([table], rule("opensafely-seven", TODAY)), table) == [
        ["60", "40", "*", "100"],
        ["35", "20", "10", "65"],
        ["95", "60", "10", "165"],
    ]


def test_totals_of_nothing_shown_are_hidden_and_totals_of_zeros_are_zero() -> None:
    table = square([4, 4], [0, 0])
    assert drawn(publish([table], rule("opensafely-seven", TODAY)), table) == [
        ["*", "*", "*"],
        ["0", "0", "0"],
        ["*", "*", "*"],
    ]


def test_the_default_adds_up_rounded_parts_only_where_all_are_shown() -> None:
    table = square([61, 40, 3], [33, 28, 12], [48, 31, 22])
    shown = publish([table], PROGRAMME).of(table)
    assert shown["C", TOTAL].number == 50 + 30 + 20
    assert shown["A", "a"].number == 60


def test_england_is_shown_as_it_is_where_the_official_rule_says_so() -> None:
    table = square([61, 2], [33, 0])
    assert drawn(publish([table], rule("nhs-under-five", TODAY)), table) == [
        ["60", "*", "65"],
        ["35", "*", "35"],
        ["94", "2", "96"],
    ]


def test_the_official_rule_lets_a_small_count_be_worked_out() -> None:
    published = publish([square([61, 2], [33, 9])], rule("nhs-one-to-four", TODAY))
    assert pinned(published) == [("referred", "area=A", "grouping=b")]


def test_a_solver_without_an_answer_is_helped_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    # HiGHS finds some answer to tables this small at once: only a stand-in can have none.
    monkeypatch.setattr(
        master, "milp", lambda *_, **__: type("Solved", (), {"x": None, "status": 1, "mip_dual_bound": None})
    )
    published = publish([square([61, 40, 3], [33, 25, 12], [48, 30, 21])], PARTNERS)
    assert pinned(published) == []
    assert published.gap == 1
    assert published.in_time


def test_work_that_the_clock_ended_says_so_and_is_safe() -> None:
    table = square([61, 40, 3], [33, 25, 12], [48, 30, 21])
    stopped, whole = publish([table], PARTNERS, seconds=0), publish([table], PARTNERS)
    assert (stopped.in_time, whole.in_time) == (False, True)
    assert pinned(stopped) == []
    assert whole.gap == 0


def with_reasons() -> CountTable:
    """Forty areas much alike: who was turned down and why, with one small count among them all."""
    figure = Dimension(
        "figure",
        (
            Sum("received", ("refused", "received less refused")),
            Sum("refused", ("wrong", "refused less wrong")),
            Sum("received", ("wrong", "received less wrong")),
        ),
    )
    cells: dict[tuple[str, ...], int] = {}
    for area in range(40):
        received, refused, wrong = 600 + 7 * area % 50, 90 + area, 40 + area % 9 if area else 3
        cells |= {
            (f"area {area}", "received"): received,
            (f"area {area}", "refused"): refused,
            (f"area {area}", "wrong"): wrong,
            (f"area {area}", "received less refused"): received - refused,
            (f"area {area}", "refused less wrong"): refused - wrong,
            (f"area {area}", "received less wrong"): received - wrong,
        }
    for code in figure.categories:
        cells[TOTAL, code] = sum(cells[f"area {area}", code] for area in range(40))
    areas = Dimension.flat("area", [f"area {area}" for area in range(40)])
    return CountTable("A4", (areas, figure), {where: Cell.of(count) for where, count in cells.items()})


def test_one_small_count_among_many_like_areas_takes_few_with_it() -> None:
    """Cutting planes learn little where areas are alike: the cheapest ways must not hide area after area."""
    published = publish([with_reasons()], PARTNERS)
    assert pinned(published) == []
    assert published.in_time
    assert len(published.hidden) <= 6


def test_a_total_that_is_not_there_may_be_larger_than_any_count() -> None:
    areas = [f"area {number}" for number in range(30)]
    leaves = {(area,): Cell.of(20) for area in areas} | {(areas[0],): Cell.of(3), (areas[1],): SUPPRESSED}
    table = CountTable.of_parts("treated", (Dimension.flat("area", areas),), leaves)
    published = publish([table], PARTNERS)
    assert published.hidden == (("treated",), ("treated", "area=area 0"), ("treated", "area=area 1"))
    assert pinned(published) == []


def test_a_rule_that_hides_nothing_leaves_nothing_to_protect() -> None:
    bare = with_rule(PARTNERS, hidden=None, secondary=False)
    assert publish([line(3, 20)], bare).hidden == ()
