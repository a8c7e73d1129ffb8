"""Prints the checks of records into the handbook: `python -m scripts.print_checks`."""

from collections.abc import Iterator
from pathlib import Path

from ithrive.records.checks import RULES
from ithrive.records.model import model

PAGE = Path(__file__).parent.parent / "docs/handbook/reference/records-input.md"
START = "<!-- Printed by `python -m scripts.print_checks`; a test compares the two. -->\n"


def printed() -> str:
    """The page with the list of checks as the rules are now."""
    return PAGE.read_text(encoding="utf-8").split(START)[0] + START + "\n".join(_tables())


def _tables() -> Iterator[str]:
    for short, table in model().items():
        rules = [rule for rule in RULES if rule.table == short]
        # Said once above for every field, and not again for each.
        shown = [rule for rule in rules if not rule.code.endswith(".null_text")]
        yield f"\n### {table.name}\n"
        yield "| Check | National message | Severity | Says |"
        yield "|---|---|---|---|"
        for rule in shown:
            code = rule.code.removeprefix(f"{short}.")
            yield f"| `{code}` | {rule.national} | {rule.severity.replace('_', ' ')} | {rule.sentence} |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(printed(), encoding="utf-8")
