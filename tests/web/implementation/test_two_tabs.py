"""Two tabs on one area: nothing is overwritten unseen, nothing is entered twice, and what to do is said."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ithrive.implementation import Part
from ithrive.implementation import Post as PostValue
from ithrive.implementation import Stakeholder as StakeholderValue
from ithrive.problems import NotAllowed
from ithrive.web.implementation import actions
from ithrive.web.implementation.models import Action, Post, Stakeholder
from tests.cast import Cast, signed_in

WORK = "/implementation/areas/thornmere/local-area/T001/"
TODAY = timezone.localdate()
ON = {"0": str(TODAY.day), "1": str(TODAY.month), "2": str(TODAY.year)}
CHANGED = "Somebody changed this while you had it open."


def day(name: str) -> dict[str, str]:
    return {f"{name}_{box}": value for box, value in ON.items()}


def mark_in(said: str) -> str:
    [mark] = re.findall(r'name="seen" value="(\w+)"', said)
    return mark


def opened(client: Client, path: str) -> str:
    return mark_in(client.get(f"{WORK}{path}").content.decode())


def sent(client: Client, path: str, **form: str) -> str:
    return client.post(f"{WORK}{path}", form, follow=True).content.decode()


@pytest.fixture
def action(cast: Cast) -> Action:
    row = actions.choose_priority(area=cast.alderbrook, title="One door", because="Asked", by=cast.ada)
    return actions.plan_action(
        priority=row, title="Agree it", owner="Jo", due_on=TODAY, step="working-agreements", by=cast.ada
    )


@pytest.fixture
def post(cast: Cast) -> Post:
    held = PostValue(Part.LEAD, "Jo Reed", "education", TODAY - timedelta(days=90))
    return actions.record_post(area=cast.alderbrook, post=held, by=cast.ada)


@pytest.fixture
def forum(cast: Cast) -> Stakeholder:
    seen = StakeholderValue("Heads' forum", "education", 3, 1, TODAY)
    return actions.add_stakeholder(area=cast.alderbrook, stakeholder=seen, by=cast.ada)


def test_the_second_tab_is_told_how_it_stands_and_may_still_have_its_way(cast: Cast, action: Action) -> None:
    ada, ben, path = signed_in(cast.ada), signed_in(cast.ben), f"actions/{action.pk}/"
    mark = opened(ben, path)
    form = {"title": "Agree it", "step": "working-agreements", **day("due_on")}
    sent(ada, path, owner="Kit", seen=opened(ada, path), **form)
    said = sent(ben, path, owner="Lou", seen=mark, **form)
    assert CHANGED in said
    assert "Kit." in said
    assert 'value="Lou"' in said
    action.refresh_from_db()
    assert action.owner == "Kit"
    assert "The action is changed" in sent(ben, path, owner="Lou", seen=mark_in(said), **form)
    action.refresh_from_db()
    assert action.owner == "Lou"


def test_a_mistake_in_a_field_does_not_hide_that_somebody_changed_it(cast: Cast, action: Action) -> None:
    ben, path = signed_in(cast.ben), f"actions/{action.pk}/"
    mark = opened(ben, path)
    form = {"title": "Agree it", "step": "working-agreements", **day("due_on")}
    actions.change_action(row=action, title="Agree all", owner="Kit", due_on=TODAY, by=cast.ada)
    said = sent(ben, path, owner="", seen=mark, **form)
    assert "Enter who will see to it" in said
    assert CHANGED in sent(ben, path, owner="Lou", seen=mark_in(said), **form)


def test_the_same_change_from_two_tabs_is_no_conflict(cast: Cast, action: Action) -> None:
    ben, path = signed_in(cast.ben), f"actions/{action.pk}/"
    form = {"title": "Agree it", "owner": "Kit", "step": "working-agreements", **day("due_on")}
    form["seen"] = opened(ben, path)
    sent(ben, path, **form)
    assert "The action is changed" in sent(ben, path, **form)


def test_an_action_that_was_done_or_whose_priority_closed_stays_as_it_is(cast: Cast, action: Action) -> None:
    actions.finish_action(row=action, on=TODAY, evidence="The minutes", by=cast.ada)
    with pytest.raises(NotAllowed, match="It is done already"):
        actions.change_action(row=action, title="x", owner="y", due_on=TODAY, by=cast.ben)
    actions.close_priority(row=action.priority, reason="In place", by=cast.ada)
    with pytest.raises(NotAllowed, match="Its priority is closed"):
        actions.reopen_action(row=action, by=cast.ben)
    assert "Take up again" not in signed_in(cast.ben).get(f"{WORK}plan/").content.decode()


def test_a_post_is_corrected_and_ended_by_one_tab_at_a_time(cast: Cast, post: Post) -> None:
    ben, path = signed_in(cast.ben), f"people/{post.pk}/"
    mark = opened(ben, path)
    actions.end_post(row=post, ends=TODAY, by=cast.ada)
    form = {"holder": "Jo Read", "kind": "lead", "sector": "education", **day("starts")}
    said = sent(ben, path, seen=mark, **form)
    assert CHANGED in said
    assert "Jo Reed, implementation lead" in said
    with pytest.raises(NotAllowed, match="The end is recorded already"):
        actions.end_post(row=post, ends=TODAY - timedelta(days=1), by=cast.ben)


def test_a_stakeholder_is_moved_by_one_tab_at_a_time_and_named_once(cast: Cast, forum: Stakeholder) -> None:
    ben, path = signed_in(cast.ben), f"stakeholders/{forum.pk}/"
    mark = opened(ben, path)
    nearer = StakeholderValue("Heads' forum", "education", 3, 2, TODAY)
    actions.change_stakeholder(row=forum, stakeholder=nearer, by=cast.ada)
    form = {"name": "Heads' forum", "sector": "education", "influence": "3", "engagement": "3", "note": ""}
    assert CHANGED in sent(ben, path, seen=mark, **form)
    other = StakeholderValue("Crisis line", "voluntary", 1, 1, TODAY)
    row = actions.add_stakeholder(area=cast.alderbrook, stakeholder=other, by=cast.ada)
    with pytest.raises(NotAllowed, match="forum is on the map already"):
        actions.change_stakeholder(row=row, stakeholder=nearer, by=cast.ada)
