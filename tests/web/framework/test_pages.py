"""The framework's public pages: a permanent address for each idea, and never a ladder."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from ithrive.framework import framework
from ithrive.framework.definition_files import OURS

pytestmark = pytest.mark.django_db


def every_address() -> list[str]:
    found = [reverse("framework:overview"), reverse("framework:young-people")]
    found += [reverse("framework:grouping", args=[each.code]) for each in framework().groupings.grouping]
    for each in framework().principle_sets:
        found.append(reverse("framework:principle-set", args=[each.code]))
        found += [
            reverse("framework:principle", args=[each.code, principle.code]) for principle in each.principle
        ]
    return found


@pytest.mark.parametrize("address", every_address())
def test_every_idea_has_a_page_that_speaks_of_need_and_not_of_tiers(client: Client, address: str) -> None:
    response = client.get(address)
    words = re.sub(r"<[^>]+>", " ", response.content.decode()).lower()
    assert response.status_code == 200
    assert not re.search(r"\b(tiers?|ladder|step (up|down))\b", words)


def test_every_page_of_an_idea_names_its_sources(client: Client) -> None:
    for address in every_address():
        if address not in {reverse("framework:overview"), reverse("framework:young-people")}:
            assert '<h2 class="nhsuk-heading-s">Sources</h2>' in client.get(address).content.decode()


def test_addresses_are_permanent() -> None:
    assert reverse("framework:grouping", args=["getting-help"]) == "/framework/groupings/getting-help/"
    assert reverse("framework:principle", args=["key", "needs-led"]) == "/framework/principles/key/needs-led/"


@pytest.mark.parametrize(
    "address",
    [
        "/framework/groupings/tier-3/",
        "/framework/principles/tiers/",
        "/framework/principles/tiers/needs-led/",
        "/framework/principles/key/no-such-principle/",
    ],
)
def test_an_idea_that_does_not_exist_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_earlier_names_are_shown_with_the_year_where_it_is_known(client: Client) -> None:
    page = client.get("/framework/groupings/getting-advice/").content.decode()
    assert "Coping (from 2014)" in page
    assert "<li>Getting Advice</li>" in page


def test_what_has_not_been_read_is_said_and_not_invented(client: Client) -> None:
    page = client.get("/framework/principles/levels/").content.decode()
    assert "have not, so none is shown" in page
    assert page.count("None that we have read.") == 2


def test_a_programmes_own_text_takes_the_place_of_ours(client: Client, settings, tmp_path) -> None:
    ours = (OURS / "groupings.toml").read_text()
    (tmp_path / "groupings.toml").write_text(ours.replace('name = "Getting Help"', 'name = "Help, our way"'))
    settings.ITHRIVE_FRAMEWORK_DIR = tmp_path
    assert "Help, our way" in client.get("/framework/").content.decode()
