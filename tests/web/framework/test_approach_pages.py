"""The pages on the Approach to Implementation: permanent addresses, and what is ours is called ours."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from ithrive.framework.approach import approach
from ithrive.framework.definition_files import OURS

pytestmark = pytest.mark.django_db


def every_address() -> list[str]:
    found = ["/framework/approach/"]
    for phase in approach().phases:
        found.append(reverse("framework:approach-phase", args=[phase.code]))
        found += [reverse("framework:approach-step", args=[phase.code, each.code]) for each in phase.steps]
    return found


@pytest.mark.parametrize("address", every_address())
def test_every_phase_and_step_has_a_page_that_names_its_sources_or_that_there_are_none(
    client: Client, address: str
) -> None:
    page = client.get(address).content.decode()
    assert "Sources</h2>" in page
    assert ('rel="external"' in page) or ("No published source was found" in page)


def test_addresses_are_permanent() -> None:
    assert every_address()[:3] == [
        "/framework/approach/",
        "/framework/approach/understanding-and-planning/",
        "/framework/approach/understanding-and-planning/engagement/",
    ]


@pytest.mark.parametrize(
    "address",
    [
        "/framework/approach/phase-9/",
        "/framework/approach/phase-9/engagement/",
        "/framework/approach/sustaining/engagement/",
    ],
)
def test_what_does_not_exist_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_recalled_name_is_called_recalled_and_a_step_of_ours_ours(client: Client) -> None:
    phase = client.get("/framework/approach/building-capacity/").content.decode()
    assert "recalled and not read" in phase
    step = client.get("/framework/approach/building-capacity/working-agreements/").content.decode()
    assert "Our proposal" in step
    read = client.get("/framework/approach/understanding-and-planning/engagement/").content.decode()
    assert "Published, worded by us" in read


def test_the_fourteen_steps_stand_beside_ours_and_the_mapping_is_called_ours(client: Client) -> None:
    page = client.get("/framework/approach/").content.decode()
    assert len(re.findall(r'<th scope="row">\d+ ', page)) == 14
    assert "No published mapping was found" in page


def test_a_programmes_own_text_takes_the_place_of_ours(client: Client, settings, tmp_path) -> None:
    ours = (OURS / "approach.toml").read_text()
    (tmp_path / "approach.toml").write_text(ours.replace('name = "Engagement"', 'name = "Coming together"'))
    settings.ITHRIVE_FRAMEWORK_DIR = tmp_path
    assert "Coming together" in client.get("/framework/approach/").content.decode()


def test_the_approach_is_found_from_the_framework(client: Client) -> None:
    assert 'href="/framework/approach/"' in client.get("/framework/").content.decode()
