"""The handbook's pages on commands and settings say what the code does."""

import re
from pathlib import Path

from scripts.print_commands import PAGE, printed

ROOT = Path(__file__).parent.parent.parent
READ = re.compile(r"""environ(?:ment)?(?:\.get\(|\[)f?["']([A-Z_]+)["']""")
OURS_ALONE = {"DJANGO_SETTINGS_MODULE", "OPENPYXL_LXML"}


def test_the_page_on_commands_is_what_the_commands_say_of_themselves():
    assert PAGE.read_text(encoding="utf-8") == printed()


def settings_read() -> set[str]:
    found = {name for path in (ROOT / "ithrive").rglob("*.py") for name in READ.findall(path.read_text())}
    return found - OURS_ALONE


def test_every_setting_is_explained_and_no_other():
    page = (ROOT / "docs/handbook/reference/settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([A-Z_]+)`", page, re.MULTILINE)) == settings_read()


def test_the_example_names_only_settings_that_exist():
    named = re.findall(
        r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert named
    assert set(named) <= settings_read()
