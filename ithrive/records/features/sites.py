"""Which site a row belongs to. Whoever runs the records says so; the simplest way is by provider."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from ithrive.records.features.reckoning import Table, written


class Sites(Protocol):
    """What places rows in sites."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every site, in order."""

    def place(self, rows: Table) -> Table:
        """The rows with a column `site` added; rows of no site are left out.

        Rows have `provider`, `commissioner`, `neighbourhood` (LSOA), `team` (local identifier) and `day`.
        All but provider and day may be NULL, and are for tables without people.
        """

    def provider(self, rows: Table) -> Table:
        """The rows with `provider` as it is called after every succession, so that spells hold together."""


@dataclass(frozen=True)
class ProviderSites:
    """Sites that are whole providers, always: `{"RX1": "Alderbrook"}`. Successors: `{"RX0": "RX1"}`."""

    of_provider: Mapping[str, str]
    successors: Mapping[str, str] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted(set(self.of_provider.values())))

    def place(self, rows: Table) -> Table:
        kinds = {"provider_of_site": "string", "site": "string"}
        pairs = [{"provider_of_site": code, "site": site} for code, site in sorted(self.of_provider.items())]
        known = written(pairs, kinds)
        placed = rows.join(known, rows.provider == known.provider_of_site)
        return placed.drop("provider_of_site")

    def provider(self, rows: Table) -> Table:
        if not self.successors:
            return rows
        return rows.mutate(provider=rows.provider.substitute(dict(self.successors)))
