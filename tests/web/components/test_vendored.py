"""What we ship of others' work: as asked for, with licences, and no trace of where it came from."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
SITE = ROOT / "ithrive" / "web" / "components" / "static" / "components" / "vendor"
AXE = ROOT / "tests" / "journeys" / "vendor"


def test_the_versions_shipped_are_the_versions_asked_for() -> None:
    asked = json.loads((ROOT / "package.json").read_text())["devDependencies"]
    shipped = dict(line.split()[:2] for line in (SITE / "VERSIONS").read_text().splitlines())
    assert shipped == asked


def test_the_templates_are_of_the_version_of_the_styles() -> None:
    asked = json.loads((ROOT / "package.json").read_text())["devDependencies"]["nhsuk-frontend"]
    assert f'--nhsuk-frontend-version: "{asked}"' in (SITE / "nhsuk.css").read_text(encoding="utf-8")
    assert f'version="{asked}"' in (SITE / "nhsuk.js").read_text(encoding="utf-8")


def test_every_vendored_work_has_its_licence_beside_it_and_is_in_the_notices() -> None:
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text()
    for licence in ("LICENCE-inter.txt", "LICENCE-nhsuk-frontend.txt"):
        assert (SITE / licence).read_text().strip()
    assert (AXE / "LICENCE-axe-core.txt").read_text().strip()
    for name in ("nhsuk-frontend", "nhsuk-frontend-jinja", "Inter", "axe-core"):
        assert name in notices


def test_no_lock_file_says_where_anything_was_downloaded_from() -> None:
    lock = (ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert "omit-lockfile-registry-resolved=true" in (ROOT / ".npmrc").read_text()


def test_every_file_a_style_points_at_is_shipped() -> None:
    style = (SITE / "nhsuk.css").read_text(encoding="utf-8")
    wanted = set(re.findall(r'url\("?([^")]+)"?\)', style))
    assert wanted
    assert not [name for name in wanted if not (SITE / name).is_file()]


def test_nothing_points_at_a_source_map_that_is_not_shipped() -> None:
    assert not [
        file.name
        for file in SITE.iterdir()
        if file.suffix in {".js", ".css"} and "sourceMappingURL" in file.read_text(encoding="utf-8")
    ]
