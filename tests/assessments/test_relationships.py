"""The pulse: nothing below five respondents, and nothing that subtraction could find."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ithrive.assessments.estimates import NotComputable
from ithrive.assessments.relationships import (
    MINIMUM,
    Answer,
    Cut,
    GroupResult,
    PulseResult,
    Relationships,
    pulse_result,
    questionnaire,
    relationships,
    shown_sectors,
)
from ithrive.problems import BadInput

CODES = [each.code for each in questionnaire().question]
HIDDEN = NotComputable("Not shown, so that nobody's answers can be worked out.")


def answer(sector: str, score: int | None = 3, **scores: int | None) -> Answer:
    return Answer(sector, {**dict.fromkeys(CODES, score), **scores})


def answers(**sectors: int) -> list[Answer]:
    """So many people of each sector, who answer 1 to 5 in turn."""
    return [answer(sector, 1 + number % 5) for sector, people in sectors.items() for number in range(people)]


def group(found: GroupResult | NotComputable) -> GroupResult:
    assert isinstance(found, GroupResult)
    return found


def shown(result: PulseResult) -> set[str]:
    return {sector for sector, found in result.sectors.items() if isinstance(found, GroupResult)}


def test_a_group_is_told_by_counts_and_means() -> None:
    found = group(pulse_result([answer("health", 4, trust=None if n else 1) for n in range(5)]).overall)
    assert found.respondents == 5
    assert (found.questions["trust"].counts, found.questions["trust"].cannot_say) == ((1, 0, 0, 0, 0), 4)
    assert (found.questions["trust"].mean, found.questions["decisions"].mean) == (1, 4)
    assert found.mean == pytest.approx((25 * 4 + 1) / 26)


def test_a_mean_of_nothing_is_not_computable() -> None:
    found = group(pulse_result([answer("health", None)] * 5).overall)
    assert found.mean == found.questions["trust"].mean == NotComputable("Nobody could say.")


def test_below_five_respondents_nothing_is_shown() -> None:
    result = pulse_result(answers(health=4))
    assert result.overall == NotComputable("Fewer than 5 people answered, so nothing is shown.")
    assert result.sectors == {"health": HIDDEN}
    assert pulse_result([]).sectors == {}


@pytest.mark.parametrize(
    ("respondents", "seen"),
    [
        ({"health": 5}, {"health"}),
        ({"health": 5, "council": 5}, {"health", "council"}),
        ({"health": 9, "council": 5, "schools": 3}, {"health"}),
        ({"health": 9, "council": 3, "schools": 2}, {"health"}),
        ({"health": 9, "council": 2, "schools": 2}, set()),
        ({"health": 9, "council": 8, "schools": 2, "charities": 2}, {"health"}),
        ({"health": 9, "council": 4}, set()),
        ({"health": 9, "council": 0}, {"health"}),
        ({"health": 5, "council": 5, "schools": 1}, {"health"}),
    ],
)
def test_the_smallest_sectors_hide_those_that_are_too_small(
    respondents: dict[str, int], seen: set[str]
) -> None:
    assert shown_sectors(respondents) == seen


def test_a_sector_hidden_for_another_is_told_in_the_same_words() -> None:
    result = pulse_result(answers(health=9, council=5, schools=3))
    assert result.sectors["council"] == result.sectors["schools"] == HIDDEN
    assert list(result.sectors) == ["council", "health", "schools"]


sectors = st.dictionaries(st.sampled_from("abcdefg"), st.integers(1, 12), min_size=1)


@settings(deadline=None)
@example({"a": 3, "b": 5, "c": 9}, 5)
@example({"a": 4, "b": 9}, 5)
@given(sectors, st.integers(MINIMUM, 8))
def test_whoever_subtracts_what_is_shown_never_finds_fewer_than_the_minimum(
    respondents: dict[str, int], minimum: int
) -> None:
    """The attacker has every published count and takes any shown sectors from the overall result."""
    result = pulse_result(answers(**respondents), minimum)
    published = [group(found) for found in result.sectors.values() if isinstance(found, GroupResult)]
    assert all(each.respondents >= minimum for each in published)
    if isinstance(result.overall, NotComputable):
        assert not published
        return
    for taken in subsets(published):
        left = subtracted(result.overall, taken)
        people = sum(next(iter(left.values())).values())
        assert people == 0 or people >= minimum
    # What is left after all shown sectors is several hidden ones that nothing tells apart.
    assert len(result.sectors) - len(published) != 1


def subsets(found: list[GroupResult]) -> Iterable[tuple[GroupResult, ...]]:
    return (each for size in range(len(found) + 1) for each in combinations(found, size))


def subtracted(whole: GroupResult, parts: Iterable[GroupResult]) -> dict[str, Counter[int]]:
    """For each question, how many gave each answer among those in no part (None counts as 0)."""
    left = {code: counted(whole, code) for code in whole.questions}
    for part in parts:
        for code, answers_left in left.items():
            answers_left.subtract(counted(part, code))
    return left


def counted(found: GroupResult, code: str) -> Counter[int]:
    question = found.questions[code]
    return Counter({0: question.cannot_say, **dict(enumerate(question.counts, 1))})


def test_without_the_second_hiding_subtraction_would_find_the_small_sector() -> None:
    """The attack itself works: it finds three people where only the small sector is left out."""
    everybody = group(pulse_result(answers(health=9, council=5, schools=3)).overall)
    others = group(pulse_result(answers(health=9, council=5)).overall)
    assert subtracted(everybody, [others])["trust"] == Counter({0: 0, 1: 1, 2: 1, 3: 1, 4: 0, 5: 0})


def test_the_minimum_can_be_raised_and_never_lowered() -> None:
    assert shown(pulse_result(answers(health=9, council=9), 10)) == set()
    with pytest.raises(ValueError, match="never lowered"):
        pulse_result(answers(health=9), 4)


def test_answers_that_do_not_fit_the_questions_are_refused_all_at_once() -> None:
    wrong = Answer(" ", {**dict.fromkeys(CODES[1:], 3), "weather": 2, "trust": 6, "decisions": True})
    with pytest.raises(BadInput) as caught:
        pulse_result([answer("health"), wrong])
    assert [(each.place, each.what) for each in caught.value.problems] == [
        ("Answer 2", "It has no sector."),
        ("Answer 2, shared_purpose", "It is not answered."),
        ("Answer 2, trust", "6 is not on the scale."),
        ("Answer 2, decisions", "True is not on the scale."),
        ("Answer 2, weather", "This is not one of the questions."),
    ]


def test_our_questions_are_few_versioned_and_marked_as_ours() -> None:
    ours = questionnaire()
    assert ours.reference == "working-relationships 2026-1"
    assert len(ours.question) == 6
    assert "own wording" in ours.licence


def test_a_programme_can_ask_its_own_questions(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'code = "own"\nversion = "1"\ntitle = "T"\nlicence = "L"\nintroduction = "I"\ncannot_say = "?"\n'
        'scale = ["1", "2", "3", "4", "5"]\n[[question]]\ncode = "one"\ntext = "One?"\n'
    )
    asked = questionnaire(own)
    found = pulse_result([Answer("health", {"one": 5})] * 5, questions=asked)
    assert group(found.overall).mean == 5
    own.write_text(own.read_text() + '[[question]]\ncode = "one"\ntext = "Again?"\n')
    questionnaire.cache_clear()
    with pytest.raises(BadInput, match="A question's code stands twice"):
        questionnaire(own)


@pytest.mark.parametrize("content", [b"code = ", b"\xff", b""])
def test_a_file_that_holds_no_questionnaire_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    own = tmp_path / "own.toml"
    own.write_bytes(content)
    questionnaire.cache_clear()
    with pytest.raises(BadInput, match=r"own\.toml"):
        questionnaire(own)


def cut(at: float, of: str = "working-relationships 2026-1", reason: str = "Agreed in March.") -> Cut:
    return Cut(at, of, reason, date(2026, 3, 2))


def test_relationships_are_effective_from_the_cut_that_the_programme_set() -> None:
    result = pulse_result([answer("health", 4)] * 5)
    assert relationships(result, cut(4)) is Relationships.EFFECTIVE
    assert relationships(result, cut(4.1)) is Relationships.LESS_EFFECTIVE


def test_without_a_cut_for_these_questions_nothing_is_called_effective() -> None:
    result = pulse_result([answer("health", 4)] * 5)
    assert relationships(result, None) == NotComputable("The programme has not set what counts as effective.")
    assert relationships(result, cut(4, of="own 1")) == NotComputable(
        "The cut was set for other questions: own 1."
    )


def test_relationships_of_a_pulse_that_shows_nothing_are_not_called_anything() -> None:
    few, mute = pulse_result(answers(health=4)), pulse_result([answer("health", None)] * 5)
    assert relationships(few, cut(4)) == few.overall
    assert relationships(mute, cut(4)) == NotComputable("Nobody could say.")


@pytest.mark.parametrize(("at", "reason"), [(1, "Why."), (5.1, "Why."), (3, " ")])
def test_a_cut_lies_on_the_scale_and_has_a_reason(at: float, reason: str) -> None:
    with pytest.raises(ValueError, match="A cut"):
        cut(at, reason=reason)
