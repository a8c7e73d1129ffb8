"""Instruments: what the format allows, files there and back, versions, and differences in sentences."""

import string
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from ithrive.framework import framework
from ithrive.framework.ideas import Level
from ithrive.framework.instrument import TAKEN, Evidence, Instrument, Statement, Total, one_line
from ithrive.framework.instruments import (
    demonstration_instrument,
    differences,
    read_instrument,
    to_redcap_csv,
    to_toml,
    to_xlsx,
    why_not_import,
)

OURS = demonstration_instrument()


def statement(code: str = "policy", **fields: object) -> Statement:
    usual = {
        "code": code,
        "level": "macro",
        "principle": "Policy",
        "text": f"The text of {code}.",
        "anchors": ("Not yet", "In part", "Mostly", "Fully"),
        "question": "Which policy is there?",
    }
    return Statement.model_validate(usual | fields)


def instrument(*statements: Statement, **fields: object) -> Instrument:
    levels = (
        Level(code="macro", name="Macro", purpose="For all."),
        Level(code="micro", name="Micro", purpose="For one."),
    )
    usual = {"code": "tool", "version": "1", "title": "A tool", "licence": "Ours", "level": levels}
    return Instrument.model_validate({"statement": statements or (statement(),)} | usual | fields)


# --- what comes with the platform -------------------------------------------------------------------------


def test_ours_is_marked_as_a_demonstration_in_its_title_and_is_not_called_the_published_tool() -> None:
    assert OURS.demonstration
    assert OURS.title == "Demonstration instrument (our own wording, not the published tool)"


def test_ours_covers_the_six_known_macro_labels_and_the_eight_key_principles_at_meso_and_micro() -> None:
    levels, key = (framework().principle_set(code) for code in ("levels", "key"))
    assert levels is not None
    assert key is not None
    assert {each.principle for each in OURS.on_level("macro")} == {each.name for each in levels.principle}
    for level in ("meso", "micro"):
        assert [each.principle for each in OURS.on_level(level)] == [each.name for each in key.principle]


def test_the_levels_of_ours_have_their_published_purposes() -> None:
    levels = framework().principle_set("levels")
    assert levels is not None
    assert OURS.level == levels.level


def test_some_of_ours_rest_on_a_measure_and_each_of_those_names_it() -> None:
    measured = [each for each in OURS.statement if each.evidence is Evidence.QUANTITATIVE]
    assert len(measured) == 8
    assert all(each.measure for each in measured)


def test_statements_and_levels_are_found_by_code() -> None:
    assert OURS.statement_named("micro_stigma") in OURS.on_level("micro")
    assert OURS.statement_named("nothing") is None
    found = OURS.level_named("meso")
    assert found is not None
    assert found.name == "Meso"
    assert OURS.level_named("mega") is None


# --- what the format allows -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {"code": "Policy"},
        {"code": "joint-policy"},
        {"code": "9_policies"},
        {"code": "a" * 27},
        {"code": "about_policy"},
        {"code": "record_id"},
        {"code": "redcap_event"},
        {"code": "policy_unrated"},
        {"code": "policy_why"},
        {"anchors": ("one", "two", "three")},
        {"anchors": ("one", "two", "three | four", "five")},
        {"text": "   "},
        {"text": "bell\a"},
        {"text": "no such character \ufffe"},
        {"weight": 0},
        {"weight": 101},
        {"weight": float("nan")},
        {"weight": 1.0001},
        {"evidence": "hearsay"},
        {"measure": "Waits"},
        {"colour": "red"},
    ],
)
def test_a_statement_that_some_format_could_not_carry_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        statement(**fields)


def test_text_is_folded_to_one_line() -> None:
    assert statement(text="two\n  lines\u00a0here ").text == "two lines here"
    folded = instrument(level=[Level(code="macro", name="A\nlevel", purpose="For\nall.")])
    assert (folded.level[0].name, folded.level[0].purpose) == ("A level", "For all.")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"statement": (statement(), statement())}, "The statement “policy” stands twice"),
        ({"level": [Level(code="macro", name="A", purpose="B")] * 2}, "The level “macro” stands twice"),
        ({"statement": (statement(level="mega"),)}, "The level “mega” of the statement “policy” is not one"),
    ],
)
def test_an_instrument_is_whole(fields: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        instrument(**fields)


@pytest.mark.parametrize("version", ["", "1 draft", "1/2", "../1", ".", "1."])
def test_a_version_can_stand_in_an_address(version: str) -> None:
    with pytest.raises(ValidationError):
        instrument(version=version)


# --- there and back in every format -----------------------------------------------------------------------


def storable(text: str) -> bool:
    try:
        return bool(one_line(text))
    except ValueError:
        return False


text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(storable)
words = st.one_of(
    text, st.sampled_from(["=1+1", "'=1", "@HIDE", "-", "+44", "a: b", "1, 2", 'He said "so"', "''"])
)
lines = words.map(one_line)
codes = st.from_regex(r"[a-z][a-z0-9]{0,8}(_[a-z0-9]{1,8})?", fullmatch=True).filter(
    lambda code: not code.startswith(TAKEN)
)
level_codes = st.text(string.ascii_lowercase, min_size=1, max_size=8)
weights = st.integers(1, 100_000).map(lambda thousandths: thousandths / 1000)


@st.composite
def statements(draw: st.DrawFn, code: str, levels: list[str]) -> Statement:
    evidence = draw(st.sampled_from(Evidence))
    measure = draw(st.one_of(st.just(""), lines)) if evidence is Evidence.QUANTITATIVE else ""
    anchors = [draw(lines.filter(lambda each: "|" not in each)) for _ in range(4)]
    return statement(
        code,
        level=draw(st.sampled_from(levels)),
        principle=draw(lines),
        text=draw(lines),
        question=draw(lines),
        anchors=anchors,
        evidence=evidence,
        measure=measure,
        weight=draw(weights),
    )


@st.composite
def instruments(draw: st.DrawFn) -> Instrument:
    levels = draw(st.lists(level_codes, min_size=1, max_size=3, unique=True))
    named = draw(st.lists(codes, min_size=1, max_size=4, unique=True))
    return instrument(
        code=draw(st.from_regex(r"[a-z]{1,6}(-[a-z]{1,6})?", fullmatch=True)),
        version=draw(st.from_regex(r"[0-9A-Za-z]{1,4}([.-][0-9A-Za-z]{1,4})?", fullmatch=True)),
        title=draw(lines),
        licence=draw(lines),
        demonstration=draw(st.booleans()),
        total=draw(st.sampled_from(Total)),
        level=[Level(code=code, name=draw(lines), purpose=draw(lines)) for code in levels],
        statement=[draw(statements(code, levels)) for code in named],
    )


@given(instruments())
@example(OURS)
def test_toml_there_and_back_is_the_same(one: Instrument) -> None:
    assert read_instrument(to_toml(one).encode(), "there.toml") == one


@given(instruments())
@example(OURS)
def test_a_redcap_dictionary_there_and_back_is_the_same(one: Instrument) -> None:
    assert read_instrument(to_redcap_csv(one).encode(), "there.csv") == one


@given(instruments())
@example(OURS)
def test_a_workbook_there_and_back_is_the_same(one: Instrument) -> None:
    assert read_instrument(to_xlsx(one), "there.xlsx") == one


# --- differences and versions -----------------------------------------------------------------------------

CHANGES: list[tuple[str, Callable[[Statement], Statement], str]] = [
    ("text", lambda one: one.model_copy(update={"text": "New."}),
     "Statement policy: the statement was “The text of policy.” and is “New.”"),
    ("question", lambda one: one.model_copy(update={"question": "Why?"}),
     "Statement policy: the question was “Which policy is there?” and is “Why?”"),
    ("anchor", lambda one: one.model_copy(update={"anchors": ("Not yet", "In part", "Largely", "Fully")}),
     "Statement policy: what a score of 3 means was “Mostly” and is “Largely”."),
    ("level", lambda one: one.model_copy(update={"level": "micro"}),
     "Statement policy moved from level macro to micro."),
    ("weight", lambda one: one.model_copy(update={"weight": 2.5}),
     "Statement policy weighs 2.5 instead of 1."),
    ("evidence", lambda one: one.model_copy(update={"evidence": Evidence.QUANTITATIVE}),
     "Statement policy: the kind of evidence was “narrative” and is “quantitative”."),
    ("principle", lambda one: one.model_copy(update={"principle": "Working together"}),
     "Statement policy: the principle was “Policy” and is “Working together”."),
]  # fmt: skip


@pytest.mark.parametrize(("what", "change", "said"), CHANGES, ids=[each[0] for each in CHANGES])
def test_one_change_to_a_statement_is_one_sentence(
    what: str, change: Callable[[Statement], Statement], said: str
) -> None:
    old, new = instrument(), instrument(change(statement()), version="2")
    assert [each.sentence for each in differences(old, new)] == [said]


def test_statements_added_removed_and_put_elsewhere_are_told() -> None:
    old = instrument(statement("first"), statement("second"), statement("gone"))
    new = instrument(statement("second"), statement("first"), statement("fresh"))
    assert [each.sentence for each in differences(old, new)] == [
        "Statement gone is gone. It was: “The text of gone.”",
        "Statement fresh is new: “The text of fresh.”",
        "Statement second moved from place 2 to place 1 in the order.",
    ]


def test_levels_in_another_order_are_told() -> None:
    new = instrument(level=instrument().level[::-1])
    assert [each.sentence for each in differences(instrument(), new)] == [
        "The order of the levels was “macro, micro” and is “micro, macro”."
    ]


def test_what_concerns_the_whole_is_told_first() -> None:
    levels = [
        Level(code="macro", name="Macro", purpose="For many."),
        Level(code="meso", name="M", purpose="P"),
    ]
    old = instrument()
    new = instrument(title="Another", total="mean", demonstration=True, level=levels)
    assert [each.sentence for each in differences(old, new)] == [
        "The title was “A tool” and is “Another”.",
        "The way of adding up a level was “sum” and is “mean”.",
        "The kind of wording was “an instrument in use” and is “demonstration”.",
        "The level macro was “Macro: For all.” and is “Macro: For many.”",
        "The level micro was “Micro: For one.” and is not there.",
        "The level meso was not there and is “M: P”.",
    ]


@given(instruments(), instruments())
def test_two_versions_differ_in_nothing_only_if_they_are_the_same_but_for_the_number(
    one: Instrument, other: Instrument
) -> None:
    assert differences(one, one) == ()
    same = other.model_copy(update={"version": one.version}) == one
    assert (differences(one, other) == ()) is same


def test_the_same_again_may_be_taken_and_a_version_that_is_not_known() -> None:
    assert why_not_import(instrument(), None) is None
    assert why_not_import(instrument(), instrument()) is None


def test_other_content_under_a_known_version_may_not_and_the_reason_says_what_differs() -> None:
    reason = why_not_import(instrument(statement(weight=2.0)), instrument())
    assert reason == (
        "Version 1 of “tool” is here already, with other content, and a version never changes. "
        "Statement policy weighs 2 instead of 1. Give the changed instrument a new version and send it again."
    )


def test_of_many_differences_the_reason_tells_three_and_counts_the_others() -> None:
    changed = instrument(*(statement(code) for code in ("one", "two", "three")))
    reason = why_not_import(changed, instrument())
    assert reason is not None
    assert "And 1 more." in reason
