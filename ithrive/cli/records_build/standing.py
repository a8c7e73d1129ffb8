"""What stands in the way of figures: months nobody sent, absent tables, fields filled in badly."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from math import floor

from ithrive.cli.records_build.needed import OWN_MONTHS_ONLY, fields_of, quarters_back, rests_on, tables_of
from ithrive.measures import CellState, Measure
from ithrive.periods import Quarter
from ithrive.records.checks import CheckReport
from ithrive.records.checks.quality import grade, least_share, pooled
from ithrive.records.model import model, month_number, month_start
from ithrive.records.sites import DatedSites

SHOWN = 3


@dataclass(frozen=True)
class Obstacle:
    """The state of a figure that cannot be had, and the reason in a sentence."""

    state: CellState
    reason: str


@dataclass(frozen=True)
class Standing:
    """What was sent, by whom and how well, of the sites of a run."""

    report: CheckReport
    sites: DatedSites

    def obstacle(self, site: str, quarter: Quarter, measure: Measure) -> Obstacle | None:
        """Why figures of the measure cannot be had, or None. What is missing goes before what is poor."""
        months = _months(quarter, quarters_back(measure))
        return (
            self._not_sent(site, months)
            or self._absent(measure)
            or self._faulty(months, measure)
            or self._poor(site, months, measure)
        )

    @cached_property
    def sent(self) -> dict[str, set[int]]:
        """The months each provider sent, under the name it has after every succession."""
        found: dict[str, set[int]] = defaultdict(set)
        for provider, month in self.report.extract.provider_months:
            found[self.sites.successors.get(provider, provider)].add(month)
        return dict(found)

    def providers(self, site: str, months: tuple[int, ...]) -> list[str]:
        """Who makes up the site in any of these months, among those who sent anything at all."""
        first, after = month_start(months[0]), month_start(months[-1] + 1)
        parts = [
            part
            for part in self.sites.members
            if part.site == site
            and (part.begins is None or part.begins < after)
            and (part.ends is None or part.ends > first)
        ]
        return [
            code for code in sorted(self.sent) if any(not p.providers or code in p.providers for p in parts)
        ]

    def _not_sent(self, site: str, months: tuple[int, ...]) -> Obstacle | None:
        """A provider owes every month from the first it sent to the last of the extract."""
        providers = self.providers(site, months)
        if not any(self.sent[code] & set(months) for code in providers):
            return _not_submitted("Nobody of the site submitted anything for it.")
        begins = min(self.report.extract.months)
        if months[0] < begins:
            first = f"{month_start(begins):%Y-%m}"
            return _not_submitted(f"It looks back to months before {first}, where the extract begins.")
        for code in providers:
            gone = [m for m in months if m not in self.sent[code] and m > min(self.sent[code])]
            if gone:
                named = ", ".join(f"{month_start(month):%Y-%m}" for month in gone[:SHOWN])
                return _not_submitted(f"{code} did not submit {named}.")
        return None

    def _absent(self, measure: Measure) -> Obstacle | None:
        wanted = {*tables_of(measure), *({"MHS902"} & {short for short, _ in rests_on(measure)})}
        absent = self.report.extract.absent_tables & wanted
        if not absent:
            return None
        names = ", ".join(model()[short].name for short in sorted(absent))
        return Obstacle(CellState.WITHHELD, f"The extract has no table {names}.")

    def _faulty(self, months: tuple[int, ...], measure: Measure) -> Obstacle | None:
        """A file that cannot be read, or lacks a column: what it held is missing from the figure unseen."""
        needed = rests_on(measure)
        tables = {short for short, _ in needed}
        for fault in self.report.findings:
            of_file = fault.code == "unreadable" and fault.table in tables
            of_column = (
                fault.code == "missing_column" and {(fault.table, name) for name in fault.fields} & needed
            )
            if (of_file or of_column) and _touches(fault.months, months, measure):
                return Obstacle(CellState.WITHHELD, f"{fault.problem.place}: {fault.problem.what}")
        return None

    def _poor(self, site: str, months: tuple[int, ...], measure: Measure) -> Obstacle | None:
        """Of all the rows that the cell looks at, not month by month: a service with a dozen contacts a month
        would lose its figures to one of them.
        """
        final, wanted = self.sites.successors, set(self.providers(site, months))
        codes = {code for code, _ in self.report.extract.provider_months if final.get(code, code) in wanted}
        for short, name in fields_of(measure):
            found = [self.report.quality.get((short, name, c, m)) for c in codes for m in months]
            every = pooled(each for each in found if each)
            if grade(every, short, name) == "poor":
                needed = f"{least_share(short, name):.0%} are needed"
                # No number of rows: of a small service it would be a small count of people.
                what = f"{short}.{name} says something on only {floor(every.share * 100)}% of its rows"
                return Obstacle(CellState.WITHHELD, f"{what}; {needed}.")
        return None


def _not_submitted(reason: str) -> Obstacle:
    return Obstacle(CellState.NOT_SUBMITTED, reason)


def _touches(faulty: tuple[int, ...], months: tuple[int, ...], measure: Measure) -> bool:
    """Whether a fault of these months (none named: of all) lies where the measure looks."""
    if not faulty:
        return True
    first = months[0] if measure.id in OWN_MONTHS_ONLY else 0
    return any(first <= month <= months[-1] for month in faulty)


def _months(quarter: Quarter, back: int) -> tuple[int, ...]:
    first = month_number((quarter + (1 - back)).starts)
    return tuple(range(first, month_number(quarter.ends)))
