"""How often a statement was chosen when people were asked what to work on first."""

from dataclasses import dataclass
from datetime import date

MOST = 500  # no steering group or meeting of young people is larger: more is a slip of the keyboard


@dataclass(frozen=True, slots=True)
class Wished:
    """How many chose one statement: members of the steering group, and young people."""

    steering_group: int
    young_people: int

    @property
    def times(self) -> int:
        return self.steering_group + self.young_people


def why_not_wished(wished: Wished) -> str | None:
    """Why such counts cannot be; None where they can."""
    counts = (wished.steering_group, wished.young_people)
    if min(counts) < 0:
        return "A statement cannot be chosen by fewer than 0 people. Enter 0 or more."
    if max(counts) > MOST:
        return f"{max(counts)} people are more than were ever asked at once. Enter {MOST} or fewer."
    return None


def why_not_asked(asked_on: date, today: date) -> str | None:
    """Why nobody can have been asked on that day; None where they can."""
    if asked_on > today:
        return "The day on which people were asked cannot be in the future."
    return None
