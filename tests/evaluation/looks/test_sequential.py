"""The exact sequential test against a patient person with a list of every assignment."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithrive.evaluation import NotComputable, effects
from ithrive.evaluation.assignments import Splits, Swaps
from ithrive.evaluation.looks import Looks, sequential, spent
from ithrive.evaluation.randomisation import Lots
from tests.evaluation.panels import drawn

whole = st.integers(-9, 9)


def lots(figures: Sequence[float], treated: int | None = None) -> Lots:
    values = np.asarray(figures, dtype=np.float64)
    units = tuple(f"unit {at}" for at in range(len(values)))
    return Lots(
        Swaps(len(values)) if treated is None else Splits(len(values), treated),
        units,
        values,
        np.ones(len(values)),
    )


def sums_by_hand(figures: Sequence[int], treated: int | None) -> list[int]:
    """Every assignment's sum, the real one first."""
    if treated is None:
        return [
            sum(s * f for s, f in zip(signs, figures, strict=True))
            for signs in product([1, -1], repeat=len(figures))
        ]
    last = tuple(range(len(figures) - treated, len(figures)))
    chosen = [last, *(each for each in combinations(range(len(figures)), treated) if each != last)]
    return [sum(figures[at] for at in each) for each in chosen]


def followed_by_hand(
    looks: Sequence[Sequence[Sequence[int]]], allowances: Sequence[Fraction], treated: int | None
) -> list[tuple[set[int], Fraction]]:
    """For each look: which outcomes crossed, and the share of assignments that cross or are as extreme.

    Squared statistics are fractions, so nothing is rounded.
    """
    count = len(sums_by_hand(looks[0][0], treated))
    crossed: set[int] = set()
    found = []
    for outcomes, allowance in zip(looks, allowances, strict=True):
        squared = []
        for figures in outcomes:
            sums = sums_by_hand(figures, treated)
            scale = Fraction(sum(each**2 for each in sums), count)
            squared.append([Fraction(each**2) / scale if scale else None for each in sums])
        squared = [each for each in squared if each[0] is not None]
        largest = [max((row[at] for row in squared), default=Fraction(0)) for at in range(count)]
        p = Fraction(sum(at in crossed or largest[at] >= largest[0] for at in range(count)), count)
        room = int(allowance * count) - len(crossed)
        left = sorted({largest[at] for at in range(count) if at not in crossed}, reverse=True)
        threshold = None
        for value in left:
            if sum(at not in crossed and largest[at] >= value for at in range(count)) <= room:
                threshold = value
        if threshold is not None:
            crossed |= {at for at in range(count) if largest[at] >= threshold}
        over = {at for at, row in enumerate(squared) if threshold is not None and row[0] >= threshold}
        found.append((over, p))
    return found


def compared(looks: Sequence[Sequence[Sequence[int]]], treated: int | None) -> None:
    information = [Fraction(at + 1, len(looks)) for at in range(len(looks))]
    result = sequential(
        [{str(at): lots(figures, treated) for at, figures in enumerate(look)} for look in looks],
        [float(each) for each in information],
        function="linear",
        alpha=0.25,
    )
    assert isinstance(result, Looks)
    expected = followed_by_hand(looks, [each / 4 for each in information], treated)
    for one, (over, p) in zip(result.results, expected, strict=True):
        assert {int(name) for name in one.crossed} == over
        assert one.p == pytest.approx(float(p), abs=1e-12)


@settings(max_examples=60)
@given(
    st.lists(
        st.lists(st.lists(st.integers(1, 9), min_size=5, max_size=5), min_size=2, max_size=2),
        min_size=1,
        max_size=3,
    )
)
def test_swaps_are_followed_as_by_hand(looks: list[list[list[int]]]) -> None:
    compared(looks, None)


@settings(max_examples=60)
@given(
    st.lists(
        st.lists(
            st.lists(whole, min_size=6, max_size=6).filter(lambda each: len(set(each)) > 2),
            min_size=2,
            max_size=2,
        ),
        min_size=1,
        max_size=3,
    )
)
def test_splits_are_followed_as_by_hand(looks: list[list[list[int]]]) -> None:
    centred = [[[6 * each - sum(figures) for each in figures] for figures in look] for look in looks]
    compared(centred, 3)


def test_over_all_assignments_no_more_than_alpha_ever_cross() -> None:
    """Each assignment in turn is taken for the real one: the share that crosses at any look is the size."""
    rng = np.random.default_rng(7)
    shared = rng.normal(size=8)
    looks = [rng.normal(size=(3, 8)) + shared for _ in range(4)]
    crossing = 0
    for signs in product([1.0, -1.0], repeat=8):
        result = sequential(
            [{str(at): lots(row * signs) for at, row in enumerate(look)} for look in looks],
            [0.25, 0.5, 0.75, 1.0],
            function="obrien-fleming",
        )
        assert isinstance(result, Looks)
        crossing += bool(result.crossed)
    assert 0.03 < crossing / 256 <= 0.05


def test_one_look_at_the_end_is_the_family_wise_test() -> None:
    from ithrive.evaluation import family

    found = effects(drawn(3, treated=6, comparison=6, outcomes=4, paired=True))
    result = sequential([{each.outcome: each.swap_lots for each in found}], [1.0], function="last-look-only")
    assert isinstance(result, Looks)
    wise = family(found)
    strongest = min(value for value in wise.values() if isinstance(value, float))
    assert result.results[0].p == pytest.approx(strongest)


def test_what_cannot_be_judged_says_why_and_has_no_part() -> None:
    flat = lots([0.0, 0.0, 0.0])
    missing = NotComputable("The panel names no pairs.")
    result = sequential(
        [{"a": flat, "b": missing}, {"a": lots([3.0, 2.0, 1.0]), "b": missing}], [0.5, 1.0], function="pocock"
    )
    assert isinstance(result, Looks)
    assert result.results[0].left_out == {"a": "The figures do not vary.", "b": "The panel names no pairs."}
    assert result.results[0].statistics == {}
    # With three pairs no p is below a quarter: nothing may cross.
    assert result.results[1].threshold == np.inf
    assert result.crossed == ()


def test_all_may_cross_where_all_are_tied() -> None:
    result = sequential([{"a": lots([1.0])}], [1.0], function="linear", alpha=1.0)
    assert isinstance(result, Looks)
    assert result.crossed == ("a",)


def test_different_sites_are_refused() -> None:
    refused = sequential([{"a": lots([1.0, 2.0]), "b": lots([1.0, 2.0, 3.0])}], [1.0], function="linear")
    assert isinstance(refused, NotComputable)
    assert "different sites" in refused.reason
    nothing = sequential([{"a": lots([0.0, 0.0])}], [1.0], function="linear")
    assert nothing == NotComputable("No outcome can be judged at any look.")


@given(
    st.sampled_from(["obrien-fleming", "pocock", "linear", "last-look-only"]),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_spending_rises_from_nothing_to_all(function: str, one: float, other: float) -> None:
    assert spent(function, 0, 0.05) == 0
    assert spent(function, 1, 0.05) == pytest.approx(0.05)
    assert spent(function, min(one, other), 0.05) <= spent(function, max(one, other), 0.05) + 1e-12
