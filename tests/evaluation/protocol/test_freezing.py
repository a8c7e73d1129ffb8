"""A protocol is frozen as it reads; what is changed afterwards, by hand or by amendment, is always told."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ithrive.evaluation.protocol import (
    Frozen,
    amend,
    canonical,
    freeze,
    frozen_path,
    frozen_text,
    read_frozen,
    read_protocol,
    standing,
)
from ithrive.evaluation.protocol.freezing import _sealed
from ithrive.problems import BadInput

EXAMPLE = (Path(__file__).parents[3] / "docs/examples/thornmere/study.toml").read_bytes()
CHANGED = EXAMPLE.replace(b"alpha = 0.05", b"alpha = 0.01")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=90)


def test_order_of_sites_spaces_comments_and_defaults_do_not_matter():
    head, sites, rest = EXAMPLE.decode().partition("[[site]]")
    first, _, others = (sites + rest).partition("\n[[site]]")
    body, _, tail = others.partition("\n[[outcome]]")
    shuffled = f"# A comment\n{head}[[site]]{body}\n{first}\n\n[[outcome]]{tail}\n[guards]\nmembers = true\n"
    assert shuffled.encode() != EXAMPLE
    assert canonical(read_protocol(shuffled.encode())) == canonical(read_protocol(EXAMPLE))


def test_an_analysis_of_a_frozen_protocol_is_confirmatory():
    protocol = read_protocol(EXAMPLE)
    told = standing(protocol, freeze(EXAMPLE, by="Ada", at=NOON), seen=LATER)
    assert (told.confirmatory, told.label) == (True, "confirmatory")
    assert told.reason == "The protocol was frozen on 1 March 2026, 12:00 UTC by Ada."


def test_without_freezing_it_is_exploratory():
    told = standing(read_protocol(EXAMPLE), None)
    assert (told.label, told.reason) == ("exploratory", "The protocol was not frozen before the analysis.")


def test_a_changed_file_is_exploratory_and_the_change_is_told():
    told = standing(read_protocol(CHANGED), freeze(EXAMPLE, by="Ada", at=NOON))
    assert told.label == "exploratory"
    assert "analysis.alpha: 0.05, now 0.01" in told.reason


def test_an_amendment_keeps_what_was_said_first():
    frozen = freeze(EXAMPLE, by="Ada", at=NOON)
    amended = amend(frozen, CHANGED, reason="Agreed by the board", by="Ben", at=LATER)
    assert amended.versions[0] == frozen.first
    ((version, changes),) = amended.amendments
    assert (version.reason, version.by, changes) == (
        "Agreed by the board",
        "Ben",
        ("analysis.alpha: 0.05, now 0.01",),
    )
    assert standing(read_protocol(CHANGED), amended).confirmatory
    assert not standing(read_protocol(EXAMPLE), amended).confirmatory


def test_what_was_chosen_after_looking_is_exploratory():
    frozen = freeze(EXAMPLE, by="Ada", at=NOON)
    looked = NOON + timedelta(days=30)
    amended = amend(frozen, CHANGED, reason="Because", by="Ben", at=LATER)
    assert "amended after outcomes" in standing(read_protocol(CHANGED), amended, seen=looked).reason
    assert (
        "frozen after outcomes" in standing(read_protocol(EXAMPLE), frozen, seen=NOON - timedelta(1)).reason
    )


@pytest.mark.parametrize("part", ["by", "at", "reason", "protocol", "seal"])
def test_a_record_altered_in_any_part_shows(part: str):
    frozen = amend(freeze(EXAMPLE, by="Ada", at=NOON), CHANGED, reason="Because", by="Ben", at=LATER)
    record = json.loads(frozen_text(frozen))
    first = record["versions"][0]
    other = {"at": "2026-02-01T12:00:00+00:00", "protocol": {**first["protocol"], "name": "Another"}}
    first[part] = other.get(part, "another")
    altered = read_frozen(json.dumps(record).encode())
    told = standing(read_protocol(CHANGED), altered)
    assert told.reason == "The record of freezing was altered after it was made, in version 1."
    with pytest.raises(BadInput, match="The record was altered after it was made"):
        amend(altered, EXAMPLE, reason="Because", by="Ben", at=LATER)


def test_the_record_comes_back_from_its_file_as_it_was():
    frozen = amend(freeze(EXAMPLE, by="Ada", at=NOON), CHANGED, reason="Über “it”", by="Ben", at=LATER)
    assert read_frozen(frozen_text(frozen).encode()) == frozen
    assert frozen_path(Path("folder/study.toml")) == Path("folder/study.frozen.json")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"changed": EXAMPLE}, "The protocol says what it said before."),
        ({"reason": " "}, "The amendment has no reason. Say why it is made."),
        ({"by": ""}, "Nobody is named who freezes it. Name the person."),
        ({"at": NOON - timedelta(days=1)}, "older than what stands since 1 March 2026, 12:00 UTC"),
        ({"at": datetime(2027, 1, 1, tzinfo=UTC).replace(tzinfo=None)}, "The moment has no time zone."),
    ],
)
def test_an_amendment_that_cannot_be_made_is_refused(asked: dict[str, object], sentence: str):
    given = {"changed": CHANGED, "reason": "Because", "by": "Ben", "at": LATER} | asked
    with pytest.raises(BadInput) as refusal:
        amend(freeze(EXAMPLE, by="Ada", at=NOON), given.pop("changed"), **given)
    assert sentence in str(refusal.value)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"versions": []}', b'{"versions": [{"at": "now"}]}']
)
def test_another_file_is_no_record(content: bytes):
    with pytest.raises(BadInput, match=r"study\.frozen\.json"):
        read_frozen(content, name="study.frozen.json")


def test_a_word_that_a_later_form_of_the_file_adds_is_no_alteration():
    words = json.loads(canonical(read_protocol(EXAMPLE)))
    del words["guards"]  # as if frozen before there were guards
    older = json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    frozen = Frozen((_sealed(older, "", "Ada", NOON, previous=""),))
    assert standing(read_protocol(EXAMPLE), frozen).confirmatory
    assert not standing(read_protocol(EXAMPLE + b"\n[guards]\nmembers = false\n"), frozen).confirmatory


def test_the_seal_hangs_on_the_seal_before():
    frozen = freeze(EXAMPLE, by="Ada", at=NOON)
    one = amend(frozen, CHANGED, reason="Because", by="Ben", at=LATER)
    other_first = replace(frozen.first, by="Cam")
    assert not standing(
        read_protocol(CHANGED), replace(one, versions=(other_first, one.current))
    ).confirmatory
