"""The handbook's table of rights is the one the site goes by."""

from pathlib import Path

from ithrive.web.rights import NEEDS_SECOND_FACTOR, RIGHTS, Right, Role

PAGE = Path(__file__).parent.parent.parent.parent / "docs" / "handbook" / "reference" / "roles-and-rights.md"


def row(right: Right) -> str:
    """One right, and a mark for each role that has it: yes, or yes with a second factor."""
    mark = "2nd factor" if right in NEEDS_SECOND_FACTOR else "yes"
    words = right.value[0].upper() + right.value[1:]
    return f"| {words} | " + " | ".join(mark if right in RIGHTS[role] else "" for role in Role) + " |"


def test_the_handbook_prints_the_table_of_rights() -> None:
    page = PAGE.read_text(encoding="utf-8")
    between = page.split("<!-- rights -->")[1].split("<!-- /rights -->")[0]
    head = "| Right | " + " | ".join(role.label for role in Role) + " |"
    table = [head, "|---" * (len(Role) + 1) + "|", *(row(right) for right in Right)]
    assert between.split("\n")[1:-1] == table
