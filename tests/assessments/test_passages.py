"""Passages: sentences to choose from, stretches that cannot shift, and a text cut where they lie."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithrive.assessments.passages import (
    LONGEST_PART,
    LONGEST_PASSAGE,
    Marked,
    chosen,
    digest_of,
    parts,
    plain_text,
    stretches,
    trimmed,
    why_not_change_text,
    why_not_mark,
    words_of,
)

TEXT = "Ada said: “We meet.” Then she left. It cost 3.5 pounds.\nA new line! Yes? no."
texts = st.text(alphabet="aB .!?\n“”3😀\t", max_size=300)


def test_sentences_end_where_a_capital_or_a_quotation_follows() -> None:
    assert [(each.paragraph, each.words) for each in parts(TEXT)] == [
        (1, "Ada said: “We meet.”"),
        (1, "Then she left."),
        (1, "It cost 3.5 pounds."),
        (2, "A new line!"),
        (2, "Yes? no."),
    ]


def test_a_text_without_sentences_is_cut_at_spaces_and_then_anywhere() -> None:
    assert all(len(each.words) <= LONGEST_PART for each in parts("word " * 500 + "x" * 2000))
    assert "".join(each.words for each in parts("y" * 1500)) == "y" * 1500
    assert [len(each.words) for each in parts("x" * 599 + "." + " " * 10 + "End.")] == [600, 4]


@given(texts)
def test_parts_lie_where_they_say_in_order_and_together_hold_every_word(text: str) -> None:
    found = parts(text)
    assert [text[each.begins : each.ends] for each in found] == [each.words for each in found]
    assert all(one.ends <= two.begins for one, two in pairwise(found))
    assert "".join("".join(each.words for each in found).split()) == "".join(text.split())
    assert all(each.words == each.words.strip() != "" for each in found)


def test_neighbouring_parts_become_one_passage() -> None:
    first, second = chosen(TEXT, {1, 2, 5, 99})
    assert TEXT[slice(*first)] == "Ada said: “We meet.” Then she left."
    assert TEXT[slice(*second)] == "Yes? no."


def test_nothing_chosen_is_no_passage() -> None:
    assert chosen(TEXT, set()) == ()


def test_space_around_a_stretch_is_left_out() -> None:
    assert trimmed("a  word  here", 1, 9) == (3, 7)


@pytest.mark.parametrize(
    ("begins", "ends", "statement", "said"),
    [
        (0, 5, "a1", None),
        (0, 5, "z9", "Choose the statement"),
        (5, 5, "a1", "Choose a stretch"),
        (-1, 5, "a1", "Choose a stretch"),
        (0, 10_001, "a1", "Choose a stretch"),
        (0, LONGEST_PASSAGE + 1, "a1", "at most 5,000 characters"),
    ],
)
def test_what_can_be_evidence(begins: int, ends: int, statement: str, said: str | None) -> None:
    reason = why_not_mark("w" * 10_000, begins, ends, statement=statement, known={"a1"})
    assert (reason is None) if said is None else (reason is not None and said in reason)


def test_space_alone_is_no_evidence() -> None:
    assert why_not_mark("a   b", 1, 3, statement="a1", known={"a1"})


def test_a_passage_of_a_text_that_changed_has_no_words() -> None:
    mark = digest_of(TEXT)
    assert words_of(TEXT, 21, 35, mark) == "Then she left."
    assert words_of("X" + TEXT, 21, 35, mark) is None
    assert words_of(TEXT, 21, 3500, mark) is None


def test_a_text_changes_only_while_nothing_is_marked_in_it() -> None:
    assert why_not_change_text(0) is None
    assert "1 passage is" in str(why_not_change_text(1))
    assert "2 passages are" in str(why_not_change_text(2))


@given(texts, st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=6))
def test_stretches_are_the_whole_text_and_know_the_passages_over_each_character(
    text: str, places: list[tuple[int, int]]
) -> None:
    mark = digest_of(text)
    fitting = [(a, b) for a, b in places if a < b <= len(text)]
    marked = [Marked(key, "a1", a, b, mark) for key, (a, b) in enumerate(fitting)]
    found = stretches(text, marked)
    assert "".join(each.words for each in found) == text
    for each in found:
        for place in range(each.begins, each.ends):
            assert set(each.passages) == {m.key for m in marked if m.begins <= place < m.ends}


def test_a_passage_of_another_text_cuts_nothing() -> None:
    assert len(stretches(TEXT, [Marked(1, "a1", 0, 5, digest_of("other"))])) == 1


@given(st.text(max_size=200))
def test_a_text_made_plain_stays_as_it_is(text: str) -> None:
    once = plain_text(text)
    assert plain_text(once) == once
    assert "\r" not in once
