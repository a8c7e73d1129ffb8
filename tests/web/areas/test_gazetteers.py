"""Gazetteers from the database: read once in a process, and again when the country was loaded again."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.http import Http404
from shapely.geometry import box

from ithrive.areas.fictional import thornmere
from ithrive.web.areas import gazetteers
from ithrive.web.areas.drawings import HEXAGONS, LAND
from ithrive.web.areas.store import store
from ithrive.web.history.record import Command
from tests.web.areas.squares import SIDE, squares

LOAD = Command("areas load")
pytestmark = pytest.mark.django_db


def test_a_country_that_was_never_loaded_is_not_found() -> None:
    with pytest.raises(Http404):
        gazetteers.gazetteer_of("nowhere")


def test_a_gazetteer_is_read_once_and_then_costs_one_query(django_assert_num_queries: Any) -> None:
    store(squares(), by=LOAD)
    first = gazetteers.gazetteer_of("squares")
    with django_assert_num_queries(1):
        assert gazetteers.gazetteer_of("squares") is first


def test_what_was_warmed_up_is_not_read_again(django_assert_num_queries: Any) -> None:
    store(squares(), by=LOAD)
    gazetteers.warm_up()
    revision = gazetteers.revision_of("squares")
    with django_assert_num_queries(0):
        assert gazetteers.gazetteer_of(revision).geography_by_key["SQ15"]
        assert gazetteers.drawing_of(revision, "SQ20", LAND) is None  # and that is kept too
        assert gazetteers.drawing_of(revision, "SQ20", HEXAGONS)


def test_a_server_starts_before_its_database_has_tables(tmp_path: Path) -> None:
    where = {"SECRET_KEY": "x", "DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}"}
    program = [sys.executable, "-W", "ignore", "-c", "import ithrive.web.wsgi"]
    started = subprocess.run(program, env={**os.environ, **where}, capture_output=True, text=True)
    assert (started.returncode, started.stderr) == (0, "")


def test_a_new_load_is_seen_at_once() -> None:
    store(squares(4), by=LOAD)
    gazetteers.gazetteer_of("squares")
    store(squares(5), by=LOAD)
    assert len(gazetteers.gazetteer_of("squares").places_by_geography["SQ15"]) == 5


def test_the_whole_demonstration_country_survives_the_database() -> None:
    country = thornmere()
    store(country, by=LOAD)
    assert gazetteers.gazetteer_of("thornmere") == replace(country, boundaries=())


def test_land_is_drawn_only_where_boundaries_were_loaded_and_hexagons_everywhere() -> None:
    store(squares(), by=LOAD)
    revision = gazetteers.revision_of("squares")
    drawn = {
        (key, layout): gazetteers.drawing_of(revision, key, layout) is not None
        for key in ("SQ15", "SQ20", "REG")
        for layout in ("land", "hexagons")
    }
    assert drawn == {
        ("SQ15", "land"): True,
        ("SQ15", "hexagons"): True,
        ("SQ20", "land"): False,
        ("SQ20", "hexagons"): True,
        ("REG", "land"): False,
        ("REG", "hexagons"): True,
    }


def test_without_any_boundaries_the_hexagons_alone_serve() -> None:
    store(squares(boundaries=False), by=LOAD)
    revision = gazetteers.revision_of("squares")
    drawn = gazetteers.drawing_of(revision, "SQ15", "hexagons")
    assert drawn is not None
    assert set(drawn.outlines.paths) == {"S001", "S002", "S003", "S004"}
    assert drawn.unplaced == 4
    assert gazetteers.drawing_of(revision, "SQ15", "land") is None


def test_a_drawing_is_read_once(django_assert_num_queries: Any) -> None:
    store(squares(), by=LOAD)
    revision = gazetteers.revision_of("squares")
    first = gazetteers.drawing_of(revision, "SQ15", "land")
    with django_assert_num_queries(0):
        assert gazetteers.drawing_of(revision, "SQ15", "land") is first


def test_boundaries_come_back_as_they_lie_on_the_ground() -> None:
    store(squares(), by=LOAD)
    boundaries = gazetteers.boundaries_of(gazetteers.revision_of("squares"), "SQ15")
    assert [each.code for each in boundaries] == ["S001", "S002", "S003", "S004"]
    assert boundaries[1].outline.equals(box(SIDE, 0, 2 * SIDE, SIDE))


def test_real_countries_are_named_before_fictional_ones() -> None:
    real = replace(
        squares(fictional=False), country=replace(squares().country, slug="z", name="Z", fictional=False)
    )
    store(squares(), by=LOAD)
    store(real, by=LOAD)
    assert [each.slug for each in gazetteers.countries()] == ["z", "squares"]
