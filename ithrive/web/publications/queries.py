"""Finding releases. Anybody may know of those that are released; the others are for those who prepare."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from django.db.models import QuerySet
from django.utils import timezone

from ithrive.disclosure import Release as LedgerEntry
from ithrive.web.areas.models import Country
from ithrive.web.publications.life import State
from ithrive.web.publications.models import Release, ReleaseTable


def released() -> QuerySet[Release]:
    """What is public, the latest first."""
    known = Release.objects.filter(state=State.RELEASED).select_related("country")
    return known.order_by("-released_at", "-pk")


def every_release() -> QuerySet[Release]:
    """All of them, whatever became of them. The caller asks for the right first."""
    return Release.objects.select_related("country", "prepared_by", "released_by").order_by("-pk")


def public_tables(release: Release) -> QuerySet[ReleaseTable]:
    """Its tables without what is confidential about them."""
    return release.tables.defer("entry", "reasons").order_by("measure")


def confidential_tables(release: Release) -> QuerySet[ReleaseTable]:
    """Its tables with the ledger's entry. The caller asks for the right first."""
    return release.tables.defer("rows").order_by("measure")


def earlier_entries(
    country: Country, measures: Collection[str], *, but: Release | None = None
) -> tuple[LedgerEntry, ...]:
    """What the ledger says of measures that share counts: every release of any of them in this country, the
    first one first. An entry is of all of them, so one of a release is enough.
    """
    tables = ReleaseTable.objects.filter(
        release__country=country, release__state=State.RELEASED, measure__in=measures
    )
    if but is not None:
        tables = tables.exclude(release=but)
    found = tables.defer("rows").select_related("release__released_by")
    by_release = {each.release_id: each for each in found.order_by("release__released_at", "release", "pk")}
    return tuple(entry_of(each) for each in by_release.values())


def entry_of(table: ReleaseTable) -> LedgerEntry:
    """A table as the ledger keeps it, with the day and the person of its release once there are any."""
    entry, release = LedgerEntry.from_json(table.entry), table.release
    if release.released_at is None or release.released_by is None:
        return entry
    day = timezone.localdate(release.released_at)
    return replace(entry, released_on=day, released_by=release.released_by.reference)


def later_releases(release: Release) -> Sequence[Release]:
    """Releases after this one that show some of the same measures and quarters."""
    if release.released_at is None:
        return ()
    after = released().filter(country=release.country, taken_at__gt=release.taken_at)
    return [
        each
        for each in after
        if set(each.measures) & set(release.measures) and set(each.quarters) & set(release.quarters)
    ]
