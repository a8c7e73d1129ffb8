"""The national board: every area that takes part, by phase, with what asks for attention."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from ithrive.framework.approach import approach
from ithrive.implementation import Alert
from ithrive.web.areas.models import LocalArea
from ithrive.web.implementation.paths import home_path
from ithrive.web.overview.area_steps import alert_of, weeks
from ithrive.web.overview.like_it import reached_of, short_day
from ithrive.web.overview.whereabouts import Whereabouts

NOT_BEGUN = "none"
SEVERITY = {Alert.STALLED: 2, Alert.QUIET: 1, Alert.MOVING: 0}
COLUMNS = (
    "Area",
    "Code",
    "Region",
    "Role",
    "Phase",
    "Weeks in phase",
    "Steps reached",
    "Steps skipped",
    "Last dated evidence",
    "Last contact",
    "Last round signed off",
    "Warning",
    "Reasons",
    "Usual next step",
)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One area as the board shows it. `phase` is the phase's code, empty where none was begun."""

    area: LocalArea
    name: str
    path: str
    region: str
    role: str
    phase: str
    phase_name: str
    weeks: int | None
    finished: bool
    steps: str
    reached: int
    skipped: int
    last_evidence: date | None
    last_contact: date | None
    last_round: date | None
    alert: str
    severity: int
    signs: tuple[str, ...]
    reasons: tuple[str, ...]
    next_step: str


def signs_of(found: Whereabouts) -> tuple[str, ...]:
    """The signs in a few words, for a table: “Nothing dated since 3 Mar 2026”."""
    return tuple(
        f"{each.sign.capitalize()}{f' since {short_day(each.since)}' if each.since else ''}"
        for each in found.attention.warnings
    )


def board_rows(found: Iterable[Whereabouts], regions: Mapping[int, str]) -> list[BoardRow]:
    return [_row(each, regions.get(each.area.pk, "")) for each in found]


def _row(found: Whereabouts, region: str) -> BoardRow:
    phase, following = found.progress.phase, found.attention.next_step
    latest = found.progress.latest
    return BoardRow(
        area=found.area,
        name=found.area.name,
        path=home_path(found.area),
        region=region,
        role=found.standing.role.capitalize() if found.standing.role else "",
        phase=phase.code if phase else NOT_BEGUN,
        phase_name=phase.name if phase else "No step recorded",
        weeks=int(phase.weeks) if phase and phase.weeks is not None else None,
        finished=phase is not None and phase.finished,
        steps=reached_of(found.progress),
        reached=sum(each.reached for each in found.progress.phases),
        skipped=sum(each.skipped for each in found.progress.phases),
        last_evidence=latest.on if latest else None,
        last_contact=found.last_contact,
        last_round=found.last_round,
        alert=alert_of(found),
        severity=SEVERITY[found.attention.alert],
        signs=signs_of(found),
        reasons=tuple(each.sentence for each in found.attention.warnings),
        next_step=following.name if following else "",
    )


ORDER = tuple(phase.code for phase in approach().phases)


def _by_phase(row: BoardRow) -> int:
    return ORDER.index(row.phase) if row.phase in ORDER else -1


# What each heading sorts by. What is not known comes last, whichever way round.
SORTS: dict[str, Callable[[BoardRow], Any]] = {
    "area": lambda row: row.name,
    "region": lambda row: row.region or None,
    "phase": _by_phase,
    "weeks": lambda row: row.weeks,
    "contact": lambda row: row.last_contact,
    "round": lambda row: row.last_round,
    "warning": lambda row: row.severity,
}
HEADINGS = (
    ("area", "Area"),
    ("region", "Region"),
    ("phase", "Phase"),
    ("weeks", "Time in phase"),
    ("contact", "Last contact"),
    ("round", "Last round"),
    ("warning", "Warning"),
)
USUAL_SORT = "-warning"


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the board somebody asked for; empty stands for all."""

    phase: str = ""
    region: str = ""
    warning: str = ""
    sort: str = USUAL_SORT

    @property
    def query(self) -> dict[str, str]:
        said = {"phase": self.phase, "region": self.region, "warning": self.warning}
        return {name: value for name, value in said.items() if value}


def chosen(rows: Iterable[BoardRow], asked: Asked) -> list[BoardRow]:
    """The rows asked for, in the order asked for; areas level with one another go by name."""
    found = [
        row
        for row in rows
        if asked.phase in ("", row.phase)
        and asked.region in ("", row.region)
        and (asked.warning == "" or row.alert == asked.warning or (asked.warning == "any" and row.alert))
    ]
    found.sort(key=lambda row: row.name)
    value = SORTS.get(asked.sort.removeprefix("-"), SORTS["warning"])
    known = [row for row in found if value(row) is not None]
    known.sort(key=value, reverse=asked.sort.startswith("-"))
    return known + [row for row in found if value(row) is None]


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    href: str
    sorted: str  # what aria-sort says


@dataclass(frozen=True, slots=True)
class PhaseCount:
    name: str
    areas: int
    quiet: int
    stalled: int
    href: str


@dataclass(frozen=True, slots=True)
class RowShown:
    name: str
    path: str
    region: str
    role: str
    phase: str
    time: str
    steps: str
    contact: str
    round: str
    alert: str
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoardPage:
    sentence: str
    counts: tuple[PhaseCount, ...]
    most: int
    headings: tuple[Heading, ...]
    rows: tuple[RowShown, ...]
    shown: str
    downloads: str


def board_page(rows: Sequence[BoardRow], asked: Asked) -> BoardPage:
    """`rows`: every area that the reader may see on the board; the counts are of all of them."""
    found = chosen(rows, asked)
    stalled, quiet = (sum(row.alert == each for row in rows) for each in ("stalled", "quiet"))
    counts = _counts(rows)
    return BoardPage(
        sentence=f"{_areas(len(rows))} on the board: {stalled} stalled, {quiet} worth a call.",
        counts=counts,
        most=max((each.areas for each in counts), default=1) or 1,
        headings=tuple(_heading(key, text, asked) for key, text in HEADINGS),
        rows=tuple(_shown(row) for row in found),
        shown=f"{_areas(len(found))} shown." if asked.query else "",
        downloads=urlencode({**asked.query, "sort": asked.sort}),
    )


def board_table(rows: Iterable[BoardRow]) -> list[tuple[object, ...]]:
    """The rows under COLUMNS, to take away."""
    return [
        (
            row.name, row.area.code, row.region, row.role, row.phase_name, row.weeks, row.reached,
            row.skipped, row.last_evidence, row.last_contact, row.last_round, row.alert,
            " ".join(row.reasons), row.next_step,
        )
        for row in rows
    ]  # fmt: skip


def _areas(count: int) -> str:
    return "1 area" if count == 1 else f"{count} areas"


def _counts(rows: Sequence[BoardRow]) -> tuple[PhaseCount, ...]:
    names = {NOT_BEGUN: "No step recorded"} | {phase.code: phase.name for phase in approach().phases}
    areas = Counter(row.phase for row in rows)
    alerts = Counter((row.phase, row.alert) for row in rows)
    return tuple(
        PhaseCount(name, areas[code], alerts[code, "quiet"], alerts[code, "stalled"], f"?phase={code}")
        for code, name in names.items()
    )


def _heading(key: str, text: str, asked: Asked) -> Heading:
    up, down = asked.sort == key, asked.sort == f"-{key}"
    href = "?" + urlencode({**asked.query, "sort": f"-{key}" if up else key})
    return Heading(text, href, "ascending" if up else "descending" if down else "none")


def _shown(row: BoardRow) -> RowShown:
    return RowShown(
        row.name,
        row.path,
        row.region,
        row.role,
        row.phase_name,
        _time(row),
        row.steps,
        short_day(row.last_contact) if row.last_contact else "None",
        short_day(row.last_round) if row.last_round else "None",
        row.alert,
        row.signs,
    )


def _time(row: BoardRow) -> str:
    if row.weeks is None:
        return ""
    return f"Finished in {weeks(row.weeks)}" if row.finished else weeks(row.weeks)
