"""The demonstration's release: small, and with all that a release can show."""

import pytest
from django.test import Client

from ithrive.disclosure import Seen, exposed
from ithrive.web.areas.models import Country
from ithrive.web.history.record import Command
from ithrive.web.overview.demonstration.parts import COUNTRY, PARTS
from ithrive.web.overview.demonstration.releases import SHOWN
from ithrive.web.publications.queries import earlier_entries, released

# What the release rests on; the demonstration has more.
NEEDED = ("areas", "memberships", "people", "rounds", "returns", "releases")


@pytest.mark.django_db
def test_the_demonstration_shows_hidden_figures_shields_and_what_risk_is_left() -> None:
    for part in PARTS:
        if part.name in NEEDED:
            part.load(Command("tests"))
    (release,) = released()
    tables = {each.measure: each for each in release.tables.all()}
    assert set(tables) == set(SHOWN)
    assert all(each.in_time and each.exposed == 0 for each in tables.values())
    (entry,) = earlier_entries(Country.objects.get(slug=COUNTRY), ["M1"])
    small = [each for each in entry.publication.cells.values() if each.keeps]
    assert 0 < len(small) < len(entry.publication.hidden)
    assert exposed([entry.seen, Seen("another", entry.publication)]) == ()
    page = Client().get(f"/releases/{release.reference}/").content.decode()
    assert "all that the rule asks for stays possible" in page
    assert "Not tested" in page
