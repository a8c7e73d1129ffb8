"""The pages of releases: what everybody reads, and what only those who prepare may."""

import csv
import io
import json
import re

import pytest
from django.test import Client
from django.utils import timezone

from ithrive.measures import Cell, FigureKey
from ithrive.tables import csv_text
from ithrive.web.overview.release_files import MEANS, code_lists
from ithrive.web.overview.release_rows import COLUMNS
from ithrive.web.overview.releases import prepare
from ithrive.web.publications.actions import release_figures
from ithrive.web.publications.models import Release
from tests.cast import Cast, signed_in
from tests.web.publications.scenes import (
    QUARTER,
    STARTED,
    a_quarter,
    detentions,
    help_within_weeks,
    members,
    prepared,
    signed_off,
)

pytestmark = pytest.mark.django_db


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def release(cast: Cast) -> Release:
    a_quarter(cast)
    found = prepared(cast)
    release_figures(release=found, by=cast.eve)
    return found


def test_the_public_reads_a_release_with_its_risk_and_its_rule(release: Release) -> None:
    page = read(Client(), f"/releases/{release.reference}/")
    assert "Figures for April to June 2026" in page
    assert "all that the rule asks for stays possible" in page
    assert "Counts of 1 to 4 are hidden" in page
    assert "Open Government Licence v3.0" in page
    assert "attacker’s report" not in page
    assert "/releases/2026-27-q1/" in read(Client(), "/releases/")


def test_a_table_shows_small_numbers_as_hidden_and_says_why(release: Release) -> None:
    page = read(Client(), f"/releases/{release.reference}/H3/?figure=count.started")
    assert "Hidden to protect people’s privacy" in page
    elmstow = page[page.index("Elmstow") :][:600]
    assert "Hidden" in elmstow
    assert "/measures/H3/" in page


def test_what_is_prepared_is_for_those_who_prepare(cast: Cast) -> None:
    a_quarter(cast)
    found = prepared(cast, chosen=("H3",))
    for path in ("", "H3/", "figures.csv", "metadata.json"):
        address = f"/releases/{found.reference}/{path}"
        for person in (None, cast.ada, cast.col, cast.dan):
            assert signed_in(person).get(address).status_code == 404
        for person in (cast.pat, cast.eve):
            assert signed_in(person).get(address).status_code == 200


def test_the_report_tells_how_closely_and_is_confidential(cast: Cast, release: Release) -> None:
    page = read(signed_in(cast.pat), f"/releases/{release.reference}/attack/")
    assert "Confidential" in page
    assert "for being small or telling" in page


def test_the_ledger_names_both_people(cast: Cast, release: Release) -> None:
    page = read(signed_in(cast.eve), "/releases/ledger/")
    assert "Pat" in page
    assert "Eve" in page
    assert "Released" in page


def test_every_file_holds_the_same_rows(release: Release) -> None:
    client = Client()
    base = f"/releases/{release.reference}"
    rows = list(csv.DictReader(io.StringIO(client.get(f"{base}/figures.csv").content.decode())))
    told = client.get(f"{base}/figures.json").json()
    assert list(rows[0]) == list(COLUMNS) == told["columns"] == list(MEANS)
    assert len(rows) == len(told["rows"])
    assert csv_text(COLUMNS, told["rows"]) == client.get(f"{base}/figures.csv").content.decode()
    parquet = client.get(f"{base}/figures.parquet").content
    assert (parquet[:4], parquet[-4:]) == (b"PAR1", b"PAR1")
    assert client.get(f"{base}/figures.exe").status_code == 404


def test_no_public_file_tells_which_hidden_figures_are_small(release: Release) -> None:
    client = Client()
    for path in ("", "H3/", "figures.csv", "figures.json", "metadata.json"):
        content = client.get(f"/releases/{release.reference}/{path}").content.decode()
        assert "keeps" not in content
        assert "shield" not in content or "spared" in content


def test_every_code_in_a_row_is_in_a_code_list(release: Release) -> None:
    known = {(each["list"], each["code"]) for each in code_lists()}
    for row in csv.DictReader(
        io.StringIO(Client().get(f"/releases/{release.reference}/figures.csv").content.decode())
    ):
        assert ("state", row["state"]) in known
        assert ("measure", row["measure"]) in known
        assert not row["grouping"] or ("grouping", row["grouping"]) in known


def test_a_release_is_prepared_and_let_go_on_pages(cast: Cast) -> None:
    a_quarter(cast)
    pat, eve = signed_in(cast.pat), signed_in(cast.eve, second_factor=True)
    assert "Choose at least one measure" in pat.post("/releases/prepare/", {"title": "A"}).content.decode()
    filled = {"title": "A quarter", "quarters": [QUARTER.label], "measures": ["H3"], "rule": "programme"}
    answer = pat.post("/releases/prepare/", filled)
    assert answer["Location"] == "/releases/2026-27-q1/"
    own = signed_in(cast.pat, second_factor=True)
    refused = own.post("/releases/2026-27-q1/release/", {"sure": "on"}).content.decode()
    assert "You prepared this release. Someone else must release it." in refused
    unsure = eve.post("/releases/2026-27-q1/release/").content.decode()
    assert "Say that you have read the tables and the report" in unsure
    assert eve.post("/releases/2026-27-q1/release/", {"sure": "on"}).status_code == 302
    assert Client().get("/releases/2026-27-q1/").status_code == 200


def test_a_figure_that_makes_no_sense_is_named_and_the_release_waits(cast: Cast) -> None:
    areas = a_quarter(cast)
    wrong = help_within_weeks((60,) * 6) | {FigureKey("H3", "within-28-days"): Cell.of(9_999)}
    signed_off(areas[0], wrong)
    pat = signed_in(cast.pat)
    filled = {"title": "A quarter", "quarters": [QUARTER.label], "measures": ["H3"], "rule": "programme"}
    page = pat.post("/releases/prepare/", filled, follow=True).content.decode()
    assert "is more than the 360 it is part of" in page
    assert "0 of 1 measures" in page


def test_an_area_that_sends_again_sees_what_that_does_to_published_figures(
    cast: Cast, release: Release
) -> None:
    again = signed_off(cast.alderbrook, help_within_weeks((90, *STARTED["T001"][1:])), at=timezone.now())
    address = f"/returns/{again.of.pk}/versions/{again.number}/"
    page = read(signed_in(cast.ada), address)
    table = page[page.index("Effect on published figures: Figures for April to June 2026") :]
    rows = [each for each in table.split("<tr") if "Thriving" in each]
    assert any(each.count("60") == 2 and "90" in each for each in rows), rows
    assert "As published then" in table
    assert signed_in(cast.cam).get(address).status_code == 404


def test_a_version_that_changes_nothing_published_says_nothing_of_releases(cast: Cast) -> None:
    areas = a_quarter(cast)
    again = signed_off(areas[0], help_within_weeks((90,) * 6), at=timezone.now())
    page = read(signed_in(cast.ada), f"/returns/{again.of.pk}/versions/{again.number}/")
    assert "Effect on published figures" not in page


def test_the_page_of_a_measure_leads_to_its_releases(cast: Cast, release: Release) -> None:
    assert f'href="/releases/{release.reference}/H3/"' in read(Client(), "/measures/H3/")
    assert "/releases/2026-27-q1/" not in read(Client(), "/measures/T1/")
    prepared(cast, chosen=("T1",))
    assert "No figures of this measure have been published here yet" in read(Client(), "/measures/T1/")


def test_everybody_finds_releases_in_the_header() -> None:
    page = read(Client(), "/about/")
    assert 'href="/releases/"' in page[: page.index("<main")]


def test_a_kept_page_of_a_measure_is_made_anew_when_a_release_is_let_go(cast: Cast, settings) -> None:  # type: ignore[no-untyped-def] # of pytest-django
    settings.KEPT_PAGES_BYTES = 1_000_000
    a_quarter(cast)
    found, client = prepared(cast, chosen=("H3",)), Client()
    addresses = ("/measures/H3/", "/releases/", "/api/v1/releases")
    before = [client.get(each).content for each in addresses]
    assert client.get(f"/releases/{found.reference}/").status_code == 404
    release_figures(release=found, by=cast.eve)
    after = [client.get(each).content for each in addresses]
    for was, became in zip(before, after, strict=True):
        assert found.reference.encode() not in was
        assert found.reference.encode() in became
    again = client.get(f"/releases/{found.reference}/")
    assert (again.status_code, client.get(f"/releases/{found.reference}/").content) == (200, again.content)


def test_three_quarters_together_are_drawn(cast: Cast) -> None:
    quarters = [QUARTER + -2, QUARTER + -1, QUARTER]
    for area in members(cast):
        for quarter in quarters:
            signed_off(area, help_within_weeks(STARTED[area.code]), quarter=quarter)
    found = prepare(
        country=cast.country, title="Three quarters", quarters=quarters, chosen=["H3"], rule="programme",
        by=cast.pat,
    )  # fmt: skip
    release_figures(release=found, by=cast.eve)
    page = read(Client(), f"/releases/{found.reference}/H3/?figure=rate.share")
    assert "<figure" in page
    assert "all areas together" in page[page.index("<figure") :]


def test_what_is_not_asked_of_volumes_is_said(cast: Cast) -> None:
    for area in members(cast):
        signed_off(area, detentions(50) | {FigureKey("T2", "participants"): Cell.of(400)})
    found = prepared(cast, chosen=("T2", "R4"))
    release_figures(release=found, by=cast.eve)
    assert "is not known here, so it is not asked" in read(Client(), f"/releases/{found.reference}/T2/")
    assert "if fewer than 3 areas sent it" in read(Client(), f"/releases/{found.reference}/R4/")


def test_metadata_says_what_it_is(release: Release) -> None:
    told = json.loads(Client().get(f"/releases/{release.reference}/metadata.json").content)
    assert told["digest"] == release.digest
    assert told["rules_of_measures"]["R4"] == "programme-strict"
    assert told["residual_risk"]
