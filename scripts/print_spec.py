"""Print the worked examples of tests/spec as a page of the handbook.

`make fix` runs it; a test fails when the page and the examples differ.
"""

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/handbook/reference/specification.md"
HEADING = """# Specification by example

Printed from `tests/spec/` by `make fix`. Each example is a test that runs on every change.
"""


def printed() -> str:
    return "\n".join([HEADING, *(_chapter(path) for path in sorted((ROOT / "tests/spec").glob("test_*.py")))])


def _chapter(path: Path) -> str:
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    title = (ast.get_docstring(tree) or path.stem).strip()
    examples = [
        node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    return "\n".join([f"## {title}\n", *(_example(source, node) for node in examples)])


def _example(source: str, node: ast.FunctionDef) -> str:
    sentence = node.name.removeprefix("test_").replace("_", " ").capitalize()
    code = ast.get_source_segment(source, node) or ""
    return f"### {sentence}\n\n```python\n{code}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(printed(), encoding="utf-8")
