"""What changed since a day, and what is due."""

from datetime import date, timedelta

from ithrive.implementation import About, Due, Happening, Part, PlannedAction, Post, what_changed, what_is_due
from ithrive.implementation.news import actions_due, from_actions, from_evidence, from_posts
from tests.implementation.small import SMALL, told, week

DAY = date(2020, 6, 1)


def test_evidence_posts_and_actions_become_dated_sentences() -> None:
    evidence = told("1 listen begun\n2 listen reached\n3 choose skipped\n4 listen returned\n5 gone begun")
    assert [(each.on, each.text) for each in from_evidence(evidence, SMALL)] == [
        (week(1), "At work on Listen: a note"),
        (week(2), "Reached Listen: a note"),
        (week(3), "Skipped Choose: a note"),
        (week(4), "Returned to Listen: a note"),
        (week(5), "At work on gone: a note"),
    ]
    posts = [
        Post(Part.LEAD, "Ada", "education", week(1), week(9)),
        Post(Part.CHAIR, "Ben", "education", week(2)),
    ]
    assert [(each.on, each.text) for each in from_posts(posts)] == [
        (week(1), "Ada became implementation lead"),
        (week(9), "Ada stopped being implementation lead"),
        (week(2), "Ben became chair of the steering group"),
    ]
    actions = [
        PlannedAction("Ask", "Ada", DAY, done_on=week(3), evidence="notes"),
        PlannedAction("Go", "Ben", DAY),
    ]
    assert from_actions(actions) == (Happening(week(3), About.ACTION, "Done: Ask (notes)"),)


def test_what_changed_is_newest_first_and_said_once() -> None:
    first, second, third = (Happening(week(number), About.STEP, str(number)) for number in (1, 2, 3))
    same_day = Happening(week(2), About.ACTION, "an action")
    assert what_changed([third, first, second, second, same_day], week(2), week(3)) == (
        third,
        same_day,
        second,
    )


def test_both_days_are_included_and_days_to_come_are_not() -> None:
    each = [Happening(week(number), About.ROUND, "") for number in range(5)]
    assert [found.on for found in what_changed(each, week(1), week(3))] == [week(3), week(2), week(1)]


def test_what_is_due_joins_all_lists_the_oldest_first() -> None:
    coming = Due(DAY + timedelta(days=30), About.ROUND, "Spring round")
    promised = Due(DAY - timedelta(days=3), About.SUPPORT, "Coaching visit", "Dot")
    far = Due(DAY + timedelta(days=99), About.ROUND, "Autumn round")
    action = Due(DAY - timedelta(days=9), About.ACTION, "Ask", "Ada")
    until = DAY + timedelta(days=30)
    assert what_is_due([coming, far], [action], [promised, promised], until=until) == (
        action,
        promised,
        coming,
    )
    assert promised.overdue(DAY)
    assert not Due(DAY, About.ROUND, "Today").overdue(DAY)


def test_only_what_is_still_to_be_done_is_due() -> None:
    actions = [
        PlannedAction("Ask", "Ada", DAY),
        PlannedAction("Asked", "Ada", DAY, done_on=DAY, evidence="notes"),
        PlannedAction("No", "Ada", DAY, dropped_because="no money"),
        PlannedAction("Some day", "Ada", None),
    ]
    assert actions_due(actions, DAY + timedelta(days=9)) == (Due(DAY, About.ACTION, "Ask", "Ada"),)
