"""Every change to a release: begun, worked on, prepared, withdrawn, released."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from ithrive.disclosure import Publication, exposed, why_not_release
from ithrive.disclosure import Release as LedgerEntry
from ithrive.disclosure.tables import Name
from ithrive.measures import kin
from ithrive.problems import NotAllowed
from ithrive.web.accounts.models import Person
from ithrive.web.areas.models import Country
from ithrive.web.history.record import Author, record
from ithrive.web.publications.life import State, why_not_move, why_not_release_by
from ithrive.web.publications.models import Release, ReleaseTable
from ithrive.web.publications.queries import earlier_entries, entry_of

NOBODY_YET = "nobody yet"
MOST_REASONS = 5  # in one refusal; the attacker's report has them all


@transaction.atomic
def begin_release(
    *,
    country: Country,
    title: str,
    quarters: Sequence[str],
    measures: Sequence[str],
    rule: str,
    areas: Sequence[int],
    by: Author,
) -> Release:
    """Say what a release is to hold. Its figures are those signed off by now; nothing is public yet."""
    _refuse(_why_not_begin(title, quarters, measures, areas))
    _one_at_a_time(country)
    release = Release.objects.create(
        reference=_new_reference(quarters),
        title=title.strip(),
        country=country,
        state=State.PREPARING,
        quarters=list(quarters),
        measures=list(measures),
        rule=rule,
        areas=list(areas),
        taken_at=timezone.now(),
        prepared_by=by if isinstance(by, Person) else None,
        prepared_as=by.reference,
    )
    _tell(release, by, "begin a release", f"begun, under the rule “{rule}”", after=_of(release))
    return release


@transaction.atomic
def add_tables(
    *,
    release: Release,
    rows: Mapping[str, Sequence[Sequence[object]]],
    entry: LedgerEntry,
    earlier: Sequence[LedgerEntry],
) -> None:
    """Keep measures of a release that is being prepared, which were worked out together: their rows, and what
    the ledger holds of all of them. The line of history comes when all measures are there.
    """
    _expect(_locked(release), State.PREPARING)
    publication, reasons = entry.publication, list(why_not_release(entry, earlier))
    exposed_names = [each.name for each in exposed([entry.seen])]
    for measure, some in rows.items():
        ReleaseTable.objects.create(
            release=release,
            measure=measure,
            rows=some,
            figures=_of_measure(publication.cells, measure),
            hidden=_of_measure(publication.hidden, measure),
            gap=publication.gap,
            in_time=publication.in_time,
            limited=_of_measure(publication.limits, measure) > 0,
            exposed=_of_measure(exposed_names, measure),
            rule=publication.rule,
            entry=entry.to_json(),
            reasons=reasons,
        )


def _of_measure(names: Iterable[Name], measure: str) -> int:
    return sum(name[0] == measure for name in names)


def draft_entry(release: Release) -> LedgerEntry:
    """What the ledger is going to hold of a release, without its figures."""
    day = timezone.localdate()
    return LedgerEntry(
        release.reference, day, release.vintage, release.prepared_as, NOBODY_YET, Publication("", {}, ())
    )


@transaction.atomic
def finish_preparing(*, release: Release, by: Author) -> None:
    """All measures are there: the content is fixed, and somebody else may release it."""
    found = _locked(release)
    _expect(found, State.PREPARING)
    tables = list(found.tables.order_by("measure"))
    if {each.measure for each in tables} != set(found.measures):
        raise NotAllowed("Not every measure of this release is worked out yet.")
    release.state, release.prepared_at = State.PREPARED, timezone.now()
    release.digest = digest_of(tables)
    release.save(update_fields=["state", "prepared_at", "digest"])
    counts = {
        "figures": sum(each.figures for each in tables),
        "hidden": sum(each.hidden for each in tables),
        "digest": release.digest,
    }
    _tell(release, by, "prepare a release", "prepared", after=counts)


@transaction.atomic
def withdraw_prepared(*, release: Release, reason: str, by: Author) -> None:
    """Stop a release before anybody outside has seen it. The history keeps the reason."""
    found = _locked(release)
    _refuse(why_not_move(State(found.state), State.WITHDRAWN))
    release.state, release.withdrawn_because = State.WITHDRAWN, reason.strip()
    release.save(update_fields=["state", "withdrawn_because"])
    _tell(release, by, "withdraw a release", f"withdrawn before it was released: {reason.strip()}")


@transaction.atomic
def release_figures(*, release: Release, by: Person) -> None:
    """Make a prepared release public. Refused with every reason, differencing against all earlier releases
    included; `by` is not who prepared it.
    """
    _one_at_a_time(release.country)
    found = _locked(release)
    _refuse(why_not_release_by(State(found.state), found.prepared_as, by.reference))
    if digest_of(list(found.tables.order_by("measure"))) != found.digest:
        raise NotAllowed("Its figures are not those that were prepared. Withdraw it and prepare it again.")
    if reasons := reasons_against(found, by):
        more = len(reasons) - MOST_REASONS
        told = " ".join(reasons[:MOST_REASONS]) + (
            f" And {more:,} more reasons like these." if more > 0 else ""
        )
        raise NotAllowed(told)
    release.state, release.released_by, release.released_at = State.RELEASED, by, timezone.now()
    release.save(update_fields=["state", "released_by", "released_at"])
    _tell(
        release, by, "release figures", "released", after={**_of(release), "prepared by": found.prepared_as}
    )


def reasons_against(release: Release, by: Author) -> tuple[str, ...]:
    """What the ledger has against releasing this now, measure by measure. Confidential: figures are named."""
    reasons: dict[str, None] = {}
    for table in release.tables.defer("rows").select_related("release").order_by("measure"):
        entry = replace(entry_of(table), released_on=timezone.localdate(), released_by=by.reference)
        earlier = earlier_entries(release.country, kin(table.measure))
        reasons |= dict.fromkeys(why_not_release(entry, earlier))
    return tuple(reasons)


def digest_of(tables: Sequence[ReleaseTable]) -> str:
    """The SHA-256 of everything public in a release, as JSON in the order of its measures."""
    content = [[each.measure, each.rows] for each in sorted(tables, key=lambda each: each.measure)]
    written = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _why_not_begin(
    title: str, quarters: Sequence[str], measures: Sequence[str], areas: Sequence[int]
) -> str | None:
    if not title.strip():
        return "Enter a title, so that readers know the release from others."
    if not quarters or not measures:
        return "Choose at least one quarter and one measure."
    if not areas:
        return "No area was a member in these quarters, so there is nothing to publish."
    return None


def _new_reference(quarters: Sequence[str]) -> str:
    """The first quarter as an address, and a number if there is such a release already: “2026-27-q1-2”."""
    first = slugify(min(quarters).replace("/", "-"))
    taken = set(Release.objects.filter(reference__startswith=first).values_list("reference", flat=True))
    names = [first, *(f"{first}-{number}" for number in range(2, len(taken) + 2))]
    return next(each for each in names if each not in taken)


def _locked(release: Release) -> Release:
    return Release.objects.select_for_update().select_related("country").get(pk=release.pk)


def _expect(release: Release, state: State) -> None:
    if release.state != state:
        raise NotAllowed(f"This release is {release.state}. Go back and look again.")


def _one_at_a_time(country: Country) -> None:
    """Two releases that are let go at once could give away together what neither does alone."""
    Country.objects.select_for_update().get(pk=country.pk)


def _refuse(reason: str | None) -> None:
    if reason:
        raise NotAllowed(reason)


def _tell(
    release: Release, by: Author, action: str, summary: str, *, after: dict[str, object] | None = None
) -> None:
    record(
        by=by,
        action=action,
        subject=f"release {release.reference}",
        summary=f"{release.title}: {summary}.",
        after=after,
    )


def _of(release: Release) -> dict[str, object]:
    return {
        "reference": release.reference,
        "quarters": release.quarters,
        "measures": release.measures,
        "rule": release.rule,
        "taken at": release.taken_at,
        "digest": release.digest,
    }
