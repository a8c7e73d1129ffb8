"""What two people, or two tabs, do to a round at the very same moment."""

import pytest

from ithrive.assessments.life import State
from ithrive.web.assessments import queries
from ithrive.web.assessments.actions import Draft, save_ratings, submit_ratings
from ithrive.web.assessments.actions.rating import Saved
from ithrive.web.assessments.models import RaterOnRound, Rating, Round
from tests.cast import assemble
from tests.web.assessments.scenes import opened, rates, small
from tests.web.at_once import at_once, database_for_threads

__all__ = ["database_for_threads"]  # a fixture
FIRST = small().statement[0].code


def both_have_rated() -> list[RaterOnRound]:
    cast = assemble()
    round = opened(cast.alderbrook, cast.ben, cast.col)
    return [rates(round, each, 3, 2, 3, submit=False) for each in (cast.ben, cast.col)]


@pytest.mark.usefixtures("database_for_threads")
def test_two_raters_who_submit_at_once_begin_moderation_once() -> None:
    [raters] = at_once(both_have_rated)
    assert isinstance(raters, list)
    waiting = list(raters)

    def submit() -> bool:
        rater = waiting.pop()
        return submit_ratings(rater=rater, by=rater.person)

    assert sorted(map(str, at_once(submit, threads=2))) == ["False", "True"]
    [found] = at_once(lambda: list(Round.objects.values_list("state", flat=True)))
    assert found == [State.MODERATING]


@pytest.mark.usefixtures("database_for_threads")
def test_two_tabs_that_save_one_statement_at_once_overwrite_nothing() -> None:
    def one_rater() -> RaterOnRound:
        cast = assemble()
        rater = queries.rater_of(opened(cast.alderbrook, cast.ben), cast.ben)
        assert rater is not None
        return rater

    [rater] = at_once(one_rater)
    assert isinstance(rater, RaterOnRound)
    scores = [1, 4]

    def save() -> object:
        draft = Draft(FIRST, scores.pop(), "", "", 0)
        return save_ratings(rater=rater, drafts=[draft], by=rater.person)

    results = at_once(save, threads=2)
    assert all(isinstance(each, Saved) for each in results), results
    kept = [each.ratings[FIRST].score for each in results if isinstance(each, Saved) and each.ratings]
    told = [each.conflicts[FIRST].score for each in results if isinstance(each, Saved) and each.conflicts]
    assert len(kept) == len(told) == 1
    assert kept == told
    assert at_once(lambda: Rating.objects.get().score) == kept
