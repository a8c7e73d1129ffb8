"""Who belongs to the Community of Practice, in what role, and since when."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class MemberRole(StrEnum):
    """What an area is to the programme. `COMPARISON` is confidential to evaluators."""

    ACCELERATOR = "accelerator"
    COMPARISON = "comparison"
    MEMBER = "member"
    PAUSED = "paused"
    LEFT = "left"


# Only these count as living in a member area. A comparison site has not joined, and a paused or
# former member no longer takes part.
COUNTED = frozenset({MemberRole.ACCELERATOR, MemberRole.MEMBER})


@dataclass(frozen=True, slots=True)
class Membership:
    """One area in one role, from `starts` until `ends` (the first day on which it no longer holds).

    `starts` is None where the day is not known: the role is then taken to have held since the
    earliest day asked about. `kind` and `code` name the local area; `kind` may be empty in a list
    that gives codes alone. `note` says where this is known from.
    """

    code: str
    role: MemberRole
    kind: str = ""
    starts: date | None = None
    ends: date | None = None
    note: str = ""

    def holds_on(self, day: date) -> bool:
        return (self.starts is None or self.starts <= day) and (self.ends is None or day < self.ends)
