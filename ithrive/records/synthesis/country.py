"""Sites and services that are nobody's: providers, teams, neighbourhoods, and what each provider sent.

Every third site lives through the same: its trust's code changes (a new supplier), or its trust misses one
month and sends another twice, or it is small and sends nothing for a whole quarter.

Codes that cannot be real: no provider, commissioner or practice has a code that begins with ZZ, and no
neighbourhood a code with a letter in its number (real ones are E01 and six digits).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ithrive.records.synthesis.arrays import Flags, Ints
from ithrive.records.synthesis.calendar import Calendar

TRUST, VOLUNTARY = 0, 1
NO_TEAM = -1
NEIGHBOURHOODS = 20  # of each site
MOST_DEPRIVED = 4  # of them: a fifth
SMALL = 0.08  # how many people a small site has, beside one of usual size
# One team of each kind at every provider.
TEAMS = (
    "A02",
    "A05",
    "A11",
    "A13",
    "A14",
    "A18",
    "A19",
    "C04",
    "C05",
    "C06",
    "C10",
    "D06",
    "E01",
    "E02",
    "F01",
)


@dataclass(frozen=True)
class Country:
    """Providers are numbered 2 × site for its trust and 2 × site + 1 for its voluntary service."""

    sites: tuple[str, ...]
    calendar: Calendar

    @cached_property
    def weights(self) -> tuple[float, ...]:
        """How many people each site has beside the others."""
        return tuple(SMALL if place % 3 == 2 else 1.0 for place in range(len(self.sites)))

    @property
    def providers(self) -> int:
        return 2 * len(self.sites)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The code of each provider, then that of its successor: 2 × provider, 2 × provider + 1."""
        letters = ("T", "N"), ("V", "W")
        return tuple(
            f"ZZ{site:02d}{letter}"
            for site in range(1, len(self.sites) + 1)
            for both in letters
            for letter in both
        )

    @cached_property
    def changes(self) -> Ints:
        """The month from which a provider goes by its successor's code; after the last for most."""
        found = np.full(self.providers, self.calendar.months)
        found[0::6] = max(1, int(self.calendar.months * 0.45))
        return found

    def code_of(self, provider: Ints, month: Ints) -> Ints:
        """The position in `codes` of what a provider is called in a month."""
        return 2 * provider + (month >= self.changes[provider])

    @cached_property
    def sent(self) -> Flags:
        """Which provider sent which month."""
        found = np.ones((self.providers, self.calendar.months), dtype=bool)
        found[2::6, int(self.calendar.months * 0.6)] = self.calendar.months < 3
        middle = len(self.calendar.quarters) // 2
        if len(self.calendar.quarters) > 2:
            silent = self.calendar.months_of(self.calendar.quarters[middle])
            found[4::6, silent] = False
            found[5::6, silent] = False
        return found

    @cached_property
    def twice(self) -> Flags:
        """Which months were sent a second time: only the second counts."""
        found = np.zeros_like(self.sent)
        found[2::6, int(self.calendar.months * 0.3)] = True
        return found & self.sent

    @cached_property
    def next_sent(self) -> Ints:
        """For each provider and month the first month from it on that was sent."""
        found = np.full((self.providers, self.calendar.months + 1), self.calendar.months)
        for month in range(self.calendar.months - 1, -1, -1):
            found[:, month] = np.where(self.sent[:, month], month, found[:, month + 1])
        return found

    @cached_property
    def last_sent(self) -> Ints:
        """For each provider and month the last month up to it that was sent; -1 for none."""
        found = np.full((self.providers, self.calendar.months), -1)
        for month in range(self.calendar.months):
            before = found[:, month - 1] if month else -1
            found[:, month] = np.where(self.sent[:, month], month, before)
        return found

    @cached_property
    def homes(self) -> tuple[str, ...]:
        """The neighbourhoods of every site, one after the other."""
        return tuple(f"E01Z{number:05d}" for number in range(1, len(self.sites) * NEIGHBOURHOODS + 1))

    @cached_property
    def most_deprived(self) -> tuple[str, ...]:
        return tuple(home for place, home in enumerate(self.homes) if place % NEIGHBOURHOODS < MOST_DEPRIVED)

    @cached_property
    def commissioners(self) -> tuple[str, ...]:
        return tuple(f"ZZC{site:02d}" for site in range(1, len(self.sites) + 1))

    @cached_property
    def practices(self) -> tuple[str, ...]:
        return tuple(f"ZZ{site:04d}" for site in range(1, len(self.sites) + 1))
