"""The pages of an area's plan, people and stakeholders: what they say, and what their forms do."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from ithrive.web.implementation.models import Action, Post, Priority, Stakeholder
from tests.cast import Cast, signed_in

WORK = "/implementation/areas/thornmere/local-area/T001/"
TODAY = timezone.localdate()


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_0": str(on.day), f"{name}_1": str(on.month), f"{name}_2": str(on.year)}


def sends(client: Client, path: str, form: dict[str, str]) -> str:
    return client.post(f"{WORK}{path}", form, follow=True).content.decode()


@pytest.fixture
def ben(cast: Cast) -> Client:
    return signed_in(cast.ben)


def test_a_plan_is_made_worked_through_and_closed(ben: Client) -> None:
    said = ben.get(f"{WORK}plan/").content.decode()
    assert "No priority is chosen yet." in said
    said = sends(ben, "priorities/choose/", {"title": "One door", "because": "Families asked"})
    assert "No action is planned yet." in said
    number = Priority.objects.get().pk
    action = {"title": "Agree it", "owner": "Jo", "step": "working-agreements"}
    late = TODAY - timedelta(days=3)
    said = sends(ben, f"priorities/{number}/add-action/", action | day("due_on", late))
    assert "Working on 1 priority. Actions: 0 done, 0 open, 1 overdue." in said
    row = Action.objects.get()
    said = sends(ben, f"actions/{row.pk}/", action | {"owner": "Kit"} | day("due_on", TODAY))
    assert "0 done, 1 open." in said
    said = sends(ben, f"actions/{row.pk}/drop/", {"reason": "No money"})
    assert "Dropped: No money" in said
    sends(ben, f"actions/{row.pk}/reopen/", {})
    said = sends(ben, f"actions/{row.pk}/done/", day("on", TODAY) | {"evidence": "The minutes"})
    assert "1 done, 0 open." in said
    assert "Serves: Working agreements" in said
    said = sends(ben, f"priorities/{number}/close/", {"reason": "It is in place"})
    assert "Closed priorities" in said
    assert "It is in place" in said


def test_a_refusal_stands_on_the_form_and_nothing_is_lost(ben: Client) -> None:
    sends(ben, "priorities/choose/", {"title": "One door", "because": "Asked"})
    said = sends(ben, "priorities/choose/", {"title": "One door", "because": "A long reason"})
    assert "This is a priority already" in said
    assert "A long reason" in said


def test_the_plan_can_be_taken_away_safely(cast: Cast, ben: Client) -> None:
    first = Priority.objects.create(
        area=cast.alderbrook, title="=1+1", chosen_because="Asked", chosen_on=TODAY
    )
    Priority.objects.create(area=cast.alderbrook, title="Later", chosen_because="x", chosen_on=TODAY)
    Action.objects.create(priority=first, title="Agree it", owner="Jo", due_on=TODAY, step="engagement")
    rows = list(csv.DictReader(io.StringIO(ben.get(f"{WORK}plan.csv").content.decode())))
    assert [(row["Priority"], row["Action"], row["State"]) for row in rows] == [
        ("'=1+1", "Agree it", "open"),
        ("Later", "", ""),
    ]
    assert rows[0]["Step of the Approach"] == "Engagement"
    page = load_workbook(io.BytesIO(ben.get(f"{WORK}plan.xlsx").content))["Plan"]
    assert page["A2"].value == "'=1+1"
    assert page["H2"].value.date() == TODAY


def test_people_stand_by_sector_and_the_gaps_are_said(ben: Client) -> None:
    said = ben.get(f"{WORK}people/").content.decode()
    assert "Nobody holds a post yet; there are 8 gaps." in said
    form = {"holder": "Jo Reed", "kind": "steering", "sector": "education"} | day("starts", TODAY)
    said = sends(ben, "people/record/", form)
    assert "1 person holds a post; there are 7 gaps." in said
    row = Post.objects.get()
    said = sends(ben, f"people/{row.pk}/", form | {"holder": "Jo Reeve"})
    assert "Jo Reeve" in said
    Post.objects.update(starts=TODAY - timedelta(days=9))
    said = sends(ben, f"people/{row.pk}/end/", day("ends", TODAY))
    assert "Who held a post before" in said
    assert "Education: nobody in the steering group since" in said
    sends(ben, f"people/{row.pk}/in-error/", {"reason": "Never"})
    assert not Post.objects.exists()
    asked = ben.get(f"{WORK}people/record/?kind=chair&sector=education").content.decode()
    assert 'value="chair" checked' in asked


def test_somebody_who_begins_later_is_said_to_come(cast: Cast, ben: Client) -> None:
    later = TODAY + timedelta(days=30)
    Post.objects.create(area=cast.alderbrook, kind="lead", holder="Jo", sector="education", starts=later)
    said = ben.get(f"{WORK}people/").content.decode()
    assert "(to come)" in said
    assert "There is no implementation lead yet." in said


def test_the_stakeholder_map_says_whom_to_speak_with_first(ben: Client) -> None:
    assert "Nobody is on the map yet." in ben.get(f"{WORK}stakeholders/").content.decode()
    form = {"name": "Heads' forum", "sector": "education", "influence": "3", "engagement": "1", "note": "Jo"}
    said = sends(ben, "stakeholders/add/", form)
    assert "Speak with these first" in said
    row = Stakeholder.objects.get()
    said = sends(ben, f"stakeholders/{row.pk}/", form | {"engagement": "3", "sector": "other"})
    assert "Speak with these first" not in said
    assert "Taking part" in said
    assert "Another" in said
    sends(ben, f"stakeholders/{row.pk}/remove/", {"reason": "Closed"})
    assert not Stakeholder.objects.exists()


def test_what_belongs_to_another_area_is_not_there(cast: Cast, ben: Client) -> None:
    other = Priority.objects.create(
        area=cast.brackenford, title="Theirs", chosen_because="x", chosen_on=TODAY
    )
    action = Action.objects.create(priority=other, title="Theirs", owner="Cam", due_on=TODAY)
    post = Post.objects.create(
        area=cast.brackenford, kind="lead", holder="Cam", sector="education", starts=TODAY
    )
    for path in (
        f"priorities/{other.pk}/close/",
        f"actions/{action.pk}/",
        f"actions/{action.pk}/done/",
        f"people/{post.pk}/",
    ):
        assert ben.get(f"{WORK}{path}").status_code == 404
        assert ben.post(f"{WORK}{path}", {"reason": "x"}).status_code == 404
