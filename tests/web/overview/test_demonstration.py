"""The demonstration programme: the same for everyone, whole or not at all, never beside real people."""

import os
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password
from django.db import connection
from django.utils import timezone

from ithrive.areas.fictional import thornmere
from ithrive.areas.membership import COUNTED, MemberRole
from ithrive.problems import BadInput
from ithrive.web.accounts.models import Person
from ithrive.web.areas.models import Country, LocalArea, Membership, Support
from ithrive.web.database import database_from
from ithrive.web.history.models import Change
from ithrive.web.history.record import verify
from ithrive.web.overview.demonstration import code_of, load, sign_ins
from ithrive.web.overview.demonstration.cast import CAST, COACHES, PASSPHRASE, coaches_of
from ithrive.web.overview.demonstration.community import FIRST_DAY, KIND, community
from ithrive.web.overview.demonstration.loading import STUDY
from ithrive.web.overview.demonstration.support_log import support_log
from ithrive.web.rights import RIGHTS, Right, Role

TODAY = date(2026, 9, 30)
PARTS = (
    *("areas", "memberships", "support", "people", "rounds", "plans", "wishes"),
    *("returns", "tests of change", "releases", "study"),
)
NAMES = {code: area.names[-1].name for (kind, code), area in thornmere().local_areas.items() if kind == KIND}
LOADED = f"Loaded the demonstration programme: {', '.join(PARTS)}.\n{STUDY}"


@pytest.fixture(scope="module")
def roles():
    return community(thornmere())


# --- The story, which needs no database


def test_the_story_is_the_same_each_time(roles):
    assert community(thornmere()) == roles
    assert list(support_log(roles, FIRST_DAY, TODAY, NAMES)) == list(
        support_log(roles, FIRST_DAY, TODAY, NAMES)
    )


def test_about_seventy_five_areas_have_joined_and_some_paused_or_left(roles):
    last = {each.code: each for each in roles if each.holds_on(TODAY)}
    assert Counter(each.role for each in last.values()) == {
        MemberRole.ACCELERATOR: 10,
        MemberRole.MEMBER: 56,
        MemberRole.PAUSED: 4,
        MemberRole.LEFT: 5,
        MemberRole.COMPARISON: 10,
    }


def test_ada_leads_an_accelerator_and_cam_a_member(roles):
    areas = thornmere().local_areas
    held = {
        areas["local-area", each.code].names[-1].name: each.role for each in roles if each.holds_on(TODAY)
    }
    assert (held["Alderbrook"], held["Brackenford"]) == (MemberRole.ACCELERATOR, MemberRole.MEMBER)


def test_comparison_sites_never_take_part(roles):
    comparison = {each.code for each in roles if each.role is MemberRole.COMPARISON}
    assert not [each for each in roles if each.code in comparison and each.role in COUNTED]


def test_an_area_joined_before_a_merger_as_the_areas_it_was_made_of(roles):
    merged = [each for each in roles if each.ends == date(2020, 4, 1)]
    areas = thornmere().local_areas
    assert merged
    assert all(areas["local-area", each.code].ends == date(2020, 4, 1) for each in merged)


def test_a_quarter_tells_the_same_whenever_it_is_told(roles):
    log = list(support_log(roles, FIRST_DAY, TODAY, NAMES))
    earlier = list(support_log(roles, FIRST_DAY, date(2020, 5, 15), NAMES))
    assert log[: len(earlier)] != []
    assert sorted(map(str, earlier)) == sorted(str(each) for each in log if each.on <= date(2020, 5, 15))


def test_support_went_only_to_areas_taking_part_on_the_day(roles):
    log = list(support_log(roles, FIRST_DAY, TODAY, NAMES))
    assert 380 <= len(log) <= 420
    for given in log:
        assert any(
            each.code == given.code and each.role in COUNTED and each.holds_on(given.on) for each in roles
        )


def test_an_area_with_coaches_of_its_own_hears_from_no_other(roles):
    log = list(support_log(roles, FIRST_DAY, TODAY, NAMES))
    came = {name: {each.given_by for each in log if NAMES[each.code] == name} for name in NAMES.values()}
    assert came["Alderbrook"] == {"Col Marsh", "Ned Sallow"} == set(coaches_of("Alderbrook"))
    assert came["Brackenford"] <= {"Dot Fernley", "Ned Sallow"} == set(coaches_of("Brackenford"))
    assert set().union(*came.values()) == set(COACHES)


def test_somebody_leads_a_comparison_site_and_the_list_of_people_does_not_say_so(roles):
    comparison = {NAMES[each.code] for each in roles if each.role is MemberRole.COMPARISON}
    [kit] = [each for each in CAST if comparison & set(each.areas)]
    assert (kit.role, kit.email) == (Role.LEAD, "kit@thornmere.example")


# --- Loading it


def told() -> tuple[set[tuple[object, ...]], list[tuple[object, ...]]]:
    """What the database holds of memberships and support."""
    memberships = Membership.objects.values_list("area__code", "role", "starts", "ends")
    support = Support.objects.order_by("pk").values_list("area__code", "on", "kind", "days", "purpose")
    return set(memberships), list(support)


def expected(roles) -> tuple[set[tuple[object, ...]], list[tuple[object, ...]]]:
    log = support_log(roles, FIRST_DAY, timezone.localdate(), NAMES)
    return (
        {(each.code, each.role.value, each.starts, each.ends) for each in roles},
        [(each.code, each.on, each.kind.value, each.days, each.purpose) for each in log],
    )


@pytest.mark.django_db
def test_loading_brings_everything_through_the_actions_and_twice_changes_nothing(roles):
    assert load() == LOADED
    assert told() == expected(roles)
    lines = Change.objects.count()
    assert verify() is None
    assert load() == "The demonstration programme is there already; nothing changed."
    assert Change.objects.count() == lines
    # Comparison sites are the evaluators' secret in the history too.
    secret = Change.objects.filter(confidential_to="evaluators", action="begin a role")
    assert secret.count() == Membership.objects.filter(role=MemberRole.COMPARISON).count() == 10

    people = {person.email: person for person in Person.objects.all()}
    assert people.keys() == {acted.email for acted in CAST}
    assert all(check_password(PASSPHRASE, person.password) for person in people.values())
    assert {held.role for person in people.values() for held in person.roles.all()} == set(Role)


@pytest.mark.django_db
def test_where_there_is_no_demonstration_nothing_is_told():
    assert sign_ins() == "There is no demonstration here; `ithrive demo load` makes one."
    with pytest.raises(BadInput, match="nobody of that address is in a demonstration here"):
        code_of("dan@thornmere.example")


@pytest.mark.django_db
def test_people_of_the_demonstration_are_told_how_to_sign_in_and_nobody_else():
    load(up_to="people")
    assert all(acted.email in sign_ins() for acted in CAST)
    assert PASSPHRASE in sign_ins()
    # The code may turn over between asking and checking, but not twice.
    app = Authenticator.objects.get(user__email="dan@thornmere.example").wrap()
    assert any(app.validate_code(code_of("Dan@thornmere.example")) for _ in range(2))
    assert "liv@thornmere.example     Area lead in Alderbrook, with six digits" in sign_ins()
    assert "kit@thornmere.example     Area lead in Campionbrook\n" in sign_ins()
    assert "omparison" not in sign_ins()
    with pytest.raises(BadInput, match="signs in without an authenticator"):
        code_of("ada@thornmere.example")
    with pytest.raises(BadInput, match="nobody of that address is in a demonstration here"):
        code_of("someone@nhs.example")


@pytest.mark.django_db
def test_in_the_demonstration_somebody_else_than_who_moderates_can_sign_off():
    load(up_to="people")
    able = set(Authenticator.objects.values_list("user__email", flat=True))
    for where, moderators in (("Alderbrook", {"ada@thornmere.example"}), (None, {"eve@thornmere.example"})):
        may_sign_off = {
            acted.email
            for acted in CAST
            if Right.SIGN_OFF in RIGHTS[acted.role] and (where in acted.areas if where else not acted.areas)
        }
        assert (may_sign_off & able) - moderators, where
        assert moderators <= may_sign_off


@pytest.mark.django_db
def test_it_stays_out_of_a_database_with_real_people():
    Person.objects.create_user("someone@nhs.example", "x", name="Someone")
    with pytest.raises(BadInput, match="holds real people or a real programme"):
        load()
    assert not Country.objects.exists()


@pytest.mark.django_db
def test_it_stays_out_of_a_database_with_a_real_programme():
    country = Country.objects.create(slug="somewhere", name="Somewhere")
    area = LocalArea.objects.create(country=country, kind="x", code="1", name="One", starts=FIRST_DAY)
    Membership.objects.create(area=area, role=MemberRole.MEMBER)
    with pytest.raises(BadInput, match="holds real people or a real programme"):
        load()


# --- Killed while loading


@pytest.fixture
def own_database(tmp_path: Path, django_db_setup: None) -> Iterator[str]:
    """The address of an empty database of the same make, for another process to be killed over."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'killed.sqlite3'}"
        return
    settings = connection.settings_dict
    name = f"killed_{uuid4().hex}"
    server = {"host": settings["HOST"], "user": settings["USER"], "dbname": "postgres"}
    with psycopg.connect(**server, autocommit=True) as postgres:
        postgres.execute(f"CREATE DATABASE {name}")
        yield f"postgresql://{settings['USER']}@/{name}?host={settings['HOST']}"
        postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")


def other_process(database: str, folder: Path, *words: str) -> subprocess.Popen[str]:
    environment = os.environ | {
        "DATABASE_URL": database,
        "SECRET_KEY": "only-for-tests",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "ITHRIVE_DATA_DIR": str(folder),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "ithrive", *words],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finished(database: str, folder: Path, *words: str) -> str:
    ran = other_process(database, folder, *words)
    said, _ = ran.communicate(timeout=180)
    assert ran.returncode == 0, said
    return said


def asked(database: str, sql: str) -> list[tuple[object, ...]]:
    """The rows of a question to the other database, without Django between."""
    settings = database_from(database)
    if settings["ENGINE"].endswith("sqlite3"):
        with closing(sqlite3.connect(settings["NAME"], timeout=20)) as known:
            return known.execute(sql).fetchall()
    with psycopg.connect(host=settings["HOST"], user=settings["USER"], dbname=settings["NAME"]) as known:
        return known.execute(sql).fetchall()


def parts_there(database: str) -> set[object]:
    sql = "SELECT subject FROM history_change WHERE action = 'load a part of the demonstration'"
    return {subject for (subject,) in asked(database, sql)}


def count(database: str, table: str) -> object:
    return asked(database, f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608  # tables named in this file


def test_killed_while_loading_it_holds_whole_parts_only_and_a_second_run_completes_it(
    own_database: str, tmp_path: Path, roles
):
    database = own_database
    finished(database, tmp_path, "site", "migrate")
    for wanted, moment in ((set(), 1.5), ({"areas"}, 0.1), ({"areas", "memberships"}, 0.2)):
        loading = other_process(database, tmp_path, "demo", "load")
        while not wanted <= parts_there(database) and loading.poll() is None:
            time.sleep(0.05)
        time.sleep(moment)
        loading.kill()
        loading.communicate()
        there = parts_there(database)
        assert count(database, "areas_membership") == ("memberships" in there) * len(roles)
        assert bool(count(database, "areas_support")) == ("support" in there)
        assert bool(count(database, "areas_country")) == ("areas" in there)
        assert "The history is" in finished(database, tmp_path, "history", "verify")
    finished(database, tmp_path, "demo", "load")
    assert parts_there(database) == set(PARTS)
    assert count(database, "areas_membership") == len(roles)
    assert "The history is whole" in finished(database, tmp_path, "history", "verify")
