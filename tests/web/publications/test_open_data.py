"""Released figures in the open API, and from the command line."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from ithrive.problems import BadInput
from ithrive.web.overview import release_commands
from ithrive.web.overview.release_rows import COLUMNS
from ithrive.web.publications.actions import release_figures
from ithrive.web.publications.models import Release
from tests.cast import Cast, signed_in
from tests.web.publications.scenes import QUARTER, a_quarter, prepared

pytestmark = pytest.mark.django_db
API = "/api/v1"
OPEN_DATA = Path(__file__).parents[3] / "docs/handbook/reference/open-data.md"


@pytest.fixture
def release(cast: Cast) -> Release:
    a_quarter(cast)
    found = prepared(cast, chosen=("H3", "R4"))
    release_figures(release=found, by=cast.eve)
    return found


def test_releases_lead_to_their_figures(release: Release) -> None:
    (told,) = Client().get(f"{API}/releases").json()["releases"]
    assert (told["reference"], told["licence"]) == ("2026-27-q1", "Open Government Licence v3.0")
    whole = Client().get(f"{API}/releases/{told['reference']}").json()
    assert whole["digest"] == release.digest
    page = Client().get(told["figures"]).json()
    assert page["count"] == sum(len(each.rows) for each in release.tables.all())
    assert set(page["figures"][0]) == set(COLUMNS)


def test_figures_can_be_chosen(release: Release) -> None:
    asked = {"measure": "H3", "area": "T005", "grouping": "getting-risk-support", "quarter": QUARTER.label}
    found = Client().get(f"{API}/releases/{release.reference}/figures", asked).json()["figures"]
    states = {each["figure"]: (each["state"], each["value"]) for each in found}
    assert states["started"] == ("suppressed", None)


def test_figures_as_files(release: Release) -> None:
    address = f"{API}/releases/{release.reference}/figures"
    taken = Client().get(address, {"format": "csv"})
    assert taken["Link"] == f'<{API}/releases/{release.reference}>; rel="describedby"'
    text = taken.content.decode()
    assert text == Client().get(f"/releases/{release.reference}/figures.csv").content.decode()
    assert len(list(csv.reader(io.StringIO(text)))) > 100
    assert Client().get(address, {"format": "parquet"}).content[:4] == b"PAR1"
    assert Client().get(address, {"format": "xlsx"}).status_code == 422


def test_the_file_of_a_release_page_gives_the_address_of_its_licence(cast: Cast, release: Release) -> None:
    waiting = prepared(cast, chosen=("H3",))
    for each, reader in ((release, Client()), (waiting, signed_in(cast.pat))):
        taken = reader.get(f"/releases/{each.reference}/figures.csv")
        found = re.fullmatch(r'<(.+)>; rel="describedby"', taken["Link"])
        assert found is not None
        about = reader.get(found[1]).json()
        assert (about["licence"], about["rule"]) == ("Open Government Licence v3.0", "programme")
        assert about["reference"] == each.reference


def test_anybody_can_recompute_the_digest_as_the_handbook_says(release: Release, tmp_path: Path) -> None:
    (program,) = re.findall(r"```python\n(.+?)```", OPEN_DATA.read_text(encoding="utf-8"), re.DOTALL)
    taken = tmp_path / f"{release.reference}.json"
    content = Client().get(f"/releases/{release.reference}/figures.json").content
    taken.write_bytes(content)
    assert _printed(program, taken) == release.digest
    told = json.loads(content)
    told["rows"][0][-1] += 1
    taken.write_text(json.dumps(told), encoding="utf-8")
    assert _printed(program, taken) != release.digest


def _printed(program: str, taken: Path) -> str:
    """What the program says of a file, run as anybody would: by itself, with nothing of ours."""
    command = [sys.executable, "-I", "-c", program, str(taken)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_what_is_not_released_is_not_there(cast: Cast) -> None:
    a_quarter(cast)
    found = prepared(cast, chosen=("H3",))
    assert Client().get(f"{API}/releases").json()["releases"] == []
    for part in ("", "/figures"):
        assert Client().get(f"{API}/releases/{found.reference}{part}").status_code == 404


def test_measures_and_code_lists(db: None) -> None:
    measures = Client().get(f"{API}/measures").json()
    assert len(measures) == 30
    assert {"list": "state", "code": "zero"}.items() <= next(
        each for each in Client().get(f"{API}/code-lists").json() if each["code"] == "zero"
    ).items()
    assert Client().get(f"{API}/measures", {"format": "csv"})["Content-Type"].startswith("text/csv")


def test_the_command_prepares_lists_and_attacks(cast: Cast) -> None:
    assert release_commands.listed() == "There are no releases."
    a_quarter(cast)
    said = release_commands.prepare("A quarter", [QUARTER.label], ["H3"], "thornmere", "programme")
    assert said.startswith("Prepared 2026-27-q1: ")
    assert "prepared  2026/27 Q1  A quarter" in release_commands.listed()
    report = release_commands.attacked("2026-27-q1")
    assert report.startswith("Confidential")
    assert "H3 Meaningful help" in report


def test_the_command_refuses_what_is_not_there(cast: Cast) -> None:
    with pytest.raises(BadInput, match="no areas of “narnia”"):
        release_commands.prepare("A", [QUARTER.label], [], "narnia", "programme")
    with pytest.raises(BadInput, match="This is not a quarter"):
        release_commands.prepare("A", ["spring"], [], "thornmere", "programme")
    with pytest.raises(BadInput, match="no release “x”"):
        release_commands.attacked("x")
