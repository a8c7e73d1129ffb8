"""The framework's files: ours load, a programme's own take their place, and faults are named."""

from pathlib import Path

import pytest

from ithrive.framework import framework
from ithrive.framework.definition_files import OURS
from ithrive.problems import BadInput


def own_text(folder: Path, name: str, old: str, new: str) -> Path:
    text = (OURS / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new))
    return folder


def test_the_five_groupings_are_there_under_codes_that_never_change():
    assert [grouping.code for grouping in framework().groupings.grouping] == [
        "thriving",
        "getting-advice",
        "getting-help",
        "getting-more-help",
        "getting-risk-support",
    ]


def test_the_two_published_sets_of_principles_are_kept_apart():
    key, levels = framework().principle_sets
    assert (key.code, len(key.principle), key.complete) == ("key", 8, True)
    assert (levels.code, len(levels.principle), levels.complete) == ("levels", 6, False)
    assert {principle.level for principle in levels.principle} == {"macro"}
    assert not {each.code for each in key.principle} & {each.code for each in levels.principle}


def test_an_incomplete_set_says_what_is_missing():
    assert all(bool(each.missing) is not each.complete for each in framework().principle_sets)


def test_a_grouping_goes_by_its_latest_name_and_remembers_the_others():
    grouping = framework().grouping("getting-advice")
    assert grouping is not None
    assert grouping.name == "Getting Advice and Signposting"
    assert [name.name for name in grouping.names] == [
        "Coping",
        "Getting Advice",
        "Getting Advice and Signposting",
    ]


def test_what_does_not_exist_is_not_found():
    assert framework().grouping("tier-3") is None
    assert framework().principle_set("tiers") is None


def test_no_text_of_ours_speaks_of_tiers_or_steps_of_severity():
    words = " ".join(path.read_text().lower() for path in OURS.glob("*.toml"))
    assert "tier" not in words
    assert "ladder" not in words


def test_a_programmes_own_file_takes_the_place_of_ours(tmp_path):
    own = own_text(tmp_path, "groupings.toml", 'name = "Getting Help"', 'name = "Getting Help, locally"')
    grouping = framework(own).grouping("getting-help")
    assert grouping is not None
    assert grouping.name == "Getting Help, locally"
    assert framework(own).principle_sets == framework().principle_sets


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (
            "groupings.toml",
            'code = "thriving"\n',
            "",
            "groupings.toml, grouping 1 code: Field required.",
        ),
        (
            "groupings.toml",
            'code = "getting-help"',
            'code = "thriving"',
            "the framework's files: grouping 'thriving' stands twice.",
        ),
        (
            "principles-key.toml",
            'sources = ["IT-PRIN-NEW"',
            'sources = ["NOWHERE"',
            "the framework's files: source 'NOWHERE' is cited but is not in sources.toml.",
        ),
        (
            "principles-levels.toml",
            'level = "macro"\nname = "Interagency',
            'level = "mega"\nname = "Interagency',
            "the framework's files: level 'mega' is used in the set 'levels' but not described there.",
        ),
        (
            "principles-levels.toml",
            "complete = false",
            'complete = "perhaps"',
            "principles-levels.toml, complete: Input should be a valid boolean, unable to interpret input.",
        ),
    ],
)
def test_a_fault_in_a_file_is_named_with_its_place(tmp_path, name, old, new, said):
    with pytest.raises(BadInput) as refusal:
        framework(own_text(tmp_path, name, old, new))
    assert f"{said} Correct the entry, or take the file away to use ours." in str(refusal.value).splitlines()


def test_a_file_that_is_not_toml_is_named(tmp_path):
    (tmp_path / "groupings.toml").write_text("five = = groupings")
    with pytest.raises(BadInput, match=r"groupings\.toml: It cannot be read as TOML"):
        framework(tmp_path)
