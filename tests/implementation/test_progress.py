"""Progress rests on dated evidence alone, in whatever order the steps were taken."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithrive.implementation import Evidence, Shows, Standing, next_step, progress
from tests.implementation.small import SMALL, after, told, week

CODES = ["listen", "choose", "try", "share"]
evidence = st.lists(
    st.builds(
        lambda day, step, shows: Evidence("Alderbrook", step, shows, week(day), "a note"),
        st.integers(0, 12),
        st.sampled_from(CODES),
        st.sampled_from(Shows),
    ),
    max_size=14,
)


def standings(text: str, today: float = 100) -> list[str]:
    return [str(step.standing) for step in after(text, today).steps]


def test_nothing_dated_is_nothing_begun() -> None:
    nothing = after("", 10)
    assert standings("") == ["not begun"] * 4
    assert (nothing.begun_on, nothing.latest, nothing.phase, nothing.final_step_reached) == (None,) * 4
    assert not nothing.finished
    assert nothing.phases[0].weeks is None
    assert nothing.phases[0].begun_on is None
    assert nothing.phases[0].proportion == 0


@pytest.mark.parametrize(
    ("story", "standing"),
    [
        ("1 listen begun", "under way"),
        ("1 listen returned", "under way"),
        ("1 listen skipped", "skipped"),
        ("1 listen reached", "reached"),
        ("1 listen begun\n2 listen skipped", "skipped"),
        ("1 listen skipped\n2 listen begun", "under way"),
        ("1 listen skipped\n2 listen returned", "open again"),
        ("1 listen reached\n2 listen begun", "reached"),
        ("1 listen reached\n2 listen skipped", "reached"),
        ("1 listen reached\n2 listen returned", "open again"),
        ("1 listen reached\n2 listen returned\n3 listen begun", "open again"),
        ("1 listen reached\n2 listen returned\n3 listen skipped", "skipped"),
        ("1 listen reached\n2 listen returned\n3 listen reached", "reached"),
        ("1 listen reached\n1 listen begun", "reached"),
    ],
)
def test_what_evidence_makes_of_a_step(story: str, standing: str) -> None:
    assert standings(story)[0] == standing


def test_a_step_stands_so_since_the_day_that_changed_it() -> None:
    step = after("1 listen begun\n3 listen begun\n5 listen reached\n6 listen reached", 10).steps[0]
    assert step.on == week(5)
    assert [each.on for each in step.evidence] == [week(1), week(3), week(5), week(6)]


def test_returns_are_counted() -> None:
    story = "1 try reached\n2 try returned\n3 try reached\n4 try returned"
    assert after(story, 9).steps[2].times_returned == 2


def test_skipped_steps_are_counted_apart() -> None:
    phase = after("1 listen reached\n2 choose skipped", 3).phases[0]
    assert (phase.reached, phase.skipped, phase.proportion, phase.finished) == (1, 1, 1.0, True)


def test_where_every_step_was_skipped_there_is_no_proportion() -> None:
    phase = after("1 listen skipped\n2 choose skipped", 3).phases[0]
    assert (phase.proportion, phase.weeks, phase.finished_on, phase.open) == (None, None, week(2), False)


def test_steps_may_be_done_out_of_order() -> None:
    now = after("1 try reached\n4 listen begun", 6)
    assert standings("1 try reached\n4 listen begun") == ["under way", "not begun", "reached", "not begun"]
    assert now.phase is not None
    assert now.phase.code == "carry-out"
    assert [phase.open for phase in now.phases] == [True, True]


def test_a_phase_takes_from_its_first_evidence_to_the_day_all_were_reached() -> None:
    phase = after("2 listen begun\n5 listen reached\n9 choose reached", 50).phases[0]
    assert (phase.begun_on, phase.finished_on, phase.weeks) == (week(2), week(9), 7)


def test_a_phase_that_is_not_finished_takes_until_today() -> None:
    phase = after("2 listen begun\n5 listen reached", 50).phases[0]
    assert (phase.finished_on, phase.weeks) == (None, 48)


def test_a_return_opens_the_phase_again_and_the_time_in_between_does_not_count() -> None:
    story = "0 listen reached\n4 choose reached\n20 listen returned\n23 listen reached"
    assert after(story, 50).phases[0].weeks == 4 + 3
    assert after(story, 22).phases[0].weeks == 4 + 2


def test_a_skip_alone_does_not_start_the_clock() -> None:
    assert after("1 listen skipped\n9 choose begun", 10).phases[0].begun_on == week(9)


def test_later_word_of_a_settled_phase_does_not_open_it() -> None:
    story = "0 listen begun\n4 listen reached\n5 choose skipped\n9 choose reached\n12 listen begun"
    phase = after(story, 50).phases[0]
    assert (phase.weeks, phase.finished_on, phase.reached) == (5, week(5), 2)


def test_the_final_step_is_known_with_its_day() -> None:
    assert after("7 share reached", 9).final_step_reached == week(7)
    assert not after("7 share reached", 9).finished
    assert after("6 try skipped\n7 share reached", 9).finished


def test_evidence_of_other_areas_unknown_steps_and_later_days_is_left_out() -> None:
    others = told("1 listen reached", area="Brackenford") + told("1 dance reached\n9 listen reached")
    assert progress("Alderbrook", others, SMALL, week(8)).evidence == ()


@pytest.mark.parametrize(
    ("story", "following"),
    [
        ("", "listen"),
        ("1 listen begun", "listen"),
        ("1 listen reached", "choose"),
        ("1 choose reached", "try"),
        ("1 listen reached\n2 choose reached\n3 share reached\n4 try skipped", None),
        ("1 try reached\n2 share reached", "listen"),
        ("1 listen reached\n2 try reached", "share"),
    ],
)
def test_what_usually_comes_next(story: str, following: str | None) -> None:
    found = next_step(after(story, 9), SMALL)
    assert (found.code if found else None) == following


def test_where_nothing_usually_follows_the_first_open_step_is_next() -> None:
    alone = SMALL.model_copy(
        update={
            "phases": tuple(
                phase.model_copy(
                    update={
                        "steps": tuple(step.model_copy(update={"usual_next": ()}) for step in phase.steps)
                    }
                )
                for phase in SMALL.phases
            )
        }
    )
    found = next_step(after("1 choose reached", 9), alone)
    assert found is not None
    assert found.code == "listen"


@given(evidence, st.randoms())
def test_the_order_in_which_evidence_arrives_does_not_matter(given: list[Evidence], random: object) -> None:
    shuffled = list(given)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis's own random
    one, other = (progress("Alderbrook", each, SMALL, week(20)) for each in (given, shuffled))
    assert one.phases == other.phases


@given(evidence, st.integers(0, 14))
def test_time_in_a_phase_agrees_with_counting_day_by_day(given: list[Evidence], today: int) -> None:
    now = progress("Alderbrook", given, SMALL, week(today))
    for phase in now.phases:
        days = counted_day_by_day(given, [step.code for step in phase.steps], week(today))
        assert phase.weeks == (None if days is None else days / 7)


@given(evidence, st.integers(0, 14))
def test_every_step_is_in_one_place_only(given: list[Evidence], today: int) -> None:
    for phase in progress("Alderbrook", given, SMALL, week(today)).phases:
        left = sum(not step.settled for step in phase.steps)
        assert phase.reached + phase.skipped + left == len(phase.steps)
        assert phase.finished == (left == 0)
        assert (phase.finished_on is not None) == phase.finished
        assert phase.proportion is None or 0 <= phase.proportion <= 1


def counted_day_by_day(given: list[Evidence], steps: list[str], today: date) -> int | None:
    """The plain twin: walk through the days, and count those on whose evening the phase was open."""
    order = [Shows.BEGUN, Shows.RETURNED, Shows.SKIPPED, Shows.REACHED]
    standing = dict.fromkeys(steps, Standing.NOT_BEGUN)
    worked, open_days = False, 0
    day = week(0)
    while day <= today:
        for shows in order:
            for each in given:
                if each.on == day and each.shows is shows and each.step in standing:
                    standing[each.step] = by_hand(standing[each.step], shows)
                    worked = worked or shows is not Shows.SKIPPED
        settled = all(each in {Standing.REACHED, Standing.SKIPPED} for each in standing.values())
        open_days += worked and not settled and day < today
        day += timedelta(days=1)
    return open_days if worked else None


def by_hand(was: Standing, shows: Shows) -> Standing:
    if shows is Shows.REACHED:
        return Standing.REACHED
    if shows is Shows.SKIPPED:
        return was if was is Standing.REACHED else Standing.SKIPPED
    if shows is Shows.RETURNED and was in {Standing.REACHED, Standing.SKIPPED}:
        return Standing.OPEN_AGAIN
    if was in {Standing.NOT_BEGUN, Standing.SKIPPED}:
        return Standing.UNDER_WAY
    return was
