"""Preparing a release: joins the areas' figures with disclosure, a measure and its kin at a time.

Measures that ask for the same counts are worked out together, all others by themselves. Work is done in
stretches of some seconds: a request does one stretch and keeps what it has, so that nothing runs out of
anybody's sight, any stretch may be the last, and a server that is stopped loses one measure's work at most.
"""

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from ithrive.disclosure import CountTable, Publication, publish_after
from ithrive.disclosure import rule as rule_named
from ithrive.disclosure.rules import Rule
from ithrive.disclosure.tables import Name
from ithrive.measures import CellState, Level, Measure, kin, measures
from ithrive.periods import Quarter
from ithrive.problems import NotAllowed
from ithrive.web.areas.children import children_in
from ithrive.web.areas.models import Country, LocalArea
from ithrive.web.history.record import Author
from ithrive.web.overview.release_between import between_measures
from ithrive.web.overview.release_figures import (
    Figures,
    changed_at,
    figures_at,
    public_members,
)
from ithrive.web.overview.release_rows import Published, public_rows
from ithrive.web.overview.release_sums import known_sums
from ithrive.web.overview.release_tables import Supplied, count_tables
from ithrive.web.overview.release_telling import Before, telling_totals, tells_of_many_only
from ithrive.web.publications import actions
from ithrive.web.publications.life import State
from ithrive.web.publications.models import Release
from ithrive.web.publications.queries import earlier_entries, entry_of, released

# A safety net for one try at one measure: the work itself is counted in steps and takes a second or two.
SECONDS = 20.0
STRETCH = 10.0
STRICT = "programme-strict"


def releasable_measures() -> list[Measure]:
    """Those in use or drafted, whose figures may be shown of the programme at least."""
    return [
        each for each in measures().values() if Level.PROGRAMME in each.levels and not each.retired_because
    ]


def begin(
    *,
    country: Country,
    title: str,
    quarters: Sequence[Quarter],
    chosen: Sequence[str],
    rule: str,
    by: Author,
) -> Release:
    """Begin a release of every area that was publicly a member, and of no other. Raises NotAllowed."""
    unknown = set(chosen) - {each.id for each in releasable_measures()}
    if unknown:
        raise NotAllowed(f"There is no measure {min(unknown)} that can be released.")
    return actions.begin_release(
        country=country,
        title=title,
        quarters=[each.label for each in sorted(quarters)],
        measures=[each for each in measures() if each in set(chosen)],
        rule=rule,
        areas=[each.pk for each in public_members(country, quarters)],
        by=by,
    )


def work_on(release: Release, *, by: Author, seconds: float = STRETCH) -> bool:
    """Work out measures for a stretch of time; true once the release is prepared. Raises BadInput."""
    ends = time.monotonic() + seconds
    there = set(release.tables.values_list("measure", flat=True))
    for measure in release.measures:
        if measure in there:
            continue
        there |= _work_out(release, [measures()[each] for each in kin(measure)])
        if time.monotonic() >= ends:
            break
    if there < set(release.measures):
        return False
    actions.finish_preparing(release=release, by=by)
    return True


def prepare(
    *,
    country: Country,
    title: str,
    quarters: Sequence[Quarter],
    chosen: Sequence[str],
    rule: str,
    by: Author,
) -> Release:
    """The whole of it at once, however long it takes."""
    release = begin(country=country, title=title, quarters=quarters, chosen=chosen, rule=rule, by=by)
    while not work_on(release, by=by):
        pass
    release.refresh_from_db()
    assert release.state == State.PREPARED
    return release


def _work_out(release: Release, family: Sequence[Measure]) -> set[str]:
    """Work out measures that share counts, together even where only some were chosen; those that were."""
    quarters = [Quarter.parse(each) for each in release.quarters]
    areas = list(LocalArea.objects.filter(pk__in=release.areas).select_related("country"))
    supplied = [each for measure in family for each in _supplied(release, measure, areas, quarters)]
    rule = _rule(release, family)
    tables = {each: count_tables(each) for each in supplied}
    between = between_measures(supplied)
    unseen = {table.name(()): table for each in between for table in each.unseen}
    every = [*(table for some in tables.values() for table in some), *unseen.values()]
    earlier = earlier_entries(release.country, [each.id for each in family])
    draft = replace(actions.draft_entry(release), vintages=_vintages(tables))
    publication = publish_after(
        every,
        rule,
        draft,
        earlier,
        also_hidden={
            name for each in supplied for name in telling_totals(each, rule, _before(release, each))
        },
        known_sums=[*known_sums(every, family), *(each.sum for each in between)],
        seconds=SECONDS,
    )
    chosen: dict[str, list[list[object]]] = {each.id: [] for each in family if each.id in release.measures}
    for each in supplied:
        if each.measure.id in chosen:
            chosen[each.measure.id] += _rows(each, publication, rule, areas)
    entry = draft.with_publication(publication)
    actions.add_tables(release=release, rows=chosen, entry=entry, earlier=earlier)
    return set(chosen)


def _vintages(tables: Mapping[Supplied, Sequence[CountTable]]) -> dict[Name, str]:
    """Each figure's: when its area signed off a change of the measure, or all areas of a sum theirs. Who
    sends nothing new keeps it from release to release.
    """
    found = {}
    for each, some in tables.items():
        of_all = hashlib.sha256(repr(sorted(each.sent.items())).encode()).hexdigest()[:12]
        together = f"{max(each.sent.values(), default='')} {of_all}"
        for name in (name for table in some for name in table.names()):
            area = next((part.removeprefix("area=") for part in name if part.startswith("area=")), None)
            found[name] = together if area is None else each.sent[area]
    return found


def _before(release: Release, supplied: Supplied) -> list[Before]:
    """What earlier releases showed of a measure and quarter, and whose figures that was."""
    if not tells_of_many_only(supplied):
        return []
    label = supplied.quarter.label
    others = released().filter(country=release.country, tables__measure=supplied.measure.id)
    found = []
    for other in (each for each in others if label in each.quarters):
        cells = entry_of(other.tables.get(measure=supplied.measure.id)).publication.cells
        areas = list(LocalArea.objects.filter(pk__in=other.areas).select_related("country"))
        (then,) = _supplied(other, supplied.measure, areas, [supplied.quarter])
        shown = frozenset(name for name, each in cells.items() if each.cell.number is not None)
        found.append(Before(frozenset(then.figures), shown))
    return found


def _supplied(
    release: Release, measure: Measure, areas: Sequence[LocalArea], quarters: Sequence[Quarter]
) -> list[Supplied]:
    """What areas sent of a measure, quarter by quarter. Who was no member then is not in it."""
    found = figures_at(release.areas, quarters, release.taken_at, measure.id)
    moments = changed_at(release.areas, quarters, [measure.id])
    supplied = []
    for quarter in quarters:
        members = {each.pk for each in public_members(release.country, [quarter])}
        sent = [
            area for area in areas if area.pk in members and sent_something(found.get((area.pk, quarter), {}))
        ]
        figures = {table_name(area): found[area.pk, quarter] for area in sent}
        when = {table_name(area): _last(moments[area.pk, quarter], by=release.taken_at) for area in sent}
        supplied.append(Supplied(measure, quarter, figures, when))
    return supplied


def _last(moments: Sequence[datetime], *, by: datetime) -> str:
    return f"{max(each for each in moments if each <= by):%Y-%m-%d %H:%M:%S.%f}"


def _rows(
    supplied: Supplied, publication: Publication, rule: Rule, areas: Sequence[LocalArea]
) -> list[list[object]]:
    members = {each.pk for each in public_members(areas[0].country, [supplied.quarter])}
    here = [each for each in areas if each.pk in members]
    names = {table_name(each): (each.kind, each.code, each.name) for each in here}
    people = children_in(here, supplied.quarter)
    by_name = {table_name(each): people[each.pk] for each in here if each.pk in people}
    return [row.to_list() for row in public_rows(Published(supplied, publication, rule, names, by_name))]


def _rule(release: Release, family: Sequence[Measure]) -> Rule:
    """The rule of the release; for rare and sensitive measures never a looser one than the strict rule."""
    on = release.taken_at.date()
    usual = rule_named(release.rule, on)
    strict = rule_named(STRICT, on)
    stricter = any(each.strict for each in family) and usual.largest_hidden < strict.largest_hidden
    return strict if stricter else usual


def table_name(area: LocalArea) -> str:
    """An area's name in tables of counts: for ever the same, and never that of another."""
    return f"{area.kind} {area.code}"


def sent_something(figures: Figures) -> bool:
    """Whether an area sent a measure at all. What it withheld or hid itself was sent: it is told as such."""
    return any(cell.state is not CellState.NOT_SUBMITTED for cell in figures.values())
