"""REDCap's records: what could not be rated is told from what is missing, and all of it comes back."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithrive.assessments.export import ExportedRound
from ithrive.assessments.past_rounds import agreed_scores
from ithrive.assessments.ratings import AgreedScore
from ithrive.assessments.redcap_records import redcap_table
from ithrive.tables import csv_text
from tests.assessments import past_lists
from tests.assessments.instruments import instrument, statement

SMALL = instrument(statement("a1"), statement("a2"), statement("a3"))
ROUND = ExportedRound(
    country="thornmere", area_kind="local-area", area_code="T1", area_name="Alderbrook", number=7,
    purpose="evaluated", study="", due_on=date(2016, 3, 31), held_on=None, imported=False, instrument=SMALL,
    ratings=None, views={},
    agreed={"a1": AgreedScore("a1", 3, "-1 was wrong", 2, 4), "a2": AgreedScore("a2", None, "Nobody knew")},
)  # fmt: skip
BESIDE = tuple(f"a{number}{ending}" for number in (1, 2, 3) for ending in ("", "_unrated", "_why"))
ABOUT = ("about_code", "about_kind", "about_due", "about_study")
HEAD = "record_id,redcap_event_name,about_code,about_due,a1,a1_unrated,a1_why\n"
EVALUATED = "T1,round_2016_03_arm_1,T1,2016-03-31"
read, refusal = partial(past_lists.read, small=SMALL), partial(past_lists.refusal, small=SMALL)


def test_a_record_tells_a_score_what_cannot_be_rated_and_what_is_missing_apart() -> None:
    headings, rows = redcap_table([ROUND], SMALL)
    assert headings == ("record_id", "redcap_event_name", *ABOUT, *BESIDE)
    assert rows == [
        (
            *("T1", "round_2016_03_arm_1", "T1", "local-area", date(2016, 3, 31), ""),
            *(3, 0, "-1 was wrong", None, 1, "Nobody knew", None, None, ""),
        ),
    ]


def test_a_record_is_an_area_in_a_study_and_other_versions_and_unsigned_rounds_are_left_out() -> None:
    rounds = [
        replace(ROUND, study="s-1", purpose="reflection"),
        replace(ROUND, agreed=None),
        replace(ROUND, instrument=SMALL.model_copy(update={"version": "2"})),
    ]
    _, rows = redcap_table(rounds, SMALL)
    assert [row[:2] for row in rows] == [("T1-s-1", "round_2016_03_arm_2")]


# As a table keeps it: without space around it, and no apostrophe of its own before what looks like a formula.
reasons = st.text("ab1:;,-=+'\"\n ", min_size=1, max_size=20).map(str.strip).filter(bool)
plain_reasons = reasons.filter(lambda text: not text.startswith("'"))


@st.composite
def agreed(draw: st.DrawFn) -> dict[str, AgreedScore]:
    """Scores of some statements: at least one, as a round without any is no round to bring in."""
    told = draw(st.sets(st.sampled_from(["a1", "a2", "a3"]), min_size=1))
    scored = {code: draw(st.none() | st.integers(1, 4)) for code in sorted(told)}
    return {
        code: AgreedScore(code, score, draw(plain_reasons if score is None else plain_reasons | st.just("")))
        for code, score in scored.items()
    }


@settings(max_examples=60)
@given(agreed(), st.sampled_from(["", "s-1"]))
def test_what_was_agreed_comes_back_from_redcap_as_it_went(told: dict[str, AgreedScore], study: str) -> None:
    [back] = read(csv_text(*redcap_table([replace(ROUND, agreed=told, study=study)], SMALL)))
    assert (back.code, back.kind, back.due, back.study) == ("T1", "local-area", ROUND.due_on, study)
    assert agreed_scores(back, SMALL) == told


def test_what_redcap_adds_is_passed_over_and_its_labels_are_understood() -> None:
    text = (
        "record_id,redcap_event_name,redcap_repeat_instance,about_code,about_due,a1,a1_unrated,a1_why,"
        "example_complete\nT1,round_2016_03_arm_1,,T1,2016-03-31,,Yes,,2\n"
    )
    [back] = read(text)
    assert agreed_scores(back, SMALL) == {"a1": AgreedScore("a1", None, "No reason was recorded.")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{HEAD}{EVALUATED},3,1,\n", "Row 2, column a1_unrated: It has a score and is marked as not to be"),
        (f"{HEAD}{EVALUATED},3,perhaps,\n", "Row 2, column a1_unrated: “perhaps” is neither yes nor no."),
        (f"{HEAD}{EVALUATED},,0,Nobody knew\n", "Row 2, column a1_why: A reason stands here without an"),
        (f"{HEAD}{EVALUATED},5,0,\n", "Row 2, column a1: 5 is not on the scale 1 to 4."),
        (f"{HEAD}{EVALUATED},3,0,{'x' * 501}\n", "Row 2, column a1_why: The reason is too long."),
        (f"{HEAD}{EVALUATED.replace('arm_1', 'arm_2')},3,0,\n", "This is an area's own reflection"),
        (HEAD.replace("about_due", "due") + f"{EVALUATED},3,0,\n", "The column “about_due” is missing."),
    ],
    ids=("both", "neither", "reason alone", "off the scale", "long", "reflection", "no day"),
)
def test_a_record_that_contradicts_itself_is_refused_at_its_cell(text: str, said: str) -> None:
    assert said in refusal(text)


def test_raters_of_past_rounds_give_no_reason_for_a_score() -> None:
    assert "Row 2, column a1_why: A reason" in refusal(
        "code,due,rater,a1,a1_why\nT1,2016-03-31,A,3,Because\n"
    )
