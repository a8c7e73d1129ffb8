"""Storing a gazetteer: everything or nothing, and nothing when it is there already."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ithrive.areas.membership import MemberRole
from ithrive.areas.places import Place
from ithrive.web.areas import models
from ithrive.web.areas.gazetteers import gazetteer_of
from ithrive.web.areas.store import store
from ithrive.web.history.models import Change
from ithrive.web.history.record import Command, verify
from tests.web.areas.squares import squares

LOAD = Command("areas load")
ROOT = Path(__file__).parents[3]


@pytest.mark.django_db
def test_what_was_stored_comes_back_the_same_without_the_boundaries() -> None:
    gazetteer = squares()
    stored = store(gazetteer, by=LOAD)
    assert stored.changed
    assert gazetteer_of("squares") == replace(gazetteer, boundaries=())


@pytest.mark.django_db
def test_it_says_how_much_there_is_of_each_kind() -> None:
    assert store(squares(), by=LOAD).counts == {
        "geographies": 3,
        "local areas": 6,
        "places": 8,
        "links": 7,
        "populations": 4,
        "attributes": 1,
        "values": 4,
        "boundaries": 4,
        "sources": 1,
    }


@pytest.mark.django_db
def test_a_second_run_changes_nothing_says_so_and_writes_no_history() -> None:
    store(squares(), by=LOAD)
    before = list(models.Place.objects.values_list("id", flat=True))
    again = store(squares(), by=LOAD)
    assert not again.changed
    assert list(models.Place.objects.values_list("id", flat=True)) == before
    assert Change.objects.count() == 1


@pytest.mark.django_db
def test_one_line_of_history_says_what_was_loaded_and_by_whom() -> None:
    store(squares(), by=LOAD)
    line = Change.objects.get()
    assert (line.by, line.subject) == ("ithrive areas load", "country squares")
    assert line.after["places"] == 8
    assert verify() is None


@pytest.mark.django_db
def test_a_changed_gazetteer_replaces_the_reference_rows_and_keeps_local_areas_with_their_numbers() -> None:
    store(squares(4), by=LOAD)
    area = models.LocalArea.objects.get(code="S001")
    store(squares(3), by=LOAD)
    assert models.LocalArea.objects.get(code="S001").pk == area.pk
    assert gazetteer_of("squares") == replace(squares(3), boundaries=())


@pytest.mark.django_db
def test_a_local_area_that_a_load_no_longer_names_stays_with_its_membership() -> None:
    store(squares(4), by=LOAD)
    area = models.LocalArea.objects.get(code="S004")
    models.Membership.objects.create(area=area, role=MemberRole.MEMBER, starts=date(2016, 1, 1))
    store(squares(3), by=LOAD)
    assert models.LocalArea.objects.get(code="S004").memberships.count() == 1


@pytest.mark.django_db
def test_a_renamed_area_is_renamed_and_keeps_its_number() -> None:
    gazetteer = squares()
    store(gazetteer, by=LOAD)
    number = models.LocalArea.objects.get(code="S900").pk
    renamed = tuple(
        Place(each.geography, each.code, "Two Squares") if each.code == "S900" else each
        for each in gazetteer.places
    )
    store(replace(gazetteer, places=renamed), by=LOAD)
    assert models.LocalArea.objects.get(pk=number).name == "Two Squares"


@pytest.mark.django_db
def test_countries_do_not_touch_each_other() -> None:
    other = replace(squares(), country=replace(squares().country, slug="other", name="Other"))
    store(squares(), by=LOAD)
    store(other, by=LOAD)
    store(squares(3), by=LOAD)
    assert gazetteer_of("other").places == squares().places


@pytest.mark.django_db(transaction=True)
def test_a_failure_in_the_middle_leaves_the_old_state(monkeypatch: pytest.MonkeyPatch) -> None:
    store(squares(4), by=LOAD)
    broken = squares(3)
    stranger = replace(broken.links[0], to_code="NOBODY")
    monkeypatch.setattr("ithrive.web.areas.store.prepare", lambda gazetteer: [])
    with pytest.raises(KeyError):
        store(replace(broken, links=(stranger,)), by=LOAD)
    assert gazetteer_of("squares") == replace(squares(4), boundaries=())


# Loads squares(4); then kills itself while squares(9) is being written, its links already in.
KILLED = """
import os, signal, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, skip_checks=True)
from ithrive.web.areas import store
from ithrive.web.history.record import Command
from tests.web.areas.squares import squares
store.store(squares(4), by=Command("areas load"))
store._populations = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
store.store(squares(9), by=Command("areas load"))
"""
LOOKED_AT = """
import django
django.setup()
from ithrive.web.areas import models
from ithrive.web.areas.gazetteers import gazetteer_of
from ithrive.web.history.record import verify
print(len(gazetteer_of("squares").places), models.Link.objects.count(), models.LocalArea.objects.count())
print(verify())
"""


def test_a_load_that_is_killed_leaves_the_old_state(tmp_path: Path) -> None:
    """A real process on a real file, ended with the signal that nothing can catch."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'killed.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }

    def run(program: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
        )

    killed = run(KILLED)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert run(LOOKED_AT).stdout.split() == ["8", "7", "6", "None"]
