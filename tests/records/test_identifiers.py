"""Check digits: the plain rules against published examples, the expressions against the plain rules."""

import csv
from collections.abc import Iterable
from pathlib import Path

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithrive.records.identifiers import (
    good_nhs_number,
    good_snomed_concept,
    is_nhs_number,
    is_snomed_concept,
)
from ithrive.records.model import members, scales

# Concepts used as examples in SNOMED International's guides: root, clinical finding, an NHS extension's.
PUBLISHED = ("138875005", "404684003", "22298006", "987251000000103")
digits = st.text("0123456789", min_size=1, max_size=19)
nearly = st.one_of(
    st.builds("{}{}{}".format, digits, st.sampled_from(("00", "10", "11")), st.sampled_from("0123456789")),
    digits,
    st.sampled_from((*PUBLISHED, "", "x", "98725100000010３", "0138875005")),
)


def judged(texts: Iterable[str], expression: object) -> list[bool]:
    table = ibis.memtable({"place": list(range(len(texts := list(texts)))), "text": texts})
    asked = table.select("place", good=expression(table.text)).order_by("place")  # type: ignore[operator]
    return [bool(row["good"]) for row in ibis.duckdb.connect().to_pyarrow(asked).to_pylist()]


@pytest.mark.parametrize("text", PUBLISHED)
def test_published_concepts_check_out_and_no_other_last_digit_does(text: str) -> None:
    assert [digit for digit in "0123456789" if is_snomed_concept(text[:-1] + digit)] == [text[-1]]


@pytest.mark.parametrize("text", ["9434765919", "4010232137"])
def test_published_nhs_numbers_check_out_and_no_other_last_digit_does(text: str) -> None:
    assert [digit for digit in "0123456789" if is_nhs_number(text[:-1] + digit)] == [text[-1]]


def test_ten_times_the_same_digit_is_no_nhs_number() -> None:
    assert not any(is_nhs_number(digit * 10) for digit in "0123456789")


@settings(max_examples=15)
@given(st.lists(nearly, min_size=20, max_size=60))
def test_expressions_say_what_the_plain_rules_say(texts: list[str]) -> None:
    assert judged(texts, good_snomed_concept) == [is_snomed_concept(text) for text in texts]
    assert judged(texts, good_nhs_number) == [is_nhs_number(text) for text in texts]


@given(st.text("0123456789", min_size=9, max_size=9), st.integers(0, 8), st.integers(1, 9))
def test_a_changed_digit_is_always_found(nine: str, place: int, more: int) -> None:
    good = [nine + digit for digit in "0123456789" if is_nhs_number(nine + digit)]
    for number in good:
        changed = str((int(number[place]) + more) % 10)
        assert not is_nhs_number(number[:place] + changed + number[place + 1 :])


def test_our_own_concepts_check_out() -> None:
    ours = {member.concept for member in members()} | {scale.concept for scale in scales()}
    assert [concept for concept in sorted(ours) if not is_snomed_concept(concept)] == []


def test_concepts_that_a_spreadsheet_cut_to_fifteen_digits_are_found(shared_data: Path) -> None:
    with (shared_data / "mhsds" / "assessments_snomed.csv").open(encoding="utf-8", newline="") as file:
        whole = [row["snomed_concept_id"] for row in csv.DictReader(file)]
    cut = [concept[:15] + "0" * (len(concept) - 15) for concept in whole if len(concept) > 15]
    mangled = [concept for concept in cut if concept not in whole]
    assert all(judged(whole, good_snomed_concept))
    # A tenth passes by chance wherever only the check digit is left to tell; 000 is a concept's ending.
    assert sum(judged(mangled, good_snomed_concept)) <= len(mangled) / 5
