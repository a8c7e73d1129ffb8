"""A return moves only along its table, and two people stand behind it with no question left open."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ithrive.returns.findings import Finding, Severity
from ithrive.returns.life import (
    FIGURES_CHANGE_IN,
    NEXT,
    State,
    why_not_change,
    why_not_move,
    why_not_query,
    why_not_resubmit,
    why_not_sign_off,
    why_not_submit,
)

WRONG = Finding(Severity.MUST_FIX, "sum", "Getting Help, D4", "It is wrong.", "Mend it.")
QUERY = Finding(Severity.QUERY, "movement", "Getting Help, D5", "It moved.", "Say why.")
ANSWERED = Finding(
    Severity.QUERY, "movement", "Getting Help, D5", "It moved.", "Say why.", answer="New team."
)


def test_no_state_is_forgotten_and_every_state_can_be_reached() -> None:
    assert set(NEXT) == set(State)
    assert set().union(*NEXT.values()) == set(State) - {State.DRAFT}


def test_a_return_moves_only_along_the_table() -> None:
    for state in State:
        for to in State:
            assert (why_not_move(state, to) is None) == (to in NEXT[state])
    assert why_not_move(State.DRAFT, State.SIGNED_OFF) == "A return that is draft cannot become signed off."


def test_figures_change_only_before_they_are_with_the_programme() -> None:
    assert {state for state in State if why_not_change(state) is None} == FIGURES_CHANGE_IN
    assert why_not_change(State.SIGNED_OFF) == (
        "This return is signed off, so its figures can no longer change. Start a new version instead."
    )


@pytest.mark.parametrize(
    ("findings", "reason"),
    [
        ([], None),
        ([ANSWERED], None),
        ([WRONG], "1 finding must be mended first."),
        ([QUERY], "1 query needs a reason first."),
        ([WRONG, WRONG, QUERY, QUERY], "2 findings must be mended and 2 queries need a reason first."),
    ],
)
def test_what_is_wrong_is_mended_and_what_is_unusual_explained_first(
    findings: list[Finding], reason: str | None
) -> None:
    assert why_not_submit(State.DRAFT, findings) == reason
    assert why_not_sign_off(State.SUBMITTED, findings, submitted_by="ada", by="ben") == reason


def test_a_finding_that_must_be_mended_is_not_answered_by_a_reason() -> None:
    excused = Finding(Severity.MUST_FIX, "sum", "D4", "It is wrong.", "Mend it.", answer="Never mind.")
    assert why_not_submit(State.DRAFT, [excused]) == "1 finding must be mended first."


def test_a_finding_can_be_told_as_a_problem() -> None:
    assert str(WRONG.problem) == str(WRONG) == "Getting Help, D4: It is wrong. Mend it."


def test_nobody_signs_off_what_they_submitted() -> None:
    assert why_not_sign_off(State.SUBMITTED, [], submitted_by="ada", by="ada") == (
        "Someone other than the person who submitted it must sign it off."
    )


def test_each_step_says_from_where_it_goes() -> None:
    assert why_not_submit(State.SUBMITTED, []) == (
        "This return is submitted. Only a draft, or a return with queries, can be submitted."
    )
    assert why_not_query(State.DRAFT, question="Why?") == (
        "This return is draft. Only a submitted return can be queried."
    )
    assert why_not_sign_off(State.QUERIED, [], submitted_by="ada", by="ben") == (
        "This return is queried. Only a submitted return can be signed off."
    )
    assert why_not_resubmit(State.DRAFT, reason="Late data.", newer_version=None) == (
        "This version is draft. A new version follows one that was signed off."
    )


def test_a_question_and_a_resubmission_say_why() -> None:
    assert why_not_query(State.SUBMITTED, question="  ") == (
        "Say what you want to know, so that the area can answer."
    )
    assert why_not_query(State.SUBMITTED, question="Why?") is None
    assert why_not_resubmit(State.SIGNED_OFF, reason=" ", newer_version=None) == (
        "Say why the figures are sent again; the reason is shown with the differences."
    )
    assert why_not_resubmit(State.SIGNED_OFF, reason="Late data.", newer_version=None) is None


def test_there_is_one_new_version_at_a_time() -> None:
    assert why_not_resubmit(State.SIGNED_OFF, reason="Late data.", newer_version=State.DRAFT) == (
        "A newer version is draft already. Go on with that one."
    )


class Lives(RuleBasedStateMachine):
    """Two people and the programme do whatever the rules let them, in any order."""

    @initialize()
    def starts(self) -> None:
        self.versions = [State.DRAFT]
        self.submitted_by = ""
        self.signed: list[tuple[str, str]] = []
        self.open = False

    @property
    def state(self) -> State:
        return self.versions[-1]

    def moves(self, to: State) -> None:
        assert why_not_move(self.state, to) is None, "a rule allows what the table does not have"
        self.versions[-1] = to

    @rule(open_question=st.booleans())
    def fills_in(self, open_question: bool) -> None:
        if why_not_change(self.state) is None:
            self.open = open_question

    @rule(by=st.sampled_from(["ada", "ben"]))
    def submits(self, by: str) -> None:
        if why_not_submit(self.state, [QUERY] if self.open else []) is None:
            assert not self.open
            self.moves(State.SUBMITTED)
            self.submitted_by = by

    @rule(question=st.sampled_from(["", "Why?"]))
    def queries(self, question: str) -> None:
        if why_not_query(self.state, question=question) is None:
            self.moves(State.QUERIED)

    @rule(by=st.sampled_from(["ada", "ben"]))
    def signs_off(self, by: str) -> None:
        findings = [QUERY] if self.open else []
        if why_not_sign_off(self.state, findings, submitted_by=self.submitted_by, by=by) is None:
            self.moves(State.SIGNED_OFF)
            self.signed.append((self.submitted_by, by))
            if len(self.versions) > 1:
                assert why_not_move(self.versions[-2], State.REPLACED) is None
                self.versions[-2] = State.REPLACED

    @precondition(lambda self: len(self.versions) < 4)
    @rule(reason=st.sampled_from(["", "Late data."]))
    def resubmits(self, reason: str) -> None:
        if why_not_resubmit(self.state, reason=reason, newer_version=None) is None:
            self.versions.append(State.DRAFT)

    @invariant()
    def two_people_stand_behind_every_signature(self) -> None:
        assert all(submitted and submitted != signed for submitted, signed in self.signed)

    @invariant()
    def at_most_one_version_counts(self) -> None:
        assert self.versions.count(State.SIGNED_OFF) <= 1
        assert self.versions[:-1].count(State.DRAFT) == 0


TestLives = Lives.TestCase
TestLives.settings = settings(max_examples=40, stateful_step_count=20)
