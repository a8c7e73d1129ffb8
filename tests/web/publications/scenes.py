"""Signed-off returns of some areas for the tests of releases. The figures are invented."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.utils import timezone

from ithrive.areas.membership import MemberRole
from ithrive.measures import Cell, FigureKey, grouping_codes
from ithrive.periods import Quarter
from ithrive.returns.life import State
from ithrive.web.accounts.models import Person
from ithrive.web.areas.actions import set_membership
from ithrive.web.areas.models import LocalArea
from ithrive.web.history.record import Command
from ithrive.web.overview.releases import prepare
from ithrive.web.publications.actions import digest_of, draft_entry
from ithrive.web.publications.models import Release, ReleaseTable
from ithrive.web.returns.models import Figure, QuarterlyReturn, Version
from tests.cast import Cast, local_area

QUARTER = Quarter(2026, 2)  # April to June 2026
BY = Command("tests")
GROUPINGS = grouping_codes()
# Spells that reached help, and of them within 28 days, by grouping, in six areas.
STARTED = {
    "T001": (60, 45, 80, 33, 12, 5),
    "T002": (52, 61, 70, 28, 9, 8),
    "T003": (40, 38, 95, 41, 7, 10),
    "T004": (66, 29, 58, 25, 11, 6),
    "T005": (48, 55, 72, 30, 3, 12),
    "T006": (57, 42, 63, 36, 14, 9),
}
AREAS = ("Alderbrook", "Brackenford", "Corriemere", "Dunmere", "Elmstow", "Farholt")


def members(cast: Cast) -> list[LocalArea]:
    """Six areas that are members since long before the quarter; no other has a role."""
    geography = cast.country.geographies.get()
    others = [local_area(geography, f"T00{number}", name) for number, name in enumerate(AREAS[2:], start=3)]
    areas = [cast.alderbrook, cast.brackenford, *others]
    for area in areas:
        set_membership(area=area, role=MemberRole.MEMBER, starts=date(2024, 1, 1), by=BY)
    return areas


def help_within_weeks(started: tuple[int, ...]) -> dict[FigureKey, Cell]:
    """Measure H3 as a return holds it; seven in ten within 28 days."""
    figures: dict[FigureKey, Cell] = {}
    for code, share in (
        ("started", 1.0),
        ("within-28-days", 0.7),
        ("contact-made", 0.9),
        ("outcome-recorded", 0.6),
        ("plan-recorded", 0.8),
    ):
        parts = [int(each * share) for each in started]
        figures[FigureKey("H3", code)] = Cell.of(sum(parts))
        figures |= {FigureKey("H3", code, g): Cell.of(n) for g, n in zip(GROUPINGS, parts, strict=True)}
    return figures


def waits(seen: int, median: float, p90: float) -> dict[FigureKey, Cell]:
    """Measure H2, without groupings."""
    return {
        FigureKey("H2", "seen"): Cell.of(seen),
        FigureKey("H2", "median-days"): Cell.of(median),
        FigureKey("H2", "p90-days"): Cell.of(p90),
    }


def detentions(number: int) -> dict[FigureKey, Cell]:
    """Measure R4: rare, sensitive, and never by area."""
    codes = ("section-136", "detentions", "adult-ward-bed-days")
    return {FigureKey("R4", code): Cell.of(number) for code in codes}


def signed_off(
    area: LocalArea,
    figures: Mapping[FigureKey, Cell],
    *,
    quarter: Quarter = QUARTER,
    at: datetime | None = None,
) -> Version:
    """The next version of an area's return, signed off; the one before it is replaced."""
    found, _ = QuarterlyReturn.objects.get_or_create(
        area=area,
        quarter_starts=quarter.starts,
        defaults={
            "form_version": "1",
            "due_on": quarter.ends + timedelta(days=30),
            "closes_on": quarter.ends + timedelta(days=60),
        },
    )
    found.versions.filter(state=State.SIGNED_OFF).update(state=State.REPLACED)
    person, moment = Person.objects.order_by("pk")[0], at or timezone.now() - timedelta(seconds=5)
    version = Version.objects.create(
        of=found,
        number=found.versions.count() + 1,
        state=State.SIGNED_OFF,
        came_by="form",
        submitted_by=person,
        submitted_at=moment,
        first_submitted_at=moment,
        signed_off_by=person,
        signed_off_at=moment,
    )
    Figure.objects.bulk_create(
        Figure(
            version=version,
            measure=key.measure,
            figure=key.figure,
            grouping=key.grouping,
            breakdown=key.breakdown,
            state=cell.state.value,
            number=cell.number,
        )
        for key, cell in figures.items()
    )
    return version


def a_quarter(cast: Cast) -> list[LocalArea]:
    """Six members, each of which signed off its figures for the quarter."""
    areas = members(cast)
    for number, area in enumerate(areas):
        figures = help_within_weeks(STARTED[area.code])
        signed_off(area, figures | waits(8 + 20 * number, 30 + number, 90 + number) | detentions(2 + number))
    return areas


def prepared(
    cast: Cast,
    *,
    by: Person | None = None,
    chosen: tuple[str, ...] = ("H2", "H3", "R4"),
    rule: str = "programme",
) -> Release:
    return prepare(
        country=cast.country,
        title="Figures for April to June 2026",
        quarters=[QUARTER],
        chosen=chosen,
        rule=rule,
        by=by or cast.pat,
    )


def releases_standing(cast: Cast) -> None:
    """A released and a prepared release of one measure that nobody sent: for what asks only who may."""
    for reference, state in (("shown", "released"), ("waiting", "prepared"), ("half-done", "being prepared")):
        public = state == "released"
        standing = Release.objects.create(
            reference=reference,
            title=f"Figures {reference}",
            country=cast.country,
            state=state,
            quarters=[QUARTER.label],
            measures=["T1"],
            rule="programme",
            areas=[cast.alderbrook.pk],
            taken_at=timezone.now(),
            prepared_by=cast.eve,
            prepared_as=cast.eve.reference,
            released_by=cast.pat if public else None,
            released_at=timezone.now() if public else None,
        )
        if state != "being prepared":
            table = add_nothing(standing)
            standing.digest = digest_of([table])
            standing.save()


def add_nothing(release: Release) -> ReleaseTable:
    place = [QUARTER.label, "programme", "", "All areas together"]
    nobody_sent = [[*place, "T1", "count", "settings", "Schools", "", "count", "not submitted", None, 0]]
    return ReleaseTable.objects.create(
        release=release, measure="T1", rows=nobody_sent, figures=0, hidden=0, gap=0, exposed=0,
        rule="programme", entry=draft_entry(release).to_json(),
    )  # fmt: skip
