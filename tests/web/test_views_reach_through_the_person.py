"""No view reaches past the person: `.objects` belongs in query modules, actions and `request.areas`."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

WEB = Path(__file__).parent.parent.parent / "ithrive" / "web"


def views() -> Iterator[Path]:
    for file in sorted(WEB.rglob("*.py")):
        if file.name == "views.py" or file.parent.name == "views" or file.name == "presenters.py":
            yield file


def managers_in(source: str) -> list[int]:
    """The lines that use a model's manager."""
    names = {"objects", "_default_manager", "_base_manager"}
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and node.attr in names
    ]


def test_the_check_sees_a_manager() -> None:
    assert managers_in("def page(request):\n    return LocalArea.objects.all()") == [2]


@pytest.mark.parametrize("file", list(views()), ids=lambda file: str(file.relative_to(WEB)))
def test_no_view_uses_a_manager(file: Path) -> None:
    lines = managers_in(file.read_text(encoding="utf-8"))
    assert lines == [], f"{file}, lines {lines}: use request.areas, or a function of the app's query module"
