"""The attacker's report and the ledger: for those who prepare releases, because both tell what is small."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils import timezone

from ithrive.areas.timeline import plain_day
from ithrive.disclosure import Publication, Seen, attack, exposed, residual_risk
from ithrive.disclosure import Release as LedgerEntry
from ithrive.measures import kin, measures
from ithrive.web.components import parts
from ithrive.web.components.parts import Params
from ithrive.web.publications.models import Release, ReleaseTable
from ithrive.web.publications.queries import confidential_tables, earlier_entries, entry_of

# How closely each hidden figure is known takes two programmes a figure: of more than so many it is only
# asked whether they stay open, which one example answers for many.
MOST_BOUNDED = 60


@dataclass(frozen=True, slots=True)
class MeasureReport:
    """What a reader who does every sum can find out about one measure."""

    title: str
    words: tuple[str, ...]
    bounds: Params | None
    reasons: tuple[str, ...]


def attack_report(release: Release) -> list[MeasureReport]:
    """One part for each measure, with the earlier releases in the attacker's hands."""
    found = confidential_tables(release).select_related("release__country", "release__released_by")
    return [
        _report(entry_of(table), _others(table, release), table.measure, tuple(table.reasons))
        for table in found
    ]


def _others(table: ReleaseTable, release: Release) -> tuple[LedgerEntry, ...]:
    return earlier_entries(release.country, kin(table.measure), but=release)


def _report(
    entry: LedgerEntry, others: tuple[LedgerEntry, ...], measure: str, reasons: tuple[str, ...]
) -> MeasureReport:
    seen = [each.seen for each in others if each.vintage < entry.vintage] + [entry.seen]
    title = f"{measure} {measures()[measure].title}"
    if len(seen) == 1 and len(entry.publication.hidden) <= MOST_BOUNDED:
        reaches = [each for each in attack(seen) if each.name[0] == measure]
        bounds = [(_words(each.name), _range(each.low, each.high), _asked(each.keeps)) for each in reaches]
        table = parts.table(f"{title}: how closely", ("Figure", "Lies", "Must stay possible"), bounds)
        return MeasureReport(
            title,
            residual_risk(_only(entry.publication, measure), reaches),
            table if bounds else None,
            reasons,
        )
    return MeasureReport(title, (_in_one_sentence(entry, seen, measure),), None, reasons)


def _only(publication: Publication, measure: str) -> Publication:
    """What it holds of one of the measures that it is of."""
    return replace(
        publication,
        cells={name: each for name, each in publication.cells.items() if name[0] == measure},
        limits=tuple(name for name in publication.limits if name[0] == measure),
    )


def _in_one_sentence(entry: LedgerEntry, seen: list[Seen], measure: str) -> str:
    own = _only(entry.publication, measure)
    narrowed = [
        each
        for each in exposed(seen)
        if each.name in own.cells and each.vintage == entry.vintage_of(each.name)
    ]
    small = sum(each.keeps is not None for each in own.cells.values())
    hidden = len(own.hidden)
    gap = own.gap
    proof = "proved to be the least" if gap == 0 else f"up to {gap:.1%} of the shields might have been spared"
    others = f", with {len(seen) - 1} earlier in hand" if len(seen) > 1 else ""
    return (
        f"{hidden:,} figures are hidden, {small:,} of them for being small or telling ({proof}). "
        f"Attacked{others}: {len(narrowed):,} can be narrowed down further than the rule allows."
    )


def _words(name: tuple[str, ...]) -> str:
    return ", ".join(part.partition("=")[2] or part for part in name)


def _range(low: int, high: int | None) -> str:
    if high is None:
        return f"at {low} or above"
    return f"at {low}" if low == high else f"from {low} to {high}"


def _asked(keeps: tuple[int, int] | None) -> str:
    return "hidden as a shield" if keeps is None else f"{keeps[0]} to {keeps[1]}"


def ledger_page(releases: Iterable[Release]) -> Params:
    """Every release and what became of it."""
    rows = [
        (
            (each.title, f"/releases/{each.reference}/"),
            each.state.capitalize(),
            ", ".join(each.quarters),
            f"{timezone.localtime(each.taken_at):%-d %b %Y %H:%M}",
            each.rule,
            each.prepared_by.name if each.prepared_by else each.prepared_as,
            each.released_by.name if each.released_by else "",
            plain_day(each.released_at.date()) if each.released_at else "",
        )
        for each in releases
    ]
    headings = ("Release", "State", "Quarters", "Figures as of", "Rule", "Prepared by", "Released by", "On")
    return parts.table("The release ledger", headings, rows)
