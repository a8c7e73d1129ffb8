"""Finding returns and the figures that are signed off, always through the person who asks."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q, QuerySet

from ithrive.areas.membership import MemberRole
from ithrive.measures import Cell, CellState, FigureKey
from ithrive.periods import Quarter
from ithrive.returns.life import State
from ithrive.web.accounts.models import Person
from ithrive.web.areas.models import LocalArea, Membership
from ithrive.web.areas.reach import Reach
from ithrive.web.returns.models import UNDER_WAY, Figure, QuarterlyReturn, SendingKey, Version
from ithrive.web.rights import Right


def returns(reach: Reach) -> QuerySet[QuarterlyReturn]:
    """The returns that a person may know of.

    The area's own people know all of theirs. Others who may see returns know those of quarters in which the
    area was no comparison site, or all of them if they may know of comparison sites: that an area owes
    figures at all would tell which areas are compared.
    """
    found = QuarterlyReturn.objects.select_related("area__country")
    others = Q(area__in=reach.having(Right.SEE_RETURNS))
    if not reach.may(Right.SEE_COMPARISON):
        found = found.alias(compared=_compared())
        others &= ~Q(compared=True)
    # Belonging to the area: the right that only its own people hold (see `rights.RIGHTS`).
    return found.filter(Q(area__in=reach.having(Right.SEE_REFLECTION)) | others)


def returns_of(reach: Reach, area: LocalArea) -> QuerySet[QuarterlyReturn]:
    """The returns of one area that a person may know of, the latest quarter first."""
    return returns(reach).filter(area=area).order_by("-quarter_starts")


def sent_and_not_finished(reach: Reach) -> QuerySet[QuarterlyReturn]:
    """Returns that have come and still ask something of their area: an answer, a signature, or the new
    figures that were begun."""
    came = Version.objects.filter(of=OuterRef("pk"), first_submitted_at__isnull=False)
    under_way = Version.objects.filter(of=OuterRef("pk"), state__in=UNDER_WAY)
    return returns(reach).filter(Exists(came), Exists(under_way))


def keys_of(person: Person) -> QuerySet[SendingKey]:
    """A person's own keys to send returns with, the latest first."""
    return SendingKey.objects.filter(person=person).order_by("-made_at", "-pk")


def of_comparison_site(found: QuarterlyReturn) -> bool:
    return bool(of_comparison_sites([found]))


def of_comparison_sites(found: Iterable[QuarterlyReturn]) -> set[int]:
    """The numbers of those among these returns that are of comparison sites. One query."""
    numbers = [each.pk for each in found]
    return set(QuarterlyReturn.objects.filter(_compared(), pk__in=numbers).values_list("pk", flat=True))


def _compared() -> Exists:
    """A return of an area that was a comparison site on any day from the quarter's first to the due day."""
    role = Membership.objects.filter(
        Q(starts=None) | Q(starts__lte=OuterRef("due_on")),
        Q(ends=None) | Q(ends__gt=OuterRef("quarter_starts")),
        area=OuterRef("area"),
        role=MemberRole.COMPARISON,
    )
    return Exists(role)


FiguresByQuarter = Mapping[tuple[int, Quarter], Mapping[FigureKey, Cell]]


def figures_of(
    reach: Reach,
    areas: Iterable[LocalArea | int] | None = None,
    *,
    measures: Iterable[str] | None = None,
    quarters: Iterable[Quarter] | None = None,
    as_at: date | None = None,
) -> FiguresByQuarter:
    """Signed-off figures that a person may know of, by the number of the area and the quarter.

    `areas`, `measures` (ids) and `quarters`: None for all. `as_at`: as they stood at the end of that day,
    None for the latest. Quarters in which nothing is signed off are left out. Two queries in all.
    """
    return signed_off_figures(_wanted(returns(reach), areas, quarters), measures=measures, as_at=as_at)


def signed_off_figures(
    found: QuerySet[QuarterlyReturn], *, measures: Iterable[str] | None = None, as_at: date | None = None
) -> FiguresByQuarter:
    """The same, of returns that are found already."""
    chosen = {
        version: (area, Quarter.of(starts))
        for version, area, starts in _in_force(found, as_at).values_list(
            "pk", "of__area_id", "of__quarter_starts"
        )
    }
    rows = Figure.objects.filter(version__in=_in_force(found, as_at).values("pk")).order_by()
    if measures is not None:
        rows = rows.filter(measure__in=list(measures))
    told: dict[tuple[int, Quarter], dict[FigureKey, Cell]] = {where: {} for where in chosen.values()}
    fields = rows.values_list("version_id", "measure", "figure", "grouping", "breakdown", "state", "number")
    for version, measure, figure, grouping, breakdown, state, number in fields.iterator(chunk_size=5_000):
        if version in chosen:  # a version signed off between the two queries waits for the next look
            told[chosen[version]][_key(measure, figure, grouping, breakdown)] = as_cell(state, number)
    return told


def reasons_of(
    reach: Reach,
    areas: Iterable[LocalArea | int] | None = None,
    *,
    measures: Iterable[str] | None = None,
    quarters: Iterable[Quarter] | None = None,
    as_at: date | None = None,
) -> Mapping[tuple[int, Quarter], Mapping[FigureKey, str]]:
    """What was said about signed-off figures, for those about which anything was said. One query."""
    found = _wanted(returns(reach), areas, quarters)
    rows = Figure.objects.filter(version__in=_in_force(found, as_at).values("pk")).exclude(reason="")
    if measures is not None:
        rows = rows.filter(measure__in=list(measures))
    told: dict[tuple[int, Quarter], dict[FigureKey, str]] = {}
    for row in rows.select_related("version__of").order_by("version", "pk"):
        where = row.version.of.area_id, row.version.of.quarter
        told.setdefault(where, {})[key_of(row)] = row.reason
    return told


def _wanted(
    found: QuerySet[QuarterlyReturn],
    areas: Iterable[LocalArea | int] | None,
    quarters: Iterable[Quarter] | None,
) -> QuerySet[QuarterlyReturn]:
    if areas is not None:
        numbers = [each if isinstance(each, int) else each.pk for each in areas]
        found = found.filter(area__in=numbers)
    if quarters is not None:
        found = found.filter(quarter_starts__in=[each.starts for each in quarters])
    return found


def _in_force(found: QuerySet[QuarterlyReturn], as_at: date | None) -> QuerySet[Version]:
    """The version of each return that is signed off, or that was at the end of a day."""
    versions = Version.objects.filter(of__in=found.order_by().values("pk")).order_by()
    if as_at is None:
        return versions.filter(state=State.SIGNED_OFF)
    signed = versions.filter(signed_off_at__date__lte=as_at)
    later = Version.objects.filter(
        of=OuterRef("of"), number__gt=OuterRef("number"), signed_off_at__date__lte=as_at
    )
    return signed.filter(~Exists(later))


@lru_cache(maxsize=20_000)
def _key(measure: str, figure: str, grouping: str, breakdown: str) -> FigureKey:
    return FigureKey(measure, figure, grouping, breakdown)


def key_of(row: Figure) -> FigureKey:
    return _key(row.measure, row.figure, row.grouping, row.breakdown)


def as_cell(state: str, number: float | None) -> Cell:
    """A stored figure as a value. The database keeps numbers as fractions; counts become whole again."""
    if number is None:
        return Cell.without(CellState(state))
    return Cell.of(int(number) if number.is_integer() else number)
