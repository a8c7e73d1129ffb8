"""Collecting everything wrong with one file, so that it can be mended in one go."""

from ithrive.problems import BadInput, Problem
from ithrive.tables.rows import shortened


class Faults:
    """What is wrong with one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._problems: list[Problem] = []

    def add(self, what: str, mend: str, *, row: int | None = None, column: str = "", at: str = "") -> None:
        """One fault: in a row and column of a table, or `at` some other place in the file."""
        steps = [self.file, f"row {row}" if row else "", f"column {column}" if column else "", at]
        self._problems.append(Problem(", ".join(filter(None, steps)), what, mend))

    def raise_if_any(self) -> None:
        if self._problems:
            raise BadInput(shortened(self._problems, self.file))
