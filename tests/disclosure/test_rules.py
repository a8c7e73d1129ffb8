from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithrive.disclosure import rule, rules
from ithrive.disclosure.rounding import possible, rounded
from ithrive.disclosure.rules import OURS
from ithrive.problems import BadInput
from tests.disclosure.tables import TODAY

CODES = [each.code for each in rules().rule]
SHIPPED = OURS.read_text(encoding="utf-8")


def test_the_rules_that_ship_can_be_read_and_say_where_they_come_from() -> None:
    assert {"programme", "programme-strict", "partners", "nhs-under-five", "nhs-one-to-four"} <= set(CODES)
    assert all(each.sources and each.audience and each.says for each in rules().rule)


@pytest.mark.parametrize("code", CODES)
@given(count=st.integers(0, 500))
def test_the_true_count_is_among_those_that_the_shown_one_may_stand_for(code: str, count: int) -> None:
    each = rule(code, TODAY)
    if not each.hides(count):
        low, high = possible(rounded(count, each), each)
        assert low <= count <= high
        assert [n for n in range(low, high + 1) if rounded(n, each) != rounded(count, each)] == []


@pytest.mark.parametrize(
    ("code", "counts", "shown"),
    [
        ("programme", [0, 5, 7, 8, 12, 13], [0, 5, 5, 10, 10, 15]),
        ("opensafely-midpoint-6", [0, 1, 6, 7, 12, 13], [0, 3, 3, 9, 9, 15]),
        ("partners", [0, 5, 7], [0, 5, 7]),
    ],
)
def test_counts_are_rounded_as_the_rule_says(code: str, counts: list[int], shown: list[int]) -> None:
    assert [rounded(count, rule(code, TODAY)) for count in counts] == shown


def test_a_shown_five_stands_for_five_to_seven() -> None:
    assert possible(5, rule("nhs-under-five", TODAY)) == (5, 7)


def test_a_rule_is_looked_up_on_a_day(tmp_path: Path) -> None:
    entry = "[[rule]]" + SHIPPED.split("[[rule]]")[1]
    later = entry.replace("2026-01-01", "2027-01-01").replace("[1, 4]", "[1, 9]")
    first = entry.replace("2026-01-01", "2026-01-01\nin_force_until = 2027-01-01")
    own = tmp_path / "own.toml"
    own.write_text(SHIPPED.split("[[rule]]")[0] + first + later, encoding="utf-8")
    assert rule("programme", date(2026, 12, 31), own).hidden == (1, 4)
    assert rule("programme", date(2027, 1, 1), own).hidden == (1, 9)
    with pytest.raises(BadInput, match="No rule 'programme' is in force on 31 December 2025"):
        rule("programme", date(2025, 12, 31), own)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[1, 4]", "[4, 1]", "larger than the largest"),
        ("hidden = [1, 4]", "hidden = [0, 4]", "begin at 0 exactly where zeros are hidden"),
        ('zeros = "hidden"', 'zeros = "shown"', "begin at 0 exactly where zeros are hidden"),
        ("base = 5", "base = 12", "rounded to 0"),
        ("hidden = [1, 4]\n", "", "rounded to 0"),
        ('hidden = [1, 4]\nzeros = "shown"', 'zeros = "shown"', "so nothing else need be"),
        ("= 2026-01-01", "= 2026-01-01\nin_force_until = 2026-01-01", "ends before it begins"),
        ('"programme", "ons"', '"nobody"', "cites 'nobody'"),
        ('code = "partners"', 'code = "programme"', "stands twice for 1 January 2026"),
        ('totals = "from parts"', 'totals = "guessed"', "rule 6 totals"),
        ("[sources]", "[sources", "cannot be read as TOML"),
    ],
)
def test_a_file_of_rules_that_contradicts_itself_is_refused(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert old in SHIPPED
    own = tmp_path / "own.toml"
    own.write_text(SHIPPED.replace(old, new), encoding="utf-8")
    with pytest.raises(BadInput, match=told):
        rules(own)


def test_a_file_of_rules_that_is_not_there_is_told() -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        rules(Path("nowhere.toml"))
