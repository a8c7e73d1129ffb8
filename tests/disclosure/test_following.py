"""A release after others: the quick attacker finds what the slow one finds, and nothing is given away."""

from collections.abc import Callable
from dataclasses import replace
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
from ithrive.disclosure.tables import FigureSum, Name
from tests.disclosure.tables import PARTNERS, PROGRAMME, TODAY, line, pinned, square

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


def of_the_area_that_sent_again(name: Name, at: int) -> bool:
    """Whether a figure changed with that area's return: its own, and every sum over areas."""
    areas = [part for part in name if part.startswith("area=")]
    return not areas or areas == [f"area={chr(ord('A') + at)}"]


def told_apart(publication: Publication, is_revised: Callable[[Name], bool], vintage: str) -> Publication:
    """The publication with other names for what was revised: the reader knows the rest to be the same."""

    def name(each: Name) -> Name:
        return (*each, vintage) if is_revised(each) else each

    return Publication(
        publication.rule,
        {name(each): cell for each, cell in publication.cells.items()},
        tuple(
            FigureSum(name(each.whole), tuple(name(part) for part in each.parts)) for each in publication.sums
        ),
    )


@settings(max_examples=12, deadline=None, phases=NO_SHRINKING)
@given(seed=st.integers(0, 2**32 - 1), code=st.sampled_from(["partners", "programme"]))
def test_who_knows_which_area_sent_again_finds_nothing_out(seed: int, code: str) -> None:
    """Where the release may go, an attacker who is sure of what was not sent again pins down no small count.

    Found by trying: before figures kept their vintages from release to release one in ten was pinned down.
    """
    before, after = counts(seed), resubmitted(counts(seed), seed)
    moved = np.flatnonzero((before != after).any(axis=1))
    at = int(moved[0]) if len(moved) else 0
    first = released(publish([as_table(before)], rule(code, TODAY), seconds=5), "2026-05-01")
    same = {n: "2026-05-01" for n in as_table(after).names() if not of_the_area_that_sent_again(n, at)}
    draft = replace(released(NOTHING, "2026-08-01"), vintages=same)
    careful = publish_after([as_table(after)], rule(code, TODAY), draft, [first], seconds=5)
    if given_away(draft.with_publication(careful), [first]):
        return
    seen = [
        Seen("both", told_apart(each, lambda name: of_the_area_that_sent_again(name, at), vintage))
        for each, vintage in ((first.publication, "then"), (careful, "now"))
    ]
    assert [each for each in attack(seen) if not each.open] == []


def test_one_figure_sent_again_gives_the_old_one_away_unless_all_that_moved_is_hidden() -> None:
    """50 in all, then 56, and only A sent again: A, now 9, was 3. B, hidden with it then, did not move."""
    before, after = line(3, 7, 40), line(9, 7, 40)
    first = released(publish([before], PARTNERS), "2026-05-01")
    same = {("referred", f"area={area}"): "2026-05-01" for area in "BC"}
    draft = replace(released(NOTHING, "2026-08-01"), vintages=same)
    careless = draft.with_publication(publish([after], PARTNERS))
    (known,) = given_away(careless, [first])
    assert (known.name, known.low, known.high) == (("referred", "area=A"), 3, 3)
    careful = publish_after([after], PARTNERS, draft, [first])
    assert given_away(draft.with_publication(careful), [first]) == ()


def test_rounded_first_and_exact_later_is_known_together() -> None:
    """A rule that rounds, then one that does not, of the same figures: the second heeds the first.

    All that it tells of small counts is that they are not nought, since it shows noughts; and it is refused
    for that.
    """
    table = square((3, 20, 41), (17, 2, 33), (26, 38, 4))
    first = released(publish([table], PROGRAMME), "2026-05-01")
    draft = replace(released(NOTHING, "2026-05-01"), reference="exact")
    exact = publish_after([table], PARTNERS, draft, [first])
    found = given_away(draft.with_publication(exact), [first])
    assert found
    assert all(each.low == 1 and (each.high is None or each.high >= 4) for each in found)


def test_a_figure_that_became_small_is_not_shielded_by_what_it_was() -> None:
    """It was 30, as everybody read, and is 3: that it was 30 is no limit to how far it can be kept open."""
    published = publish([line(3, 20, 60)], PARTNERS, public={("referred", "area=A"): (30, 30)})
    assert published.limits == ()
    assert published.cells["referred", "area=A"].keeps == (1, 4)
    assert pinned(published) == []


def test_a_wrong_guess_is_no_disclosure() -> None:
    """A was 30 and is 3, hidden with B: a reader who supposes that nothing moved is far off."""
    first = released(publish([line(30, 20, 60)], PARTNERS), "2026-05-01")
    second = released(publish([line(3, 20, 60)], PARTNERS, also_hidden=[("referred",)]), "2026-08-01")
    assert given_away(second, [first]) == ()


def test_a_zero_is_not_hidden_where_readers_take_what_is_hidden_for_more() -> None:
    table = line(0, 20, 60)
    assert publish([table], PARTNERS, also_hidden=[("referred", "area=A")]).hidden == ()
    assert ("referred", "area=A") in publish([table], PROGRAMME, also_hidden=[("referred", "area=A")]).hidden


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
