from datetime import UTC, datetime

import pytest

from ithrive.evaluation.looks import (
    LookTaken,
    from_lines,
    sealed,
    spent,
    to_lines,
    why_not_look,
    why_not_show_contrasts,
)
from ithrive.problems import BadInput

PLANNED = (2, 4, 8)


def look(wave: int, *crossed: str, ledger: tuple[LookTaken, ...] = ()) -> LookTaken:
    at = datetime(2026, 5, wave, 9, 30, tzinfo=UTC)
    return sealed(
        LookTaken("study", wave, at, "E. Evaluator", "p" * 64, "f" * 64, 0.25, 0.01, None, crossed), ledger
    )


def ledger() -> tuple[LookTaken, ...]:
    first = look(2)
    return (first, look(4, "waits", ledger=(first,)))


def test_a_ledger_reads_back_as_it_was_written() -> None:
    assert from_lines(to_lines(ledger()), name="looks.jsonl") == ledger()


@pytest.mark.parametrize(
    ("was", "becomes"),
    [("E. Evaluator", "A. Nother"), ('"crossed": []', '"crossed": ["waits"]'), ('"wave": 2', '"wave": 3')],
)
def test_an_altered_line_is_named(was: str, becomes: str) -> None:
    text = to_lines(ledger())
    assert was in text
    with pytest.raises(BadInput, match="line 1"):
        from_lines(text.replace(was, becomes, 1), name="looks.jsonl")


def test_a_line_taken_away_is_noticed() -> None:
    with pytest.raises(BadInput, match=r"line 1.*altered, taken away"):
        from_lines(to_lines(ledger()[1:]), name="looks.jsonl")


@pytest.mark.parametrize("text", ["not json\n", "[]\n", "{}\n", '{"at": "never"}\n'])
def test_what_is_no_ledger_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="no line of a ledger"):
        from_lines(text, name="looks.jsonl")


def test_looks_are_taken_as_planned_once_and_in_order() -> None:
    assert why_not_look(2, planned=PLANNED, ledger=(), received=2) is None
    assert "plans no look after wave 3" in str(why_not_look(3, planned=PLANNED, ledger=(), received=8))
    assert "taken already" in str(why_not_look(4, planned=PLANNED, ledger=ledger(), received=8))
    assert "comes too late" in str(why_not_look(2, planned=PLANNED, ledger=ledger()[1:], received=8))
    assert "up to wave 7" in str(why_not_look(8, planned=PLANNED, ledger=ledger(), received=7))


def test_arms_are_compared_only_after_a_boundary_or_the_end() -> None:
    assert "not compared before" in str(why_not_show_contrasts((), ended=False))
    assert why_not_show_contrasts(ledger()[:1], ended=False) is not None
    assert why_not_show_contrasts(ledger(), ended=False) is None
    assert why_not_show_contrasts((), ended=True) is None
    assert why_not_show_contrasts(ledger()[:1], ended=True) is None


@pytest.mark.parametrize(("function", "share"), [("haybittle", 0.5), ("pocock", 1.5), ("pocock", -0.1)])
def test_bad_spending_is_refused(function: str, share: float) -> None:
    with pytest.raises(BadInput):
        spent(function, share, 0.05)
