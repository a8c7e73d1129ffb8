"""The data set as dated files: every file loads, names agree, and national facts are those we were given."""

import csv
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ithrive.framework import framework
from ithrive.problems import BadInput
from ithrive.records.model import (
    codes,
    concepts,
    in_month,
    members,
    model,
    month_number,
    month_start,
    needs_based_codes,
    own_lists,
    scales,
    stand_ins,
    team_groupings,
    team_types,
    teams,
)
from ithrive.records.model.data_files import DATA


def test_every_required_fact_has_a_source() -> None:
    dated = (*codes(), *members(), *teams(), *team_groupings(), *scales())
    assert all(entry.source for entry in dated)
    assert all(field.source for table in model().values() for field in table.fields)


def test_a_label_that_only_repeats_its_code_says_that_none_was_found() -> None:
    bare = [code for code in codes() if code.code in code.label.replace(")", "").split()]
    assert len(bare) > 30
    assert [code for code in bare if "labels not found" not in code.source] == []


def test_a_label_from_memory_says_so() -> None:
    sources = {code.source for code in codes() if code.code_list in {"legal_status", "care_plan_type"}}
    assert all("as known, not checked here" in source for source in sources)


def test_nothing_ends_before_it_begins() -> None:
    dated = (*codes(), *members(), *teams(), *team_groupings(), *scales())
    assert [entry for entry in dated if entry.valid_to and entry.valid_to < entry.valid_from] == []


def test_a_code_stands_once_in_its_list_in_any_month() -> None:
    for month in (date(2019, 4, 1), date(2021, 10, 1), date(2024, 4, 1), date(2026, 4, 1)):
        twice = Counter((code.code_list, code.code) for code in in_month(codes(), month))
        assert [code for code, times in twice.items() if times > 1] == []


@pytest.mark.parametrize(
    ("number", "day"), [(1429, date(2019, 4, 1)), (1467, date(2022, 6, 1)), (1489, date(2024, 4, 1))]
)
def test_months_are_counted_as_the_national_processing_counts_them(number: int, day: date) -> None:
    assert (month_number(day), month_start(number)) == (number, day)


def test_attended_by_video_counts_from_october_2021() -> None:
    known = [code for code in codes() if code.code_list == "mechanism"]
    assert "11" not in {code.code for code in in_month(known, date(2021, 9, 30))}
    assert "11" in {code.code for code in in_month(known, date(2021, 10, 1))}


def test_a_treatment_counts_in_its_months_only() -> None:
    assert "718023002" in concepts("nice_eating_disorder", date(2024, 4, 1))
    assert "718023002" not in concepts("nice_eating_disorder", date(2024, 5, 1))
    assert "1323681000000103" not in concepts("nice_eating_disorder", date(2023, 3, 1))


def test_members_that_stand_in_for_unknown_ones_say_so() -> None:
    examples = {member.set for member in members() if member.example}
    assert examples == {"refset_1853461000000105", "refset_1853481000000101", "refset_1853451000000107"}


def test_a_programmes_own_lists_are_looked_through_before_they_count(tmp_path: Path) -> None:
    ours = (DATA / "reference_sets.csv").read_text(encoding="utf-8")
    real = ours.replace(",example,", ",published,")
    (tmp_path / "reference_sets.csv").write_text(real, encoding="utf-8")
    assert stand_ins(own_lists(tmp_path)) == ()
    assert len(stand_ins()) == 3


def without_sfq(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("sfq,"))


@pytest.mark.parametrize(
    ("name", "spoilt", "sentence"),
    [
        (
            "reference_sets.csv",
            lambda text: text.replace("51484002", "5.1484E+07"),
            "row 2: “5.1484E+07” is no",
        ),
        ("reference_sets.csv", lambda text: text.replace(",2016-01,", ",01/2016,"), "Write it as 2024-04."),
        ("reference_sets.csv", without_sfq, "It lacks sfq, and takes the place of our list whole."),
        ("scales.csv", lambda text: text.replace(",6.6,", ",six,"), "reliable_change is “six”"),
        (
            "scales.csv",
            lambda text: text.replace("higher_is_better", "better"),
            "has no column higher_is_better",
        ),
        ("team_groupings.csv", lambda text: text.replace("getting-help", "tier-3"), "grouping is “tier-3”"),
        ("team_sets.csv", str, "It is no list that a programme can set here."),
    ],
    ids=["mangled", "no month", "a set less", "no number", "no column", "no grouping", "no such list"],
)
def test_an_own_list_with_a_fault_is_refused_by_file_and_row(
    tmp_path: Path, name: str, spoilt: Callable[[str], str], sentence: str
) -> None:
    text = (DATA / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(spoilt(text), encoding="utf-8")
    with pytest.raises(BadInput, match=re.escape(sentence)) as refusal:
        own_lists(tmp_path)
    assert str(refusal.value).startswith(name)


def test_codes_of_the_older_version_stand_for_groupings_by_a_file(tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text("code,grouping\nH1,getting-help\nA1,getting-advice\n")
    assert needs_based_codes(path) == (("H1", "getting-help"), ("A1", "getting-advice"))
    path.write_text("code,grouping\nH1,getting-help\nH1,tier-3\n")
    with pytest.raises(
        BadInput, match=r"row 3: The code H1 stands there twice.(.|\n)*“tier-3” is no grouping"
    ):
        needs_based_codes(path)


def test_a_programmes_own_file_takes_the_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "team_sets.csv").write_text(
        "set,team_type,valid_from,valid_to,source\ncrisis,A99,2024-04,,Us\n"
    )
    assert team_types("crisis", own=tmp_path) == {"A99"}
    assert team_types("crisis") == {"A02", "A18", "A19"}


def test_an_unknown_set_is_refused() -> None:
    with pytest.raises(KeyError):
        concepts("no such set")


def test_teams_stand_for_groupings_of_the_framework() -> None:
    assert {team.grouping for team in team_groupings()} <= {
        grouping.code for grouping in framework().groupings.grouping
    }


def test_tables_and_fields_are_those_of_the_data_set(shared_data: Path) -> None:
    with (shared_data / "mhsds" / "fields.csv").open(encoding="utf-8", newline="") as file:
        national = {(row["table"], row["uid"]): row["field"] for row in csv.DictReader(file) if row["uid"]}
    for table in model().values():
        for field in table.fields:
            # One field of MHS205 is not in the list we were given; its validation messages name it.
            if field.uid and field.uid != "M205010":
                assert national[table.name, field.uid] == field.name


def test_thresholds_are_those_published(shared_data: Path) -> None:
    def plain(text: str) -> str:
        return text.lower().replace("'", "")

    path = shared_data / "mhsds" / "reliable_change.csv"
    with path.open(encoding="utf-8", newline="") as file:
        published = {
            plain(row["measure_term"]): float(row["reliable_change_threshold"])
            for row in csv.DictReader(file)
        }
    ours = {plain(scale.scale): scale.reliable_change for scale in scales()}
    assert {name: published[name] for name in ours} == ours
    # The national list names goals twice; only one of the names has a concept.
    assert {name for name in published if name not in ours} == {
        f"goal-based outcomes tool goal progress chart - goal {goal} score" for goal in (1, 2, 3)
    }
