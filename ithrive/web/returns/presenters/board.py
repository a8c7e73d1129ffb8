"""The words of lists of returns: of one area, of what is due, and the programme's board."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ithrive.areas.timeline import plain_day
from ithrive.returns.schedule import Tally, tally
from ithrive.tables import csv_text
from ithrive.web.accounts.models import Person
from ithrive.web.components.parts import Params, table
from ithrive.web.returns.models import QuarterlyReturn, Version
from ithrive.web.returns.paths import area_returns_path, return_path
from ithrive.web.returns.presenters.words import arrived, now
from ithrive.web.returns.versions import in_force, received_on

BOARD_COLUMNS = (
    "Quarter", "Area", "Area code", "Kind", "Due on", "Closes on", "Stands at", "First received on",
    "Signed off on", "Ring", "E-mail",
)  # fmt: skip


@dataclass(frozen=True)
class Owed:
    """A return with its versions."""

    of: QuarterlyReturn
    versions: list[Version]


@dataclass(frozen=True, slots=True)
class QuarterShown:
    label: str
    sentence: str
    missing: Params | None


def returns_table(caption: str, owed: Sequence[Owed], today: date, *, areas: bool) -> Params:
    """Returns with both deadlines. `areas`: say whose they are."""
    rows = [
        (
            (f"{each.of.area.name}, {each.of.quarter.label}" if areas else each.of.quarter.label,
             return_path(each.of)),
            plain_day(each.of.due_on),
            plain_day(each.of.closes_on),
            now(each.of, each.versions, today),
            arrived(each.of, each.versions),
        )
        for each in owed
    ]  # fmt: skip
    return table(caption, ["Return", "Due on", "Taken until", "Stands at", "First received on"], rows)


def by_quarter(
    owed: Sequence[Owed], ring: Mapping[int, Sequence[Person]], today: date
) -> tuple[QuarterShown, ...]:
    """Received of expected for each quarter that is over, the latest first, and who to ring for the rest."""
    quarters: dict[date, list[Owed]] = {}
    for each in owed:
        if not each.of.quarter.ends < today:
            continue
        quarters.setdefault(each.of.quarter_starts, []).append(each)
    return tuple(_quarter(rows, ring, today) for _, rows in sorted(quarters.items(), reverse=True))


def _quarter(rows: Sequence[Owed], ring: Mapping[int, Sequence[Person]], today: date) -> QuarterShown:
    counted = tallied(rows, today)
    missing = {each.area for each in counted.missing}
    still = [each for each in rows if str(each.of.area_id) in missing]
    return QuarterShown(
        rows[0].of.quarter.label, counted.sentence, _missing(still, ring, today) if still else None
    )


def tallied(rows: Sequence[Owed], today: date) -> Tally:
    came = {
        (str(each.of.area_id), each.of.quarter): on
        for each in rows
        if (on := received_on(each.versions)) is not None
    }
    return tally([each.of.expected for each in rows], came, today)


def _missing(rows: Sequence[Owed], ring: Mapping[int, Sequence[Person]], today: date) -> Params:
    told = [
        (
            (each.of.area.name, area_returns_path(each.of.area)),
            now(each.of, each.versions, today),
            plain_day(each.of.closes_on),
            who_to_ring(ring.get(each.of.area_id, ())),
        )
        for each in sorted(rows, key=lambda each: each.of.area.name)
    ]
    label = rows[0].of.quarter.label
    return table(f"Not received for {label}", ["Area", "Stands at", "Taken until", "Who to ring"], told)


def who_to_ring(people: Sequence[Person]) -> str:
    return "; ".join(f"{each.name}, {each.email}" for each in people) or "Nobody has an account yet"


def board_csv(owed: Sequence[Owed], ring: Mapping[int, Sequence[Person]], today: date) -> str:
    return csv_text(BOARD_COLUMNS, [_board_row(each, ring.get(each.of.area_id, ()), today) for each in owed])


def _board_row(each: Owed, people: Sequence[Person], today: date) -> list[object]:
    signed, came = in_force(each.versions), received_on(each.versions)
    area = each.of.area
    return [
        each.of.quarter.label, area.name, area.code, area.kind, each.of.due_on, each.of.closes_on,
        now(each.of, each.versions, today), came or "",
        signed.signed_off_at.date() if signed and signed.signed_off_at else "",
        "; ".join(person.name for person in people), "; ".join(person.email for person in people),
    ]  # fmt: skip
