"""The words of the stakeholder map: a table first, then the same as nine squares."""

from collections.abc import Sequence
from dataclasses import dataclass

from ithrive.areas.timeline import plain_day
from ithrive.implementation import Stakeholder as StakeholderValue
from ithrive.implementation import stakeholder_map, steering_group, to_win_over
from ithrive.implementation.stakeholders import ENGAGEMENT, HIGH, INFLUENCE, LOW, MIDDLE
from ithrive.web.implementation.models import Stakeholder
from ithrive.web.implementation.values import as_stakeholder


@dataclass(frozen=True, slots=True)
class StakeholderShown:
    number: int
    name: str
    sector: str
    influence: str
    engagement: str
    seen: str
    note: str


@dataclass(frozen=True, slots=True)
class GridRow:
    influence: str
    squares: tuple[tuple[str, ...], ...]  # by engagement, from not yet to taking part


@dataclass(frozen=True, slots=True)
class StakeholdersPage:
    sentence: str
    to_win_over: tuple[str, ...]
    rows: tuple[StakeholderShown, ...]
    columns: tuple[str, ...]
    grid: tuple[GridRow, ...]


def stakeholders_page(stakeholders: Sequence[Stakeholder]) -> StakeholdersPage:
    found = [as_stakeholder(row) for row in stakeholders]
    count = len(found)
    return StakeholdersPage(
        sentence=f"{count} on the map." if count else "Nobody is on the map yet.",
        to_win_over=to_win_over(found),
        rows=tuple(_shown(row) for row in sorted(stakeholders, key=_most_pressing)),
        columns=tuple(ENGAGEMENT[each].capitalize() for each in (LOW, MIDDLE, HIGH)),
        grid=_grid(found),
    )


def sector_name(code: str) -> str:
    return next((each.name for each in steering_group().sector if each.code == code), "Another")


def _most_pressing(row: Stakeholder) -> tuple[int, int, str]:
    return -row.influence, row.engagement, row.name


def _shown(row: Stakeholder) -> StakeholderShown:
    return StakeholderShown(
        row.pk,
        row.name,
        sector_name(row.sector),
        INFLUENCE[row.influence].capitalize(),
        ENGAGEMENT[row.engagement].capitalize(),
        plain_day(row.noted_on),
        row.note,
    )


def _grid(found: Sequence[StakeholderValue]) -> tuple[GridRow, ...]:
    squares = stakeholder_map(found)
    return tuple(
        GridRow(
            INFLUENCE[influence].capitalize(),
            tuple(
                tuple(each.name for each in squares[influence, engagement])
                for engagement in (LOW, MIDDLE, HIGH)
            ),
        )
        for influence in (HIGH, MIDDLE, LOW)
    )
