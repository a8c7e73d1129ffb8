"""Countries, geographies, and the places in them.

A *geography* is one set of areas that together cover a country, as it stood from one day to another.
A *place* is what a local area was called in one geography. A *local area* is the thing that lasts
through several geographies of its kind: the same code, perhaps with a new name.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Country:
    """A country whose areas are described. A fictional one is marked so wherever it is shown."""

    slug: str
    name: str
    fictional: bool = False


@dataclass(frozen=True, slots=True)
class Geography:
    """One set of areas covering a country. `ends` is the first day on which it no longer holds.

    `follows` is the key of the geography whose place it took, where that was of another kind (sub-ICB
    locations after clinical commissioning groups); within one kind the day says it.
    """

    key: str  # "CCG15"
    kind: str  # "ccg"
    title: str  # "Clinical commissioning groups, July 2015"
    starts: date
    ends: date | None = None
    follows: str = ""

    def holds_on(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)


@dataclass(frozen=True, slots=True)
class Place:
    """A local area as one geography knew it."""

    geography: str
    code: str
    name: str
    ods_code: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """What a local area was called, from one day until another."""

    name: str
    ods_code: str | None
    starts: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class LocalArea:
    """A place that implements THRIVE: true for a while. `names` run in order of time, without gaps."""

    kind: str
    code: str
    names: tuple[Name, ...]
    starts: date
    ends: date | None

    def on(self, day: date) -> Name | None:
        """What the area was called on a day; None if it did not exist then."""
        for name in self.names:
            if name.starts <= day and (name.ends is None or day < name.ends):
                return name
        return None
