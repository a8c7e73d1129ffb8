"""A release after others: the quick attacker finds what the slow one finds, and nothing is given away."""

from datetime import date

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ithrive.disclosure import (
    CountTable,
    Publication,
    Release,
    Seen,
    attack,
    exposed,
    given_away,
    known_before,
    publish,
    publish_after,
    rule,
)
from tests.disclosure.tables import PARTNERS, TODAY, line, square

NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
NOTHING = Publication("", {}, ())


def released(publication: Publication, vintage: str) -> Release:
    return Release(vintage, date.fromisoformat(vintage), vintage, "Ada", "Ben", publication)


def counts(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).negative_binomial(0.7, 0.06, size=(4, 3))


def as_table(array: np.ndarray) -> CountTable:
    return square(*array.tolist())


def resubmitted(array: np.ndarray, seed: int) -> np.ndarray:
    """One area sends other figures: the others stay as they were."""
    dice = np.random.default_rng(seed + 1)
    again = array.copy()
    again[dice.integers(len(again))] = dice.negative_binomial(0.7, 0.06, size=3)
    return again


@settings(max_examples=20, deadline=None, phases=NO_SHRINKING)
@given(
    seed=st.integers(0, 2**32 - 1), code=st.sampled_from(["partners", "programme", "nhs-one-to-four", "acro"])
)
def test_the_quick_attacker_finds_what_the_slow_one_finds(seed: int, code: str) -> None:
    first, second = counts(seed), resubmitted(counts(seed), seed)
    seen = [
        Seen(f"v{at}", publish([as_table(each)], rule(code, TODAY), seconds=1))
        for at, each in enumerate((first, second))
    ]
    for known in (seen[:1], seen):
        slow = {each for each in attack(known) if not each.open}
        assert set(exposed(known)) == slow


def test_looking_back_gives_away_less_and_never_more() -> None:
    """Random resubmissions of mostly small counts: some give something away however much is hidden."""
    careless_ones = careful_ones = 0
    for seed in range(12):
        before, after = as_table(counts(seed)), as_table(resubmitted(counts(seed), seed))
        first = released(publish([before], PARTNERS, seconds=5), "2026-05-01")
        draft = released(NOTHING, "2026-08-01")
        careless = given_away(draft.with_publication(publish([after], PARTNERS, seconds=5)), [first])
        careful = publish_after([after], PARTNERS, draft, [first], seconds=5)
        found = given_away(draft.with_publication(careful), [first])
        assert careless or not found
        careless_ones, careful_ones = careless_ones + len(careless), careful_ones + len(found)
    assert careful_ones < careless_ones


def test_without_looking_back_a_resubmission_can_give_a_hidden_figure_away() -> None:
    before, after = line(3, 20, 40, 22), line(3, 20, 40, 19)
    first = released(publish([before], PARTNERS), "2026-05-01")
    careless = released(publish([after], PARTNERS), "2026-08-01")
    assert first.publication.hidden != careless.publication.hidden
    assert given_away(careless, [first]) != ()
    careful = publish_after([after], PARTNERS, careless, [first], seconds=5)
    assert given_away(careless.with_publication(careful), [first]) == ()


def test_the_latest_vintage_says_what_is_known() -> None:
    first = released(publish([line(30, 20)], PARTNERS), "2026-05-01")
    second = released(publish([line(30, 25)], PARTNERS), "2026-08-01")
    assert known_before([second, first])["referred", "area=B"] == (25, 25)
    assert known_before([]) == {}


def test_a_figure_can_be_hidden_as_if_it_were_small() -> None:
    table = line(30, 20, 60)
    published = publish([table], PARTNERS, also_hidden=[("referred", "area=A"), ("nobody",)])
    assert published.cells["referred", "area=A"].keeps is None
    assert exposed([Seen("v1", published)]) == ()
    assert set(published.hidden) == {("referred", "area=A"), ("referred", "area=B")}
