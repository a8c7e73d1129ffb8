"""What is wrong with somebody's input, said so that they can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: where it is, what it is, and how to mend it."""

    place: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what} {self.mend}"


class BadInput(Exception):
    """Input that cannot be used. Carries every problem found, not only the first."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class NotAllowed(Exception):
    """An action that the rules refuse. Its message is the reason, for the person who tried."""
