"""`ithrive areas coverage` works out the share by itself, from files, without a website."""

import json
from pathlib import Path

import pytest

from tests.cli.small_country import small_country
from tests.commands import Run, refused


def ask(ithrive: Run, manifest: Path, *more: str, on: str = "2016-07-01"):
    words = ("--manifest", manifest, "--members", manifest.parent / "members.csv", "--on", on, *more)
    return ithrive("areas", "coverage", *words, website=False)


def test_coverage_is_a_sentence_with_the_figures_behind_it(ithrive: Run, tmp_path: Path):
    ran = ask(ithrive, small_country(tmp_path))
    assert ran.stdout.splitlines()[:3] == [
        "2 local areas, in which 40% of Arden's children and young people aged 0 to 17 live.",
        "720 of 1,800 people aged 0 to 17 on 2016-07-01.",
        "Worked out on Woods, 2015 (W15), people at mid-2015.",
    ]
    assert ran.stderr.splitlines() == ["Codes of woods", "People of woods"]


def test_the_change_since_a_day_is_said_too(ithrive: Run, tmp_path: Path):
    ran = ask(ithrive, small_country(tmp_path), "--since", "2015-07-01")
    assert "540 more children and young people aged 0 to 17 live in member areas" in ran.stdout


def test_json_holds_the_whole_working_and_its_people_add_up(ithrive: Run, tmp_path: Path):
    ran = ask(ithrive, small_country(tmp_path), "--since", "2015-07-01", "--ages", "0-24", "--json")
    told = json.loads(ran.stdout)
    assert (told["covered"], told["population"], told["share"]) == (1_000, 2_500, 0.4)
    assert [(row["code"], row["covered_people"]) for row in told["working"]] == [
        ("A1", 250),
        ("B1", 750),
        ("C1", 0),
    ]
    assert told["change"]["people"] == sum(move["people"] for move in told["change"]["moves"]) == 750


def test_a_bad_list_is_refused_row_by_row(ithrive: Run, tmp_path: Path):
    manifest = small_country(tmp_path, members="code,role\nA1,member\nZZ,member\nB1,friend\n")
    said = ask(ithrive, manifest).stderr.splitlines()
    assert [line for line in said if "row 3, column code" in line]
    assert [line for line in said if "row 4, column role" in line]


def test_a_bad_file_is_refused_before_anything_is_worked_out(ithrive: Run, tmp_path: Path):
    ran = ask(ithrive, small_country(tmp_path, people="code;age\nA1;many\n"))
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert "people.csv" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("option", ["--geography", "--ages"])
def test_an_unknown_choice_is_refused(ithrive: Run, tmp_path: Path, option: str):
    ran = ask(ithrive, small_country(tmp_path), option, "XX")
    assert ran.returncode == 2
    assert "XX" in ran.stderr.splitlines()[-1]


def test_without_a_manifest_the_database_of_the_website_is_asked(ithrive: Run, tmp_path: Path):
    members = small_country(tmp_path).parent / "members.csv"
    ran = ithrive("areas", "coverage", "--members", members, "--on", "2016-07-01", website=False)
    assert "the website is not installed here" in refused(ran)


def test_real_ccgs_of_2015_are_counted_the_same_on_later_geographies(
    ithrive: Run, tmp_path: Path, shared_data: Path
):
    root = Path(__file__).parent.parent.parent
    members = tmp_path / "members.csv"
    members.write_text("code\nE38000001\nE38000002\nE38000004\n", encoding="utf-8")
    manifest = root / "docs/examples/england/manifest.toml"
    shares = []
    for geography in ("CCG15", "CCG21"):
        ran = ithrive(
            *("areas", "coverage", "--manifest", manifest, "--folder", shared_data, "--members", members),
            *("--on", "2021-06-30", "--geography", geography, "--json"),
            website=False,
        )
        told = json.loads(ran.stdout)
        assert told["areas_counted"] == 3
        shares.append(told["covered"])
    # Each line is rounded to whole people: half a person for each area in either geography at most.
    assert abs(shares[0] - shares[1]) <= 3
