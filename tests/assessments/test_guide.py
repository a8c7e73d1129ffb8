"""The interview guide is made from the instrument, for staff and for young people, whole or by level."""

from pathlib import Path

import pytest

from ithrive.assessments.guide import frames, guide
from ithrive.assessments.interviewing import Covers
from ithrive.assessments.sectors import VIEWS, YOUNG_PEOPLE
from ithrive.framework.instrument import Evidence
from ithrive.framework.instruments import demonstration_instrument
from ithrive.problems import BadInput
from tests.assessments.instruments import instrument, statement


def test_every_statement_is_asked_once_with_its_anchors_to_listen_for() -> None:
    ours = demonstration_instrument()
    made = guide(ours)
    asked = [each for section in made.sections for each in section.questions]
    assert {each.statement for each in asked} == {each.code for each in ours.statement}
    assert len(asked) == len(ours.statement)
    first = ours.statement[0]
    assert asked[0].question == first.question
    assert asked[0].listen_for == tuple(zip((1, 2, 3, 4), first.anchors, strict=True))
    assert "not the published tool" in made.notice


def test_a_guide_of_one_level_keeps_the_numbers_of_the_whole() -> None:
    micro = guide(instrument(), level="micro")
    assert [each.code for each in micro.sections] == ["micro"]
    assert [each.number for each in micro.sections[0].questions] == [7, 8]
    assert micro.notice == ""


def test_a_level_without_statements_is_not_asked_about() -> None:
    assert [each.code for each in guide(instrument(statement("a1"))).sections] == ["macro"]


def test_a_measure_is_named_where_the_evidence_is_a_figure() -> None:
    of = instrument(statement("a1", evidence=Evidence.QUANTITATIVE, measure="Waits"), statement("a2"))
    assert [each.measure for each in guide(of).sections[0].questions] == ["Waits", ""]


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_has_a_frame_that_asks_consent_for_everything_that_can_be_kept(view: str) -> None:
    asked = sum(sentence.endswith("?") for sentence in guide(instrument(), view=view).frame.consent)
    assert asked == len(Covers)


def test_young_people_are_told_that_their_care_does_not_depend_on_it() -> None:
    said = " ".join(guide(instrument(), view=YOUNG_PEOPLE).frame.consent)
    assert "Nothing about your care changes" in said


@pytest.mark.parametrize("asked", [{"view": "cats"}, {"level": "cosmos"}])
def test_what_there_is_no_guide_for_is_refused_with_the_choices(asked: dict[str, str]) -> None:
    with pytest.raises(BadInput, match="Choose one of"):
        guide(instrument(), **asked)


def test_a_programme_can_put_its_own_wording_in_place_of_ours(tmp_path: Path) -> None:
    own = tmp_path / "interview.toml"
    own.write_text(
        'code = "own"\nversion = "7"\nlicence = "Ours."\n[[frame]]\nview = "staff"\ntitle = "Own guide"\n'
        'introduction = ["Hello."]\nconsent = ["May we?"]\nclosing = ["Bye."]\nafterwards = "Done."\n'
    )
    made = guide(instrument(), own=own)
    assert made.frame.title == "Own guide"
    assert made.wording == "Ours. Version 7."


def test_a_wording_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        frames(tmp_path / "none.toml")
