"""The figures behind a release: what was signed off by a moment, of areas that are publicly members."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet

from ithrive.areas.membership import COUNTED
from ithrive.areas.populations import latest_mid_year
from ithrive.measures import Cell, CellState, FigureKey
from ithrive.periods import Quarter
from ithrive.problems import BadInput
from ithrive.web.accounts.reach import PersonsReach
from ithrive.web.areas.gazetteers import gazetteer_of
from ithrive.web.areas.models import Country, LocalArea
from ithrive.web.returns.models import Figure, Version
from ithrive.web.returns.queries import as_cell, key_of

Figures = Mapping[FigureKey, Cell]


def public_members(country: Country, quarters: Iterable[Quarter]) -> list[LocalArea]:
    """The areas that were members on the last day of any of the quarters, as anybody may know.

    Asked as somebody who is not signed in: so a comparison site cannot be among them.
    """
    found: set[int] = set()
    for quarter in quarters:
        nobody = PersonsReach(AnonymousUser(), quarter.starts, proved_second_factor=lambda: False)
        roles = nobody.memberships(_last_day(quarter)).filter(area__country=country, role__in=COUNTED)
        found |= set(roles.values_list("area", flat=True))
    return list(LocalArea.objects.filter(pk__in=found).order_by("name", "code"))


def quarters_at_hand(country: Country) -> list[Quarter]:
    """The quarters of which something is signed off, the latest first."""
    signed = Version.objects.filter(signed_off_at__isnull=False, of__area__country=country).order_by()
    starts = signed.values_list("of__quarter_starts", flat=True).distinct()
    return sorted((Quarter.of(each) for each in starts), reverse=True)


def figures_at(
    areas: Collection[int], quarters: Collection[Quarter], moment: datetime | None, measure: str | None = None
) -> dict[tuple[int, Quarter], dict[FigureKey, Cell]]:
    """Figures as they were signed off by a moment (None: the latest), by area number and quarter.

    What is not there was not signed off by then.
    """
    versions = Version.objects.filter(
        of__area__in=areas, of__quarter_starts__in=[each.starts for each in quarters]
    ).filter(signed_off_at__isnull=False)
    later = Version.objects.filter(
        of=OuterRef("of"), number__gt=OuterRef("number"), signed_off_at__isnull=False
    )
    if moment is not None:
        versions, later = versions.filter(signed_off_at__lte=moment), later.filter(signed_off_at__lte=moment)
    in_force = versions.exclude(Exists(later)).order_by()
    found: dict[tuple[int, Quarter], dict[FigureKey, Cell]] = {
        (area, Quarter.of(starts)): {}
        for area, starts in in_force.values_list("of__area", "of__quarter_starts")
    }
    figures = Figure.objects.filter(version__in=in_force.values("pk"), breakdown="").order_by("pk")
    if measure is not None:
        figures = figures.filter(measure=measure)
    for row in figures.select_related("version__of"):
        where = row.version.of.area_id, row.version.of.quarter
        found.setdefault(where, {})[key_of(row)] = as_cell(row.state, row.number)
    return found


def changed_at(
    areas: Collection[int], quarters: Collection[Quarter], chosen: Collection[str]
) -> dict[tuple[int, Quarter], tuple[datetime, ...]]:
    """When figures of the chosen measures were signed off that read otherwise than before, by area number
    and quarter; the first moment is when there first were any. To sign off the same again changes nothing.
    """
    versions = Version.objects.filter(
        of__area__in=areas,
        of__quarter_starts__in=[each.starts for each in quarters],
        signed_off_at__isnull=False,
    )
    held = _held_by(versions, chosen)
    before: dict[tuple[int, Quarter], _Held] = {}
    found: dict[tuple[int, Quarter], tuple[datetime, ...]] = {}
    fields = ("pk", "of__area", "of__quarter_starts", "signed_off_at")
    for version, area, starts, at in versions.order_by("number", "pk").values_list(*fields):
        where, now = (area, Quarter.of(starts)), held.get(version, frozenset())
        if at and now != before.get(where, frozenset()):
            before[where], found[where] = now, (*found.get(where, ()), at)
    return found


# What a version holds: measure, figure, grouping, state and number of each figure that was sent.
_Figure = tuple[str, str, str, str, float | None]
_Held = frozenset[_Figure]


def _held_by(versions: QuerySet[Version], chosen: Collection[str]) -> dict[int, _Held]:
    rows = (
        Figure.objects.filter(version__in=versions.order_by().values("pk"), measure__in=chosen, breakdown="")
        .exclude(state=CellState.NOT_SUBMITTED.value)
        .order_by()
        .values_list("version", "measure", "figure", "grouping", "state", "number")
    )
    held: dict[int, set[_Figure]] = {}
    for version, measure, figure, grouping, state, number in rows:
        held.setdefault(version, set()).add((measure, figure, grouping, state, number))
    return {version: frozenset(figures) for version, figures in held.items()}


def population_year(country: Country) -> int | None:
    """The middle of which year the population is of; None where none was loaded."""
    try:
        return latest_mid_year(gazetteer_of(country.slug))
    except BadInput:
        return None


def _last_day(quarter: Quarter) -> date:
    return date.fromordinal(quarter.ends.toordinal() - 1)
