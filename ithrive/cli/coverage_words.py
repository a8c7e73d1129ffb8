"""Says coverage in words for a person, or with its whole working as JSON for a program."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ithrive.areas.ages import AgeBand
from ithrive.areas.coverage import (
    Coverage,
    CoverageChange,
    change_sentence,
    coverage,
    coverage_change,
    sentence,
    working_rows,
)
from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.membership import Membership


@dataclass(frozen=True, slots=True)
class Answer:
    """Coverage on the day asked for, and the change if that was asked for too."""

    coverage: Coverage
    change: CoverageChange | None


def answer(
    gazetteer: Gazetteer,
    memberships: Sequence[Membership],
    *,
    on: date,
    since: date | None,
    ages: AgeBand,
    geography: str | None,
) -> Answer:
    """Work out what was asked."""
    found = coverage(gazetteer, memberships, on=on, ages=ages, geography=geography)
    if since is None:
        return Answer(found, None)
    change = coverage_change(gazetteer, memberships, since=since, on=on, ages=ages, geography=geography)
    return Answer(found, change)


def as_text(answer: Answer) -> str:
    return "\n".join(_lines(answer))


def _lines(answer: Answer) -> Iterator[str]:
    found = answer.coverage
    yield f"{sentence(found)}."
    yield f"{found.covered:,} of {found.population:,} people aged {found.ages.label} on {found.on}."
    yield f"Worked out on {found.geography.title} ({found.geography.key}), people at mid-{found.mid_year}."
    if answer.change:
        yield f"{change_sentence(answer.change)}."
    yield from found.notes


def as_json(answer: Answer) -> str:
    """One object: the figures, what they rest on, and a row of working for each area."""
    found = answer.coverage
    told: dict[str, object] = {
        "country": found.country,
        "on": found.on.isoformat(),
        "ages": [found.ages.youngest, found.ages.oldest],
        "geography": found.geography.key,
        "mid_year": found.mid_year,
        "areas_counted": found.areas_counted,
        "covered": found.covered,
        "covered_at_most": found.at_most,
        "population": found.population,
        "share": found.share,
        "share_at_most": found.share_at_most,
        "sentence": sentence(found),
        "notes": list(found.notes),
        "working": working_rows(found),
    }
    if answer.change:
        told["change"] = _change(answer.change)
    return json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False)


def _change(change: CoverageChange) -> dict[str, object]:
    return {
        "since": change.before.on.isoformat(),
        "people": change.people,
        "share": change.share,
        "sentence": change_sentence(change),
        "moves": [
            {
                "code": move.code,
                "kind": move.kind,
                "name": move.name,
                "reason": str(move.reason),
                "people": move.people,
            }
            for move in change.moves
        ],
    }
