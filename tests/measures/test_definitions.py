"""The measures we ship hold together, and what is wrong with a file is said with its name and field."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from ithrive.measures import (
    Direction,
    FigureKey,
    Level,
    Measure,
    Returned,
    Status,
    Unit,
    kin,
    measures,
    same_counts,
)
from ithrive.measures.reading import OURS
from ithrive.problems import BadInput

OWN = """\
id: LOCAL-1
title: Young people who were asked what they want
sentence: Of those seen, the share that was asked.
grouping: shared-decision-making
kind: process
numerator: Those asked
denominator: Those seen
unit: percent
direction: higher
levels: [site]
disclosure: [SDC-P]
returned:
  - {code: seen, title: Those seen}
  - {code: asked, title: "Of them, asked", part_of: seen}
shown:
  - {code: share, title: Asked, unit: percent, top: [asked], bottom: seen}
sources: [return]
caveats:
  - Only the first contact counts.
author: A. Analyst
checker: B. Clinician
review_on: 2027-04-01
status: published
"""


def test_the_thirty_measures_are_there() -> None:
    assert Counter(measure.grouping for measure in measures().values()) == {
        "thriving": 3,
        "getting-advice": 5,
        "getting-help": 7,
        "getting-more-help": 4,
        "getting-risk-support": 4,
        "shared-decision-making": 4,
        "whole-system": 3,
    }


@pytest.mark.parametrize("measure", list(measures().values()), ids=lambda measure: measure.id)
def test_our_measures_are_drafts_that_claim_no_checker(measure: Measure) -> None:
    assert (measure.status, measure.checker) == (Status.DRAFTED, "")
    assert measure.review_on > date(2026, 11, 21)
    assert measure.grouping_name


def test_a_ratio_says_by_what_it_is_multiplied() -> None:
    assert [unit.per for unit in Unit] == [None, 100, 1_000, 100_000, None, None, None]


def test_the_most_sensitive_measure_is_never_shown_for_a_site() -> None:
    assert measures()["R4"].levels == (Level.ARM, Level.PROGRAMME)


def test_what_invites_return_has_no_better_way() -> None:
    assert measures()["W1"].direction is Direction.NEITHER


def test_what_is_returned_is_found_by_its_code() -> None:
    assert measures()["H3"].figure("within-28-days").part_of == "started"
    with pytest.raises(KeyError):
        measures()["H3"].figure("gone")


@pytest.mark.parametrize("measure", list(measures().values()), ids=lambda measure: measure.id)
def test_what_is_shown_of_us_first_is_in_the_unit_of_the_measure(measure: Measure) -> None:
    assert measure.headline is measure.shown[0]
    assert measure.headline.unit is measure.unit


def figures_that_count_nothing() -> list[tuple[Measure, Returned]]:
    return [(m, each) for m in measures().values() for each in m.returned if not each.counts]


@pytest.mark.parametrize(
    ("measure", "figure"), figures_that_count_nothing(), ids=lambda each: getattr(each, "id", "") or each.code
)
def test_every_median_and_mean_names_the_count_it_rests_on(measure: Measure, figure: Returned) -> None:
    assert measure.figure(figure.of).counts
    assert (figure.at_least == "median-days") == (figure.code == "p90-days")


def test_an_entry_that_stands_twice_is_named(tmp_path: Path) -> None:
    twice = OWN.replace("kind: process", "kind: process\nkind: outcome")
    assert faults(written(tmp_path, twice))[0].startswith(
        "LOCAL-1.yaml: It cannot be read as YAML (“kind” stands twice"
    )


def test_a_measure_asks_by_which_method_where_figures_hang_on_it() -> None:
    assert [each.id for each in measures().values() if each.method] == ["D3", "D4", "H7", "R2", "W3"]


def written(folder: Path, text: str, name: str = "LOCAL-1.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def faults(folder: Path) -> list[str]:
    with pytest.raises(BadInput) as refused:
        measures(folder)
    return [str(problem) for problem in refused.value.problems]


def test_a_programmes_own_measures_stand_beside_ours(tmp_path: Path) -> None:
    found = measures(written(tmp_path, OWN))
    assert list(found) == [*measures(), "LOCAL-1"]
    assert found["LOCAL-1"].grouping_name == "Shared decision making"


# what stands there => what is put in its place => what is then said
SPOILT = """
title: Young people who were asked what they want => titel: x => LOCAL-1.yaml, title: Field required.
title: Young people who were asked what they want => titel: x => LOCAL-1.yaml, titel: Extra inputs are not
title: Young people who were asked what they want => title: no => LOCAL-1.yaml, title: Input should be a valid
title: Young people who were asked what they want => title: "" => LOCAL-1.yaml, title: String should have at
id: LOCAL-1 => id: local 1 => LOCAL-1.yaml, id: String should match pattern
id: LOCAL-1 => id: LOCAL-2 => LOCAL-1.yaml, id: The id is LOCAL-2, but the file is called
grouping: shared => grouping: tier-3-shared => LOCAL-1.yaml, grouping: 'tier-3-shared-decision-making' is none
kind: process => kind: good => LOCAL-1.yaml, kind: Input should be 'outcome', 'process' or 'balancing'.
direction: higher => direction: up => LOCAL-1.yaml, direction: Input should be 'higher', 'lower' or
unit: percent => unit: "%" => LOCAL-1.yaml, unit: Input should be 'count', 'percent'
levels: [site] => levels: [] => LOCAL-1.yaml, levels: Tuple should have at least 1 item
levels: [site] => levels: [site, site] => LOCAL-1.yaml, levels: an entry stands twice.
levels: [site] => levels: [ward] => LOCAL-1.yaml, levels 1: Input should be 'site', 'arm' or 'programme'.
disclosure: [SDC-P] => disclosure: [none] => LOCAL-1.yaml, disclosure 1: Input should be 'SDC-C'
sources: [return] => sources: [MHS1] => LOCAL-1.yaml, sources 1: String should match pattern
review_on: 2027-04-01 => review_on: soon => LOCAL-1.yaml, review_on: Input should be a valid date
checker: B. Clinician => checker: A. Analyst => LOCAL-1.yaml: a published measure needs a checker who is not
checker: B. Clinician => checker: "" => LOCAL-1.yaml: a published measure needs a checker who is not
status: published => status: retired => LOCAL-1.yaml: “retired_because” is for a retired measure, which needs
status: published => status: drafted\\nretired_because: x => LOCAL-1.yaml: “retired_because” is for a retired
direction: higher => direction: higher\\ndirection: lower => LOCAL-1.yaml: It cannot be read
unit: percent => unit: [ => LOCAL-1.yaml: It cannot be read as YAML (
unit: percent => ? [a]\\n: b => LOCAL-1.yaml: It cannot be read as YAML (
unit: percent => unit: !!python/object/apply:os.system [x] => LOCAL-1.yaml: It cannot be read as YAML (could n
code: asked, => code: seen, => LOCAL-1.yaml: a code stands twice among what is returned
part_of: seen => part_of: gone => LOCAL-1.yaml: “asked” is said to be part of 'gone', no other count here.
part_of: seen => part_of: asked => LOCAL-1.yaml: “asked” is said to be part of 'asked', no other count here.
part_of: seen => of: seen => LOCAL-1.yaml: “asked” must name under “of” the count it rests on, if it counts no
part_of: seen => counts: false => LOCAL-1.yaml: “asked” must name under “of” the count it rests on, if it coun
part_of: seen => at_least: gone => LOCAL-1.yaml: “asked” is at least 'gone', no other figure here.
top: [asked] => top: [gone] => LOCAL-1.yaml: “share” is worked out from 'gone', which is not returned.
top: [asked] => top: [] => LOCAL-1.yaml, shown 1 top: Tuple should have at least 1 item
bottom: seen => bottom: gone => LOCAL-1.yaml: “share” is worked out from 'gone', which is not returned.
bottom: seen => less: gone => LOCAL-1.yaml: “share” is worked out from 'gone', which is not returned.
bottom: seen => of: gone => LOCAL-1.yaml: “share” is worked out from 'gone', which is not returned.
code: share => code: Share! => LOCAL-1.yaml, shown 1 code: String should match pattern
"""


@pytest.mark.parametrize("line", SPOILT.strip().splitlines())
def test_what_is_wrong_with_a_file_is_said_with_its_field(line: str, tmp_path: Path) -> None:
    there, instead, said = (part.strip() for part in line.split("=>"))
    assert there in OWN
    spoilt = OWN.replace(there, instead.replace("\\n", "\n"))
    assert any(fault.startswith(said) for fault in faults(written(tmp_path, spoilt)))


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    written(tmp_path, OWN.replace("kind: process", "kind: x").replace("direction: higher", "direction: x"))
    written(tmp_path, "nothing", "B.yaml")
    assert len(faults(tmp_path)) == 3


def test_an_empty_file_is_told_by_its_name(tmp_path: Path) -> None:
    assert faults(written(tmp_path, "")) == [
        "LOCAL-1.yaml: Input should be a valid dictionary or instance of Measure. Correct the entry."
    ]


def test_a_file_that_is_not_text_is_told_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "X.yaml").write_bytes(b"\xff\xfe\x00")
    assert faults(tmp_path)[0].startswith("X.yaml: It cannot be read as YAML (")


def test_an_id_of_ours_cannot_be_given_another_meaning(tmp_path: Path) -> None:
    written(tmp_path, OWN.replace("LOCAL-1", "H1"), "H1.yaml")
    assert faults(tmp_path) == [
        "H1.yaml, id: The id H1 belongs to “Access to help”. Choose another id, and call the file after it."
    ]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert faults(tmp_path / "gone")[0].endswith("There is no such folder of measures. Correct its name.")


def test_a_retired_measure_says_why(tmp_path: Path) -> None:
    retired = OWN.replace("status: published", "status: retired\nretired_because: The form is gone.")
    assert measures(written(tmp_path, retired))["LOCAL-1"].retired_because == "The form is gone."


def test_the_folder_holds_nothing_but_measures() -> None:
    assert {path.suffix for path in OURS.iterdir()} == {".yaml"}


def test_measures_that_ask_for_the_same_count_are_kin() -> None:
    """By the same title for the same period; a part is told by its whole and shared by nobody."""
    same = same_counts(measures().values())
    assert same[FigureKey("A5", "closed")] == FigureKey("A3", "closed")
    assert same[FigureKey("W3", "open")] == FigureKey("M2", "open")
    assert (kin("A5"), kin("W3"), kin("H3")) == (("A3", "A5"), ("M2", "W3"), ("H3",))
