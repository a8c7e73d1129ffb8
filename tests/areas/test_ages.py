import pytest

from ithrive.areas.ages import AgeBand
from ithrive.problems import BadInput


@pytest.mark.parametrize(
    ("text", "band", "label"),
    [
        ("0-17", AgeBand(0, 17), "0 to 17"),
        (" 18–24 ", AgeBand(18, 24), "18 to 24"),
        ("16", AgeBand(16, 16), "16"),
        ("0-0", AgeBand(0, 0), "0"),
    ],
)
def test_a_band_is_read_as_people_write_it_and_said_in_words(text: str, band: AgeBand, label: str) -> None:
    assert AgeBand.parse(text) == band
    assert band.label == label


@pytest.mark.parametrize("text", ["", "0 to 17", "17-0", "-1", "0-", "x", "0-1-2", "٣-٤", "1.5", "0-1700"])
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadInput, match=r"Ages: “.*” is not a band of ages\. Write .* as 0-17\."):
        AgeBand.parse(text)


def test_a_band_cannot_be_made_the_wrong_way_round() -> None:
    with pytest.raises(BadInput):
        AgeBand(17, 0)
