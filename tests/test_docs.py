"""The documents keep up with the code: links lead somewhere, words are explained, examples are printed."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import ithrive
from scripts.print_spec import PAGE, printed

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
GLOSSARY = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")


def public_names() -> set[str]:
    """What the capabilities hand out: every name in an `__all__` directly below `ithrive`."""
    found: set[str] = set()
    for module in pkgutil.iter_modules(ithrive.__path__):
        if module.ispkg and module.name not in {"cli", "web"}:
            found |= set(getattr(importlib.import_module(f"ithrive.{module.name}"), "__all__", ()))
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_in_a_document_leads_somewhere(document: Path) -> None:
    targets = [target for target in LINK.findall(document.read_text(encoding="utf-8")) if ":" not in target]
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_every_page_of_the_handbook_can_be_reached_from_its_contents() -> None:
    handbook = ROOT / "docs/handbook"
    listed = {
        (handbook / target).resolve()
        for target in LINK.findall((handbook / "README.md").read_text(encoding="utf-8"))
    }
    pages = {page for page in handbook.rglob("*.md") if page.name != "README.md"}
    assert sorted(str(page.relative_to(handbook)) for page in pages - listed) == []


def test_every_public_name_is_in_the_glossary() -> None:
    explained = set(re.findall(r"`(\w+)`", GLOSSARY))
    assert sorted(public_names() - explained) == []


def test_the_glossary_names_nothing_that_is_gone() -> None:
    in_code = set(re.findall(r"\(`(\w+)`", GLOSSARY))
    assert sorted(in_code - public_names()) == []


def test_every_decision_is_listed() -> None:
    decisions = ROOT / "docs/decisions"
    listed = set(LINK.findall((decisions / "README.md").read_text(encoding="utf-8")))
    assert sorted({page.name for page in decisions.glob("0*.md")} - listed) == []


def test_the_printed_examples_are_those_that_run() -> None:
    assert PAGE.read_text(encoding="utf-8") == printed()
