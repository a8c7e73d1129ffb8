"""The public pages of measures: all of them, in the framework's order, with no area's figures."""

import json

import pytest
import yaml
from django.test import Client

from ithrive.framework import framework
from ithrive.measures import Measure, measures
from ithrive.measures.reading import read_measure
from ithrive.web.overview.measure_pages.files import definition_file
from ithrive.web.overview.measure_pages.presenters import DISCLOSURE, grouped, measure_page
from tests.cast import Cast
from tests.web.publications.scenes import releases_standing

EVERY = sorted(measures())


def test_measures_stand_by_grouping_as_the_framework_orders_them():
    groups = grouped(measures())
    assert [group.code for group in groups] == [
        *(each.code for each in framework().groupings.grouping),
        "shared-decision-making",
        "whole-system",
    ]
    assert sorted(each.id for group in groups for each in group.measures) == EVERY
    assert [group.is_grouping for group in groups] == [True] * 5 + [False] * 2


def test_a_grouping_of_which_nothing_is_counted_is_left_out():
    assert [group.code for group in grouped({"W1": measures()["W1"]})] == ["whole-system"]


@pytest.mark.parametrize("measure", EVERY)
def test_every_measure_has_a_page_in_words(measure):
    page = measure_page(measures()[measure])
    said = {row["key"]["text"]: row["value"]["text"] for row in page.rows["rows"]}
    assert said["What is counted"] == measures()[measure].numerator
    assert all(said.values())
    assert page.disclosure
    assert page.shown


def test_every_disclosure_rule_that_a_measure_may_name_is_explained():
    assert {rule for each in measures().values() for rule in each.disclosure} <= DISCLOSURE.keys()


@pytest.mark.parametrize("measure", EVERY)
def test_a_definition_taken_away_is_the_same_measure_when_read_back(measure, tmp_path):
    file = tmp_path / f"{measure}.yaml"
    file.write_text(definition_file(measures()[measure], "yaml"), encoding="utf-8")
    assert read_measure(file) == measures()[measure]
    entries = json.loads(definition_file(measures()[measure], "json"))
    assert Measure.model_validate(entries) == measures()[measure]


@pytest.mark.django_db
def test_anybody_reads_the_pages_and_takes_definitions_away(client: Client):
    said = client.get("/measures/").content.decode()
    assert all(f"/measures/{measure}/" in said for measure in EVERY)
    said = client.get("/measures/H2/").content.decode()
    assert "Wait for the first contact" in said
    assert "No figures of this measure have been published here yet." in said
    answer = client.get("/measures/H2/definition.yaml")
    assert answer["Content-Disposition"] == 'attachment; filename="H2.yaml"'
    assert yaml.safe_load(answer.content)["id"] == "H2"
    assert client.get("/measures/H2/definition.json").json()["id"] == "H2"
    for path in ("/measures/H99/", "/measures/H99/definition.json", "/measures/H2/definition.toml"):
        assert client.get(path).status_code == 404


def test_a_measure_leads_to_the_releases_that_hold_it_and_to_no_others(cast: Cast) -> None:
    releases_standing(cast)
    page = Client().get("/measures/T1/").content.decode()
    assert 'href="/releases/shown/T1/"' in page
    assert "waiting" not in page
    assert "No figures of this measure have been published" in Client().get("/measures/H2/").content.decode()
