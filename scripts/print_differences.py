"""Print where corrected figures from records part from the official rules, as a page of the handbook.

`make fix` runs it; a test fails when the page and the list differ.
"""

from pathlib import Path

from ithrive.records.indicators import differences_as_text

PAGE = Path(__file__).parent.parent / "docs/handbook/reference/records-differences.md"
HEADING = """# Where our figures part from the official rules

Printed from `ithrive/records/indicators/differences.py`. Parity mode reproduces the official rules with their
quirks, as far as their public code tells; corrected mode mends them. A return says which mode it follows.
RCADS scores are compared as sent in parity mode: the norms to convert them to T-scores are not ours to hold,
so parity is not exact for young people whose scores the national code converts.
"""


def printed() -> str:
    return f"{HEADING}\n{differences_as_text()}"


if __name__ == "__main__":
    PAGE.write_text(printed(), encoding="utf-8")
