"""What a resubmission does to published figures: as published then, and as the area says now.

An area's own people and those who prepare releases may see it. The public learns that figures were sent
again, and reads the new ones once a release has them: until then nothing has tested what they would tell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ithrive.areas.timeline import plain_day
from ithrive.measures import Cell, CellState, FigureKey, measures
from ithrive.periods import Quarter
from ithrive.web.areas.models import LocalArea
from ithrive.web.components.parts import Params, table
from ithrive.web.overview.release_figures import changed_at, figures_at
from ithrive.web.overview.release_pages import grouping_words, shown_of
from ithrive.web.overview.release_rows import COUNT, PublicRow
from ithrive.web.publications.models import Release
from ithrive.web.publications.queries import later_releases, public_tables, released
from ithrive.web.returns.models import Figure, Version
from ithrive.web.returns.queries import as_cell, key_of


@dataclass(frozen=True, slots=True)
class Effect:
    """One figure of a release that is no longer what the area says. `published` is as readers saw it; empty
    where it was never shown of one area.
    """

    release: Release
    key: FigureKey
    title: str
    published: str
    then: Cell
    latest: Cell


def effect_on_releases(
    area: LocalArea, quarter: Quarter, latest: Mapping[FigureKey, Cell] | None = None
) -> tuple[Effect, ...]:
    """Every published figure of an area and quarter that new figures differ from.

    `latest`: the new figures, before or after they are signed off; None for those signed off last.
    """
    now = latest if latest is not None else _signed_off(area, quarter, None)
    return tuple(
        effect
        for release in released().order_by("released_at")
        if quarter.label in release.quarters and area.pk in release.areas
        for effect in _effects(release, area, quarter, now)
    )


def effect_tables(version: Version) -> list[Params]:
    """What a version does to each release that holds figures of its quarter, for the area's own people."""
    rows = Figure.objects.filter(version=version, breakdown="").order_by("pk")
    latest = {key_of(row): as_cell(row.state, row.number) for row in rows}
    by_release: dict[Release, list[Effect]] = {}
    for each in effect_on_releases(version.of.area, version.of.quarter, latest):
        by_release.setdefault(each.release, []).append(each)
    return [_table(release, effects) for release, effects in by_release.items()]


def _table(release: Release, effects: Sequence[Effect]) -> Params:
    rows = [
        (
            f"{each.key.measure} {each.title}",
            grouping_words(each.key.grouping),
            each.published or "Not shown by area",
            _said(each.then),
            _said(each.latest),
        )
        for each in effects
    ]
    day = plain_day(release.released_at.date()) if release.released_at else ""
    headings = ("Figure", "Grouping", "As published then", "As sent then", "In this version")
    return table(
        f"Effect on published figures: {release.title}, released {day}", headings, rows, numeric=(3, 4)
    )


def _said(cell: Cell) -> str:
    return f"{cell.number:,g}" if cell.number is not None else cell.state.value


def _effects(
    release: Release, area: LocalArea, quarter: Quarter, now: Mapping[FigureKey, Cell]
) -> list[Effect]:
    then = _signed_off(area, quarter, release.taken_at)
    shown = _published(release, area, quarter)
    missing = Cell.without(CellState.NOT_SUBMITTED)
    keys = sorted(key for key in then.keys() | now.keys() if key.measure in release.measures)
    return [
        Effect(release, key, _title(key), shown.get(key, ""), then.get(key, missing), now.get(key, missing))
        for key in keys
        if then.get(key, missing) != now.get(key, missing)
    ]


def _signed_off(area: LocalArea, quarter: Quarter, moment: datetime | None) -> Mapping[FigureKey, Cell]:
    return figures_at([area.pk], [quarter], moment).get((area.pk, quarter), {})


def _published(release: Release, area: LocalArea, quarter: Quarter) -> dict[FigureKey, str]:
    rows = (PublicRow.of(row) for table in public_tables(release) for row in table.rows)
    return {
        FigureKey(row.measure, row.figure, row.grouping): str(shown_of(row))
        for row in rows
        if (row.kind, row.quarter, row.area_kind, row.area) == (COUNT, quarter.label, area.kind, area.code)
    }


def _title(key: FigureKey) -> str:
    measure = measures().get(key.measure)
    known = {each.code: each.title for each in measure.returned} if measure else {}
    return known.get(key.figure, key.text)


@dataclass(frozen=True, slots=True)
class SentAgain:
    """An area that signed off figures of a release which are others than those in it. `first`: it had sent
    none of them before. `published`: a later release has them.
    """

    area: str
    quarter: str
    day: str
    first: bool
    published: bool


def sent_again(release: Release) -> list[SentAgain]:
    """Which areas revised figures after a release was made of them. No figure is told.

    Nothing is said of who signed off the same figures again, or changed others than those of the release.
    """
    names = dict(LocalArea.objects.filter(pk__in=release.areas).values_list("pk", "name"))
    quarters = [Quarter.parse(each) for each in release.quarters]
    newest = max((each.taken_at for each in later_releases(release)), default=release.taken_at)
    found = [
        (at, names[area], quarter.label, at == moments[0], at <= newest)
        for (area, quarter), moments in changed_at(release.areas, quarters, release.measures).items()
        for at in moments
        if at > release.taken_at
    ]
    return [
        SentAgain(area, quarter, plain_day(at.date()), first, published)
        for at, area, quarter, first, published in sorted(found)
    ]


def published_again(release: Release) -> Sequence[Release]:
    """The later releases in which some of the same figures stand as they are known by now."""
    return later_releases(release)


def changes_between(release: Release, later: Release, measure: str) -> list[tuple[PublicRow, PublicRow]]:
    """Figures of a measure that read otherwise in a later release: as published then, and since."""
    newer = {_place(row): row for row in _rows(later, measure)}
    pairs = ((row, newer.get(_place(row))) for row in _rows(release, measure))
    return [
        (old, new)
        for old, new in pairs
        if new is not None and (old.state, old.value) != (new.state, new.value)
    ]


def _rows(release: Release, measure: str) -> list[PublicRow]:
    table = public_tables(release).filter(measure=measure).first()
    return [PublicRow.of(row) for row in table.rows] if table else []


def _place(row: PublicRow) -> tuple[str, ...]:
    return (row.quarter, row.area_kind, row.area, row.kind, row.figure, row.grouping)
