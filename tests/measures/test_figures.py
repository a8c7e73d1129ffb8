"""The name of a figure says all that tells it from every other, and can be read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithrive.measures import NOT_KNOWN, FigureKey, grouping_codes

codes = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
breakdowns = st.builds("{}={}".format, codes, codes)
keys = st.builds(
    FigureKey,
    st.from_regex(r"[A-Z][0-9]", fullmatch=True),
    codes,
    st.sampled_from(["", *grouping_codes()]),
    st.one_of(st.just(""), breakdowns),
)


@given(keys)
def test_a_key_written_is_read_as_itself(key: FigureKey) -> None:
    assert FigureKey.parse(key.text) == key


@given(keys, keys)
def test_no_two_figures_have_one_name(one: FigureKey, other: FigureKey) -> None:
    assert (one.text == other.text) == (one == other)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (FigureKey("H3", "started"), "H3.started"),
        (FigureKey("H3", "started", "getting-help"), "H3.started/getting-help"),
        (FigureKey("H1", "people", "", "sex=female"), "H1.people//sex=female"),
        (FigureKey("H1", "people", "thriving", "sex=female"), "H1.people/thriving/sex=female"),
    ],
)
def test_a_key_is_written_in_one_way(key: FigureKey, text: str) -> None:
    assert key.text == text


@pytest.mark.parametrize("text", ["", "H3", "H3.", ".started", "H3/started"])
def test_what_names_no_figure_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="names no figure: write it as"):
        FigureKey.parse(text)


def test_the_whole_of_a_figure_is_all_groupings_together_for_the_same_people() -> None:
    part = FigureKey("H1", "people", "getting-help", "sex=female")
    assert part.whole == FigureKey("H1", "people", "", "sex=female")


def test_a_return_splits_figures_by_the_five_groupings_and_those_not_known() -> None:
    assert grouping_codes() == (
        "thriving",
        "getting-advice",
        "getting-help",
        "getting-more-help",
        "getting-risk-support",
        NOT_KNOWN,
    )
