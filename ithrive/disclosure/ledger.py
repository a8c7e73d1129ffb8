"""The release ledger's rules: what was published when, and why a new release may not follow it.

A ledger entry tells which hidden figures are small. Keep it with the confidential figures, unpublished.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ithrive.disclosure.attack import Reach, Seen, exposed
from ithrive.disclosure.cells import Cell, CellState
from ithrive.disclosure.publication import Publication, PublishedCell, Range
from ithrive.disclosure.tables import FigureSum, Name


@dataclass(frozen=True)
class Release:
    """One publication: when, from which vintage of the figures, and by whom.

    `vintages` are those of figures that have another than the release: a figure that nobody sent again keeps
    its vintage from release to release. Compared as text, so write them as dates: "2026-05-01".
    """

    reference: str
    released_on: date
    vintage: str
    prepared_by: str
    released_by: str
    publication: Publication
    vintages: Mapping[Name, str] = field(default_factory=dict)

    @property
    def seen(self) -> Seen:
        return Seen(self.vintage, self.publication, self.vintages)

    def vintage_of(self, name: Name) -> str:
        return self.vintages.get(name, self.vintage)

    def with_publication(self, publication: Publication) -> "Release":
        return replace(self, publication=publication)

    def to_json(self) -> dict[str, Any]:
        """The release as plain values that JSON can hold."""
        return {
            "reference": self.reference,
            "released_on": self.released_on.isoformat(),
            "vintage": self.vintage,
            "prepared_by": self.prepared_by,
            "released_by": self.released_by,
            "rule": self.publication.rule,
            "gap": self.publication.gap,
            "in_time": self.publication.in_time,
            "limits": [list(name) for name in self.publication.limits],
            "sums": [
                {"whole": list(each.whole), "parts": [list(part) for part in each.parts]}
                for each in self.publication.sums
            ],
            "cells": [_cell_to_json(name, each) for name, each in self.publication.cells.items()],
            "vintages": self._vintages_to_json(),
        }

    def _vintages_to_json(self) -> list[list[Any]]:
        """Each vintage with the places of its figures among the cells."""
        places: dict[str, list[int]] = {}
        for at, name in enumerate(self.publication.cells):
            if name in self.vintages:
                places.setdefault(self.vintages[name], []).append(at)
        return [[vintage, found] for vintage, found in places.items()]

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> "Release":
        names = [tuple(each["name"]) for each in entry["cells"]]
        publication = Publication(
            rule=entry["rule"],
            cells=dict(_cell_from_json(each) for each in entry["cells"]),
            sums=tuple(
                FigureSum(tuple(each["whole"]), tuple(tuple(part) for part in each["parts"]))
                for each in entry["sums"]
            ),
            gap=entry["gap"],
            limits=tuple(tuple(name) for name in entry["limits"]),
            in_time=entry["in_time"],
        )
        return cls(
            entry["reference"],
            date.fromisoformat(entry["released_on"]),
            entry["vintage"],
            entry["prepared_by"],
            entry["released_by"],
            publication,
            {names[at]: vintage for vintage, places in entry["vintages"] for at in places},
        )


def why_not_release(
    new: Release, earlier: Sequence[Release], public: Mapping[Name, Range] | None = None
) -> tuple[str, ...]:
    """The reasons this cannot be released after those that were; none if it can.

    The reasons name figures, for the two people who release; they are not for publication.
    """
    found = [_sentence(each) for each in given_away(new, earlier, public)]
    return (*_why_not_these_people(new), *_why_not_now(new, earlier), *found)


def already_known(earlier: Sequence[Release], vintage: str) -> dict[Name, Range]:
    """What earlier releases of a vintage say of each figure: hand it to `publish` as public."""
    return {name: said[vintage] for name, said in _said(earlier).items() if vintage in said}


def known_before(earlier: Sequence[Release]) -> dict[Name, Range]:
    """What earlier releases of any vintage say of each figure, the latest vintage first believed.

    A figure that was shown before can shield nothing now, unless it was revised in the meantime.
    """
    return {name: said[max(said)] for name, said in _said(earlier).items()}


def _said(earlier: Sequence[Release]) -> dict[Name, dict[str, Range]]:
    """What releases together say of each figure, by its vintage."""
    known: dict[Name, dict[str, Range]] = {}
    for each in earlier:
        for name, cell in each.publication.cells.items():
            said, vintage = known.setdefault(name, {}), each.vintage_of(name)
            said[vintage] = _both(said.get(vintage), cell.says)
    return known


def _both(one: Range | None, other: Range) -> Range:
    if one is None:
        return other
    highs = [high for high in (one[1], other[1]) if high is not None]
    return max(one[0], other[0]), min(highs, default=None)


def _why_not_these_people(new: Release) -> list[str]:
    if not new.prepared_by.strip() or not new.released_by.strip():
        return ["Say who prepared the release and who releases it."]
    if new.prepared_by.strip().casefold() == new.released_by.strip().casefold():
        return ["Someone other than the person who prepared the release must release it."]
    return []


def _why_not_now(new: Release, earlier: Sequence[Release]) -> list[str]:
    reasons = []
    if any(each.reference == new.reference for each in earlier):
        reasons.append(f"There is a release “{new.reference}” already. Give this one another reference.")
    if later := [each for each in earlier if each.released_on > new.released_on]:
        reasons.append(
            f"“{later[-1].reference}” was released after this date. A release comes after all others."
        )
    return reasons


def given_away(
    new: Release, earlier: Sequence[Release], public: Mapping[Name, Range] | None = None
) -> tuple[Reach, ...]:
    """The small counts that could be worked out after this release, and could not before."""
    related = _related(new, earlier)
    before = {(each.name, each.vintage): each for each in exposed([one.seen for one in related], public)}
    return tuple(
        each
        for each in exposed([*(one.seen for one in related), new.seen], public)
        if not _as_before(each, before.get((each.name, each.vintage)))
    )


def _as_before(now: Reach, before: Reach | None) -> bool:
    return before is not None and (before.low, before.high, before.keeps) == (now.low, now.high, now.keeps)


def _related(new: Release, earlier: Sequence[Release]) -> list[Release]:
    """The earlier releases that a chain of shared figures ties to this one."""
    names, waiting, related = set(new.publication.cells), list(earlier), []
    while found := [each for each in waiting if names & each.publication.cells.keys()]:
        related += found
        names |= {name for each in found for name in each.publication.cells}
        waiting = [each for each in waiting if each not in found]
    return sorted(related, key=lambda each: each.released_on)


def _sentence(each: Reach) -> str:
    figure = ", ".join(part.partition("=")[2] or part for part in each.name)
    taken = each.vintage.partition(".")[0]
    return (
        f"{figure} ({taken}) is hidden, but everything published together would show that it is "
        f"{_range_in_words(each)}. Hide more of this release, or keep to the areas and breakdowns of before."
    )


def _range_in_words(each: Reach) -> str:
    if each.high is None:
        return f"at least {each.low}"
    return f"{each.low}" if each.low == each.high else f"between {each.low} and {each.high}"


def _cell_to_json(name: Name, each: PublishedCell) -> dict[str, Any]:
    return {
        "name": list(name),
        "state": str(each.cell.state),
        "number": each.cell.number,
        "says": list(each.says),
        "keeps": list(each.keeps) if each.keeps else None,
    }


def _cell_from_json(entry: Mapping[str, Any]) -> tuple[Name, PublishedCell]:
    low, high = entry["says"]
    keeps = tuple(entry["keeps"]) if entry["keeps"] else None
    cell = Cell(CellState(entry["state"]), entry["number"])
    return tuple(entry["name"]), PublishedCell(cell, (low, high), keeps)
