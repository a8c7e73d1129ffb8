"""Every change to the work of an area: the rule refuses, or it is made with one line of history."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from ithrive.implementation import Part, Shows
from ithrive.implementation import Post as PostValue
from ithrive.implementation import Stakeholder as StakeholderValue
from ithrive.problems import NotAllowed
from ithrive.web.history.models import Change
from ithrive.web.implementation import actions, queries
from ithrive.web.implementation.actions import Origin
from ithrive.web.implementation.models import Action, Post, Priority, Stakeholder, StepEvidence
from tests.cast import Cast

DAY = date(2024, 3, 1)
TOMORROW = timezone.localdate() + timedelta(days=1)


@pytest.fixture
def step(cast: Cast) -> StepEvidence:
    return actions.record_evidence(
        area=cast.alderbrook, step="engagement", shows=Shows.BEGUN, on=DAY, what="First talk", by=cast.ada
    )


@pytest.fixture
def post(cast: Cast) -> Post:
    value = PostValue(Part.LEAD, "Jo Reed", "education", DAY)
    return actions.record_post(area=cast.alderbrook, post=value, by=cast.ada)


@pytest.fixture
def stakeholder(cast: Cast) -> Stakeholder:
    value = StakeholderValue("Heads' forum", "education", 3, 1, DAY)
    return actions.add_stakeholder(area=cast.alderbrook, stakeholder=value, by=cast.ada)


@pytest.fixture
def priority(cast: Cast) -> Priority:
    return actions.choose_priority(
        area=cast.alderbrook, title="One front door", because="Families asked", by=cast.ada
    )


@pytest.fixture
def action(cast: Cast, priority: Priority) -> Action:
    return actions.plan_action(
        priority=priority, title="Agree it", owner="Jo", due_on=DAY, step="working-agreements", by=cast.ada
    )


def told() -> list[str]:
    return list(Change.objects.order_by("sequence").values_list("summary", flat=True))


# --- Steps


def test_a_step_is_recorded_with_its_line(cast: Cast, step: StepEvidence) -> None:
    line = Change.objects.get()
    assert line.summary == "Alderbrook: at work on Engagement on 1 March 2024: First talk."
    assert (line.by, line.area) == (cast.ada.reference, cast.alderbrook.pk)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"step": "no-such-step"}, "Choose one of the steps"),
        ({"on": TOMORROW}, "not in the future"),
        ({"what": "  "}, "Say what happened"),
        ({"what": " ", "shows": Shows.SKIPPED}, "why the step was skipped"),
    ],
)
def test_what_is_no_evidence_is_refused(cast: Cast, change: dict[str, object], reason: str) -> None:
    said = {"step": "engagement", "shows": Shows.BEGUN, "on": DAY, "what": "A talk"} | change
    with pytest.raises(NotAllowed, match=reason):
        actions.record_evidence(area=cast.alderbrook, by=cast.ada, **said)  # type: ignore[arg-type]
    assert told() == []


def test_the_same_fact_twice_is_refused(cast: Cast, step: StepEvidence) -> None:
    with pytest.raises(NotAllowed, match="recorded already"):
        actions.record_evidence(
            area=cast.alderbrook, step="engagement", shows=Shows.BEGUN, on=DAY, what="First talk", by=cast.ben
        )


def test_a_return_on_the_day_on_which_a_step_was_settled_is_refused(cast: Cast) -> None:
    def records(shows: Shows, on: date) -> None:
        actions.record_evidence(
            area=cast.alderbrook, step="engagement", shows=shows, on=on, what="x", by=cast.ada
        )

    records(Shows.REACHED, DAY)
    with pytest.raises(NotAllowed, match="settled on that very day"):
        records(Shows.RETURNED, DAY)
    records(Shows.RETURNED, DAY + timedelta(days=1))


def test_what_was_taken_back_counts_no_more_and_stays(cast: Cast, step: StepEvidence) -> None:
    actions.withdraw_evidence(row=step, reason="It was another area", by=cast.ada)
    assert queries.dated_evidence([cast.alderbrook.pk]) == []
    assert StepEvidence.objects.get().withdrawn_at
    assert told()[-1].endswith("First talk. It was another area")
    with pytest.raises(NotAllowed, match="taken back already"):
        actions.withdraw_evidence(row=step, reason="Again", by=cast.ada)


# --- People


def test_a_post_begins_is_corrected_and_ends(cast: Cast, post: Post) -> None:
    value = PostValue(Part.LEAD, "Jo Reeve", "education", DAY)
    actions.correct_post(row=post, post=value, by=cast.ada)
    actions.correct_post(row=post, post=value, by=cast.ada)  # nothing to correct: no line
    actions.end_post(row=post, ends=date(2024, 5, 1), by=cast.ada)
    assert told() == [
        "Alderbrook: Jo Reed, implementation lead from 1 March 2024.",
        (
            "Alderbrook: Jo Reeve, implementation lead from 1 March 2024. Before that recorded as Jo Reed,"
            " implementation lead from 1 March 2024."
        ),
        "Alderbrook: Jo Reeve, implementation lead from 1 March 2024 until 1 May 2024.",
    ]


def test_a_post_cannot_end_before_it_began_nor_be_recorded_twice(cast: Cast, post: Post) -> None:
    with pytest.raises(NotAllowed, match="after the start"):
        actions.end_post(row=post, ends=DAY, by=cast.ada)
    value = PostValue(Part.LEAD, "Jo Reed", "education", DAY)
    with pytest.raises(NotAllowed, match="recorded already"):
        actions.record_post(area=cast.alderbrook, post=value, by=cast.ben)
    with pytest.raises(NotAllowed, match="Choose the sector"):
        actions.record_post(area=cast.alderbrook, post=PostValue(Part.LEAD, "Jo", "sea", DAY), by=cast.ben)


def test_a_post_recorded_in_error_is_gone_and_the_history_has_it(cast: Cast, post: Post) -> None:
    actions.remove_post(row=post, reason="Never agreed", by=cast.ada)
    assert not Post.objects.exists()
    assert "Never agreed" in told()[-1]
    with pytest.raises(NotAllowed, match="removed this in the meantime"):
        actions.end_post(row=Post(pk=post.pk or 1, area=cast.alderbrook), ends=DAY, by=cast.ada)


# --- Stakeholders


def test_a_stakeholder_moves_on_the_map_and_the_history_keeps_where_it_stood(
    cast: Cast, stakeholder: Stakeholder
) -> None:
    closer = StakeholderValue("Heads' forum", "education", 3, 2, DAY)
    actions.change_stakeholder(row=stakeholder, stakeholder=closer, by=cast.ada)
    actions.change_stakeholder(row=stakeholder, stakeholder=closer, by=cast.ada)
    actions.remove_stakeholder(row=stakeholder, reason="Closed", by=cast.ada)
    assert [line.split(": ", 1)[1] for line in told()] == [
        "Heads' forum, much influence, not yet engaged.",
        (
            "Heads' forum, much influence, in conversation. Before that: Heads' forum, much influence,"
            " not yet engaged."
        ),
        "off the map, Heads' forum, much influence, in conversation. Closed",
    ]


def test_a_stakeholder_stands_on_the_map_once_and_on_the_scale(cast: Cast, stakeholder: Stakeholder) -> None:
    for name, influence, reason in (("HEADS' FORUM", 3, "on the map already"), ("Other", 4, "from 1 to 3")):
        with pytest.raises(NotAllowed, match=reason):
            actions.add_stakeholder(
                area=cast.alderbrook,
                stakeholder=StakeholderValue(name, "education", influence, 1, DAY),
                by=cast.ada,
            )


# --- Priorities


def test_a_priority_is_chosen_once_with_a_reason(cast: Cast, priority: Priority) -> None:
    assert told() == ["Alderbrook: priority chosen, “One front door”: Families asked."]
    with pytest.raises(NotAllowed, match="a priority already"):
        actions.choose_priority(area=cast.alderbrook, title="one FRONT door", because="Again", by=cast.ben)
    with pytest.raises(NotAllowed, match="why it was chosen"):
        actions.choose_priority(area=cast.alderbrook, title="Another", because=" ", by=cast.ben)


def test_a_statement_is_a_priority_once(cast: Cast) -> None:
    for title in ("Shared picture", "A shared picture"):
        choose = {"title": title, "because": "Low", "origin": Origin("macro_1"), "by": cast.ada}
        if Priority.objects.exists():
            with pytest.raises(NotAllowed, match="a priority already"):
                actions.choose_priority(area=cast.alderbrook, **choose)  # type: ignore[arg-type]
        else:
            actions.choose_priority(area=cast.alderbrook, **choose)  # type: ignore[arg-type]


def test_a_priority_closes_once_its_actions_are_settled(cast: Cast, action: Action) -> None:
    priority = action.priority
    with pytest.raises(NotAllowed, match="still open"):
        actions.close_priority(row=priority, reason="Enough", by=cast.ada)
    actions.drop_action(row=action, reason="Not needed", by=cast.ada)
    actions.close_priority(row=priority, reason="Enough", by=cast.ada)
    with pytest.raises(NotAllowed, match="closed already"):
        actions.close_priority(row=priority, reason="Enough", by=cast.ada)
    with pytest.raises(NotAllowed, match="is closed"):
        actions.plan_action(priority=priority, title="More", owner="Jo", due_on=DAY, by=cast.ada)


# --- Actions


def test_an_action_is_changed_done_and_taken_up_again(cast: Cast, action: Action) -> None:
    new = {"title": "Agree it", "owner": "Kit", "due_on": DAY, "step": ""}
    actions.change_action(row=action, by=cast.ada, **new)  # type: ignore[arg-type]
    actions.change_action(row=action, by=cast.ada, **new)  # type: ignore[arg-type]
    actions.finish_action(row=action, on=DAY, evidence="The minutes", by=cast.ada)
    actions.reopen_action(row=action, by=cast.ada)
    assert [line.removeprefix("Alderbrook: ") for line in told()[1:]] == [
        "“Agree it”, by 1 March 2024, Jo.",
        "“Agree it”, by 1 March 2024, Kit. Before that: “Agree it”, by 1 March 2024, Jo.",
        "done on 1 March 2024, “Agree it”: The minutes.",
        "taken up again, “Agree it”, by 1 March 2024, Kit.",
    ]


Change_ = Callable[[Cast, Action], object]


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (lambda cast, row: actions.finish_action(row=row, on=TOMORROW, evidence="x", by=cast.ada), "future"),
        (lambda cast, row: actions.finish_action(row=row, on=DAY, evidence=" ", by=cast.ada), "what shows"),
        (lambda cast, row: actions.drop_action(row=row, reason=" ", by=cast.ada), "why it is dropped"),
        (lambda cast, row: actions.reopen_action(row=row, by=cast.ada), "open already"),
        (
            lambda cast, row: actions.change_action(row=row, title="x", owner=" ", due_on=DAY, by=cast.ada),
            "who will see to it",
        ),
        (
            lambda cast, row: actions.change_action(
                row=row, title="x", owner="y", due_on=DAY, step="nowhere", by=cast.ada
            ),
            "one of the steps",
        ),
    ],
)
def test_what_cannot_be_done_with_an_action_is_refused(
    cast: Cast, action: Action, act: Change_, reason: str
) -> None:
    lines = Change.objects.count()
    with pytest.raises(NotAllowed, match=reason):
        act(cast, action)
    assert Change.objects.count() == lines


def test_a_second_tab_cannot_finish_what_the_first_dropped(cast: Cast, action: Action) -> None:
    stale = Action.objects.get(pk=action.pk)
    actions.drop_action(row=action, reason="No money", by=cast.ada)
    with pytest.raises(NotAllowed, match="It was dropped"):
        actions.finish_action(row=stale, on=DAY, evidence="Done anyway", by=cast.ben)


def test_the_same_action_twice_is_refused(cast: Cast, action: Action) -> None:
    with pytest.raises(NotAllowed, match="in the plan already"):
        actions.plan_action(
            priority=action.priority,
            title="Agree it",
            owner="Jo",
            due_on=DAY,
            step="working-agreements",
            by=cast.ada,
        )


def test_plan_and_steps_together_are_the_evidence_of_progress(
    cast: Cast, step: StepEvidence, action: Action
) -> None:
    actions.finish_action(row=action, on=DAY, evidence="The minutes", by=cast.ada)
    found = {(each.step, each.shows.value) for each in queries.dated_evidence([cast.alderbrook.pk])}
    assert found == {
        ("engagement", "begun"),
        ("prioritising-improvement", "begun"),
        ("working-agreements", "begun"),
    }


def test_a_list_is_taken_whole_with_one_line_or_not_at_all(cast: Cast) -> None:
    good = PostValue(Part.LEAD, "Jo", "education", DAY)
    bad = PostValue(Part.LEAD, " ", "education", DAY)
    take = {"area": cast.alderbrook, "source": "a list", "by": cast.ada}
    with pytest.raises(NotAllowed, match="who holds it"):
        actions.import_records(records=actions.Records(posts=[good, bad]), **take)  # type: ignore[arg-type]
    assert not Post.objects.exists()
    actions.import_records(records=actions.Records(posts=[good]), **take)  # type: ignore[arg-type]
    assert told() == ["Alderbrook: 1 record of steps, people and plan, from a list."]
