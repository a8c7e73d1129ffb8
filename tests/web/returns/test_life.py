"""The life of a return: filled in, submitted, queried, answered, signed off by somebody else, sent again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from ithrive.areas.membership import MemberRole
from ithrive.measures import Cell, CellState, FigureKey
from ithrive.periods import Quarter
from ithrive.problems import NotAllowed
from ithrive.returns import ReturnedFigure
from ithrive.returns.differences import differences
from ithrive.returns.life import State
from ithrive.web.areas.models import Membership
from ithrive.web.history.models import Change
from ithrive.web.returns import actions
from ithrive.web.returns.actions import CellDraft
from ithrive.web.returns.models import QuarterlyReturn, Version
from ithrive.web.returns.queries import figures_of
from ithrive.web.returns.versions import figures_in, form_of, mark_of, versions_of
from tests.cast import Cast
from tests.web.returns.scenes import draft, last_quarter, owed, reach_of, signed_off, submitted

STARTED = FigureKey("H3", "started")


@pytest.fixture
def due(cast: Cast) -> QuarterlyReturn:
    return owed(cast.alderbrook)


def refusal(act: object, **named: object) -> str:
    assert callable(act)
    with pytest.raises(NotAllowed) as refused:
        act(**named)
    return str(refused.value)


def state(version: Version) -> str:
    return Version.objects.get(pk=version.pk).state


def happened() -> list[str]:
    return [each.action for each in Change.objects.order_by("sequence")]


def test_expecting_returns_says_both_deadlines_and_leaves_known_ones_alone(cast: Cast) -> None:
    both = [cast.alderbrook, cast.brackenford]
    quarter = Quarter(2026, 1)
    first = actions.expect_returns(areas=[cast.alderbrook], quarters=[quarter], by=cast.pat)
    more = actions.expect_returns(areas=both, quarters=[quarter], by=cast.pat)
    assert [each.area for each in more] == [cast.brackenford]
    assert (first[0].due_on - quarter.ends, first[0].closes_on - quarter.ends) == (
        timedelta(weeks=6),
        timedelta(weeks=10),
    )
    assert "expected already" in refusal(actions.expect_returns, areas=both, quarters=[quarter], by=cast.pat)
    assert happened() == ["expect returns", "expect returns"]


def test_a_return_goes_through_its_whole_life_with_one_line_of_history_a_step(
    cast: Cast, due: QuarterlyReturn
) -> None:
    version = draft(due, by=cast.ben)
    actions.submit(version=version, by=cast.ben)
    query = actions.ask(version=version, question="Why so many?", key=STARTED, by=cast.pat)
    assert "1 query needs an answer first" in refusal(actions.submit, version=version, by=cast.ben)
    actions.answer(query=query, words="A new team began.", by=cast.ben)
    actions.submit(version=version, by=cast.ben)
    actions.sign_off(version=version, by=cast.ada)
    assert state(version) == State.SIGNED_OFF
    assert figures_of(reach_of(cast.ben))[due.area_id, due.quarter][STARTED] == Cell.of(60)
    assert happened() == [
        "take a return",
        "submit a return",
        "query a return",
        "answer a query",
        "submit a return",
        "sign off a return",
    ]


def test_what_must_be_mended_refuses_the_submission(cast: Cast, due: QuarterlyReturn) -> None:
    version = draft(due, by=cast.ben, change={STARTED: ReturnedFigure(Cell.of(7))})
    assert "must be mended" in refusal(actions.submit, version=version, by=cast.ben)
    assert state(version) == State.DRAFT


def test_a_query_of_the_checks_needs_a_reason(cast: Cast, due: QuarterlyReturn) -> None:
    key = next(line.key for line in form_of(due).lines if line.required and not _split(due, line.key))
    empty = ReturnedFigure(Cell.without(CellState.WITHHELD))
    version = draft(due, by=cast.ben, change={key: empty})
    assert "needs a reason" in refusal(actions.submit, version=version, by=cast.ben)
    explained = replace(empty, reason="The system was down")
    cell = CellDraft(key, explained, mark_of(empty))
    actions.save_cells(version=version, cells=[cell], by=cast.ben)
    actions.submit(version=version, by=cast.ben)
    assert state(version) == State.SUBMITTED


def _split(found: QuarterlyReturn, key: FigureKey) -> bool:
    lines = form_of(found).lines
    return any(
        line.key.measure == key.measure and (line.key.grouping or line.part_of or line.rests_on)
        for line in lines
    )


def test_nobody_signs_off_what_they_submitted(cast: Cast, due: QuarterlyReturn) -> None:
    version = submitted(due, by=cast.ada)
    reason = refusal(actions.sign_off, version=version, by=cast.ada)
    assert "Someone other than the person who submitted it" in reason


def test_nothing_is_sent_before_the_quarter_is_over_or_after_it_closed(cast: Cast) -> None:
    to_come = owed(cast.alderbrook, last_quarter() + 2)
    assert "The quarter ends first" in refusal(actions.start_draft, found=to_come, by=cast.ben)
    closed = owed(cast.alderbrook, days=-40)
    assert "This quarter closed on" in refusal(actions.start_draft, found=closed, by=cast.ben)
    today = timezone.localdate()
    actions.change_deadlines(found=closed, due_on=today, closes_on=today, by=cast.pat)
    actions.start_draft(found=closed, by=cast.ben)


def test_a_return_has_one_version_under_way(cast: Cast, due: QuarterlyReturn) -> None:
    actions.start_draft(found=due, by=cast.ben)
    assert "Version 1 is draft already" in refusal(actions.start_draft, found=due, by=cast.ada)


def test_sending_again_keeps_both_versions_and_says_what_differs(cast: Cast, due: QuarterlyReturn) -> None:
    first = signed_off(due, by=cast.ben, signed_by=cast.ada)
    assert "Say why" in refusal(actions.start_draft, found=due, by=cast.ben)
    again = actions.resubmit(found=due, reason="A team's records came late", by=cast.ben)
    assert figures_in(again).figures == figures_in(first).figures
    key = next(line.key for line in form_of(due).lines if line.at_least)
    cell = CellDraft(
        key, ReturnedFigure(Cell.of(11), "Late records"), mark_of(figures_in(again).figures[key])
    )
    actions.save_cells(version=again, cells=[cell], by=cast.ben)
    in_between = figures_of(reach_of(cast.ben))[due.area_id, due.quarter]
    assert in_between[key] == Cell.of(10)
    actions.submit(version=again, by=cast.ben)
    actions.sign_off(version=again, by=cast.ada)
    assert [each.state for each in versions_of(due)] == [State.REPLACED, State.SIGNED_OFF]
    report = differences(figures_in(first), figures_in(again), form_of(due))
    assert [(each.line.key, each.reason) for each in report.changes] == [(key, "Late records")]
    assert figures_of(reach_of(cast.ben))[due.area_id, due.quarter][key] == Cell.of(11)


def test_figures_that_change_after_a_query_stand_in_the_history(cast: Cast, due: QuarterlyReturn) -> None:
    version = submitted(due, by=cast.ben)
    query = actions.ask(version=version, question="Sure?", by=cast.pat)
    key = next(line.key for line in form_of(due).lines if line.rests_on)
    stands = figures_in(version).figures[key]
    cell = CellDraft(key, ReturnedFigure(Cell.of(12)), mark_of(stands))
    actions.save_cells(version=version, cells=[cell], by=cast.ben)
    line = Change.objects.get(action="change queried figures")
    assert (line.before, line.after) == ({key.text: "10"}, {key.text: "12"})
    actions.answer(query=query, words="It was a typing mistake.", by=cast.ben)


def test_a_cell_is_saved_only_onto_what_its_writer_saw(cast: Cast, due: QuarterlyReturn) -> None:
    version = actions.start_draft(found=due, by=cast.ben)
    empty = mark_of(None)
    one, other = ReturnedFigure(Cell.of(1)), ReturnedFigure(Cell.of(2))
    actions.save_cells(version=version, cells=[CellDraft(STARTED, one, empty)], by=cast.ben)
    late = actions.save_cells(version=version, cells=[CellDraft(STARTED, other, empty)], by=cast.ada)
    assert late.conflicts == {STARTED: one}
    assert figures_in(version).cell(STARTED) == Cell.of(1)
    repeated = actions.save_cells(version=version, cells=[CellDraft(STARTED, one, empty)], by=cast.ada)
    assert repeated.conflicts == {}


def test_every_step_on_a_comparison_site_is_told_to_evaluators_alone(cast: Cast) -> None:
    Membership.objects.create(area=cast.alderbrook, role=MemberRole.COMPARISON)
    signed_off(owed(cast.alderbrook), by=cast.ben, signed_by=cast.ada)
    assert {each.confidential_to for each in Change.objects.all()} == {"evaluators"}
