"""Sites through time: which providers, commissioners, neighbourhoods and teams a site was made of on a day.

A provider that became another (a new ODS code after a merger or a new supplier) is named by its successor
throughout, so that a referral under way does not end and begin again for the change of a code.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any

import ibis
from ibis.expr import types as ir

from ithrive.problems import BadInput, Problem
from ithrive.tables import read_csv
from ithrive.tables.incoming import bytes_of

# Twenty sites of some hundred neighbourhoods each are a few hundred kilobytes.
LIMIT_BYTES = 20_000_000
_LISTS = ("providers", "commissioners", "neighbourhoods", "teams")
_COLUMNS = {
    "providers": "provider",
    "commissioners": "commissioner",
    "neighbourhoods": "neighbourhood",
    "teams": "team",
}


_CSV = ("site", "provider", "commissioner", "team", "from", "until")


@dataclass(frozen=True, slots=True)
class Member:
    """One part of a site: rows that fit every list given, from one day up to and not including another."""

    site: str
    providers: frozenset[str] = frozenset()
    commissioners: frozenset[str] = frozenset()
    neighbourhoods: frozenset[str] = frozenset()  # LSOA codes
    teams: frozenset[str] = frozenset()  # local identifiers of the provider
    begins: date | None = None
    ends: date | None = None

    @property
    def depth(self) -> int:
        """How closely it says what it means: the part that says more goes before one that says less."""
        return sum(bool(getattr(self, name)) << place for place, name in enumerate(_LISTS))

    def fits(self, rows: ir.Table) -> ir.BooleanValue:
        """Whether a row is of this part: `provider`, `commissioner`, `neighbourhood`, `team`, `day`."""
        fitting = ibis.literal(True)
        for name in _LISTS:
            if given := getattr(self, name):
                fitting = fitting & rows[_COLUMNS[name]].isin(sorted(given))
        if self.begins:
            fitting = fitting & (rows.day >= self.begins)
        if self.ends:
            fitting = fitting & (rows.day < self.ends)
        return fitting.fill_null(False)


@dataclass(frozen=True)
class DatedSites:
    """Every site of a run. `place` and `provider` are what the features ask for.

    `codes` are the codes of sites as local areas, by name, where the file gives any; so is `country`.
    """

    members: tuple[Member, ...]
    successors: Mapping[str, str]  # each code and the one it is called by in the end
    codes: Mapping[str, str] = field(default_factory=dict)
    country: str = ""

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted({member.site for member in self.members}))

    def place(self, rows: ir.Table) -> ir.Table:
        """The rows with a column `site`; rows of no site are left out."""
        placed = rows.mutate(site=self.site_of(rows))
        return placed.filter(placed.site.notnull())

    def site_of(self, rows: ir.Table) -> ir.StringValue:
        """The site of each row on its day, NULL for none; of two that fit, the one that says more."""
        closest_first = sorted(self.members, key=lambda member: -member.depth)
        return ibis.cases(*((member.fits(rows), member.site) for member in closest_first))

    def provider(self, rows: ir.Table) -> ir.Table:
        """The rows with `provider` as it is called after every succession."""
        return (
            rows.mutate(provider=rows.provider.substitute(dict(self.successors))) if self.successors else rows
        )


def read_sites(path: Path) -> DatedSites:
    """Sites from a TOML or a CSV file; the handbook shows both.

    Raises BadInput for a file that cannot be read, a part that names nothing, days in the wrong order, codes
    that succeed each other in a ring, and two sites that claim the same rows on the same day.
    """
    if path.suffix == ".toml":
        parts, links, codes, country = _from_toml(path)
    else:
        parts, links, codes, country = _from_csv(path), {}, {}, ""
    successors = _final(links, path)
    members = tuple(_renamed(part, successors) for part in parts)
    _refuse(members, path)
    return DatedSites(members, successors, codes, country)


def _from_toml(path: Path) -> tuple[list[Member], dict[str, str], dict[str, str], str]:
    try:
        entries = tomllib.loads(bytes_of(path, name=path.name, limit_bytes=LIMIT_BYTES).decode("utf-8-sig"))
        members = [_member(site["name"], part) for site in entries["site"] for part in site["member"]]
        links = {link["from"]: link["to"] for link in entries.get("succession", [])}
        codes = {site["name"]: str(site["code"]) for site in entries["site"] if "code" in site}
        return members, links, codes, str(entries.get("country", ""))
    except (ValueError, RecursionError) as error:
        raise BadInput(
            Problem(path.name, f"It cannot be read as TOML ({error}).", "Correct the file.")
        ) from None
    except (KeyError, TypeError) as error:
        what = f"The entry {error} is missing or stands in the wrong place."
        raise BadInput(Problem(path.name, what, "See the example in the handbook.")) from None


def _member(site: str, part: Mapping[str, Any]) -> Member:
    lists = {name: frozenset(part.get(name, ())) for name in _LISTS}
    return Member(site, **lists, begins=part.get("from"), ends=part.get("until"))


def _from_csv(path: Path) -> list[Member]:
    """One line for each combination; lines that differ only by their neighbourhood are one part."""
    parts: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in read_csv(path, name=path.name, needs=["site", "provider"]):
        cells = {column: row.cells.get(column, "") for column in _CSV}
        _days(cells, f"{path.name}, row {row.number}")
        parts[tuple(cells[column] for column in _CSV)].add(row.cells.get("neighbourhood", ""))
    return [
        _part(dict(zip(_CSV, cells, strict=True)), neighbourhoods - {""})
        for cells, neighbourhoods in parts.items()
    ]


def _part(cells: Mapping[str, str], neighbourhoods: set[str]) -> Member:
    provider, commissioner, team = (
        frozenset(filter(None, [cells[column]])) for column in ("provider", "commissioner", "team")
    )
    begins, ends = _days(cells, cells["site"])
    return Member(cells["site"], provider, commissioner, frozenset(neighbourhoods), team, begins, ends)


def _days(cells: Mapping[str, str], place: str) -> tuple[date | None, date | None]:
    try:
        begins, ends = (
            date.fromisoformat(cells[name]) if cells[name] else None for name in ("from", "until")
        )
    except ValueError:
        what = f"“{cells['from']}” or “{cells['until']}” is no day."
        raise BadInput(Problem(place, what, "Write days as 2024-04-01.")) from None
    return begins, ends


def _final(links: Mapping[str, str], path: Path) -> dict[str, str]:
    """Each code and what it is called in the end, by way of every code between."""
    final = {}
    for code in links:
        last, passed = code, {code}
        while last in links:
            last = links[last]
            if last in passed:
                raise BadInput(Problem(path.name, f"{code} succeeds itself.", "Correct the successions."))
            passed.add(last)
        final[code] = last
    return final


def _renamed(member: Member, successors: Mapping[str, str]) -> Member:
    providers = frozenset(successors.get(code, code) for code in member.providers)
    lists = {name: getattr(member, name) for name in _LISTS} | {"providers": providers}
    return Member(member.site, **lists, begins=member.begins, ends=member.ends)


def _refuse(members: Sequence[Member], path: Path) -> None:
    problems = [*_senseless(members, path.name), *_claimed_twice(members, path.name)]
    if problems or not members:
        raise BadInput(problems or Problem(path.name, "It names no site.", "Add at least one."))


def _senseless(members: Iterable[Member], place: str) -> list[Problem]:
    found = []
    for member in members:
        if not member.depth:
            found.append(
                Problem(f"{place}, {member.site}", "A part names nothing.", "Name at least a provider.")
            )
        if member.begins and member.ends and member.ends <= member.begins:
            what = f"A part ends on {member.ends}, not after it begins."
            found.append(Problem(f"{place}, {member.site}", what, "Correct the days."))
    return found


def _claimed_twice(members: Iterable[Member], place: str) -> list[Problem]:
    """Two sites with parts that say equally much and that the same row could fit."""
    return [
        Problem(
            f"{place}, {one.site} and {other.site}",
            "Both claim the same rows on the same days.",
            "Tell them apart by commissioner, neighbourhood, team or day.",
        )
        for one, other in combinations(members, 2)
        if one.site != other.site and one.depth == other.depth and _meet(one, other)
    ]


def _meet(one: Member, other: Member) -> bool:
    lists = all(
        getattr(one, name) & getattr(other, name)
        for name in _LISTS
        if getattr(one, name) or getattr(other, name)
    )
    starts = max(one.begins or date.min, other.begins or date.min)
    return lists and starts < min(one.ends or date.max, other.ends or date.max)
