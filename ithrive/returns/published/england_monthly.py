"""One monthly figure for England, as people pass it on: a day, the measure's name, the count."""

from collections.abc import Iterator

from ithrive.returns.published.figures import PublishedFigure, state_and_number
from ithrive.returns.published.findings import Finding, FindingKind
from ithrive.returns.published.marks import read_mark
from ithrive.returns.published.mhsds import SOURCE
from ithrive.returns.published.raw import Raw
from ithrive.returns.published.spans import span
from ithrive.returns.published.units import unit_of

NEEDS = ("date", "measure", "count")
# The official ids of names that are passed on without one.
IDS = {"people in contact with services at the end of the reporting period": "MHS01"}


def import_england_monthly(raw: Raw, *, release: str) -> None:
    """Adds the rows of the table `raw` to the figures, and what is odd about them to the findings."""
    raw.figures.add(list(_figures(raw, release)))


def _figures(raw: Raw, release: str) -> Iterator[PublishedFigure]:
    for printed, title, count, at in raw.figures.rows(
        'SELECT date, measure, "count", rowid FROM raw ORDER BY rowid'
    ):
        # Only the month's last day is printed; its first makes the period.
        found = span(f"{printed.strip()[:8]}01", printed)
        if not found or not title.strip():
            what = f"“{printed} {title} {count}” is no figure of a month."
            raw.findings.append(Finding(FindingKind.FOOTER, raw.row(at), what, "Left out."))
            continue
        read = read_mark(count)
        if read.doubt:
            raw.findings.append(Finding(FindingKind.UNREADABLE, raw.row(at), read.doubt, "Only that cell."))
        state, number = state_and_number(read.cell)
        yield PublishedFigure(
            source=SOURCE,
            release=release,
            status="",
            measure=IDS.get(title.strip().casefold(), title.strip()),
            title=title.strip(),
            unit=unit_of(title),
            breakdown="",
            subgroup="",
            area_kind="country",
            geography="",
            area="England",
            area_name="England",
            period_start=found.starts,
            period_end=found.ends,
            state=state,
            number=number,
        )
