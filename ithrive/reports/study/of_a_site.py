"""One site's own page: its figures and what was received of it, and never one arm against the other."""

from collections.abc import Iterator
from dataclasses import replace

from ithrive.evaluation.numbers import number
from ithrive.evaluation.study import OutcomeResult, SitePoint, SiteSeries, StudyResults
from ithrive.reports.document import Block, Document, Drawn, Grid, Heading, NewPage, Paragraph
from ithrive.reports.pictures import Frame, one_site

SIDE_BY_SIDE = 3  # outcomes in one table, so that it keeps to a page's width
Own = list[tuple[OutcomeResult, SiteSeries]]


def site_pages(results: StudyResults, frame: Frame) -> Iterator[Block]:
    """Every site's page, for evaluators, with pictures of primary outcomes. The page bears the mark."""
    unmarked = replace(frame, mark="")
    yield NewPage()
    yield Heading(2, "Site by site", "site-by-site")
    for at, each in enumerate(sorted(results.flow.sites, key=lambda each: (each.arm, each.site))):
        if at:
            yield NewPage()
        yield Heading(3, each.site)
        yield from _own(results, each.site, unmarked, primary_alone=True)


def site_report(results: StudyResults, site: str) -> Document:
    """What a site may read of itself at any time, accelerator or comparison site alike.

    Raises KeyError where the study has no such site.
    """
    if site not in {each.site for each in results.flow.sites}:
        raise KeyError(site)
    fictional = ("A fictional study",) if results.fictional else ()
    frame = Frame(results.alpha, " · ".join(fictional))
    return Document(
        f"{results.name}: {site}",
        "Your own figures and what was received. Arms are compared only once the study may say so.",
        f"Made from results of {results.at}; protocol {results.standing.protocol_sha256[:16]}.",
        (
            Heading(2, "What was received", "received"),
            *_own(results, site, frame),
            *_sources(results, site),
        ),
        fictional,
    )


def _own(results: StudyResults, site: str, frame: Frame, *, primary_alone: bool = False) -> Iterator[Block]:
    received = next((each for each in results.quality.by_site if each.of == site), None)
    if received:
        yield Paragraph(
            f"{received.received} of {received.expected} expected figures came ({received.grade}; source"
            f" {results.quality.source})."
        )
    own = _series(results, site)
    if own:
        headings = ("Outcome", "Unit", "First", "Last", "Received")
        yield Grid(f"Figures of {site}", headings, tuple(_first_and_last(*each) for each in own), _from(own))
    drawn = [each for each in own if each[0].family == "primary" or not primary_alone]
    for outcome, series in drawn:
        if any(each.figure is not None for each in series.points):
            yield Drawn(one_site(outcome, series, frame), series.source, table=False)
    for at in range(0, len(drawn), SIDE_BY_SIDE):
        yield _quarter_by_quarter(site, drawn[at : at + SIDE_BY_SIDE])


def _series(results: StudyResults, site: str) -> Own:
    return [(outcome, each) for outcome in results.outcomes for each in outcome.series if each.site == site]


def _first_and_last(outcome: OutcomeResult, series: SiteSeries) -> tuple[str, ...]:
    there = [each for each in series.points if each.figure is not None]
    ends = (
        [f"{number(each.figure)} ({each.quarter})" for each in (there[0], there[-1])] if there else ["–"] * 2
    )
    return outcome.title, outcome.unit, *ends, f"{len(there)} of {len(series.points)}"


def _quarter_by_quarter(site: str, own: Own) -> Grid:
    """The figures of the pictures above; where there is none or it was not used, why."""
    quarters = list(dict.fromkeys(point.quarter for _, series in own for point in series.points))
    found = [{point.quarter: point for point in series.points} for _, series in own]
    rows = tuple((quarter, *(_told(each.get(quarter)) for each in found)) for quarter in quarters)
    headings = ("Quarter", *(f"{outcome.title}: {outcome.unit}" for outcome, _ in own))
    return Grid(f"{site}, quarter by quarter", headings, rows, _from(own))


def _from(own: Own) -> str:
    return ", ".join(each.source for _, each in own)


def _told(point: SitePoint | None) -> str:
    if point is None:
        return "–"
    figure = point.state if point.figure is None else number(point.figure)
    return figure if point.used or not point.why_not else f"{figure} (not used: {point.why_not})"


def _sources(results: StudyResults, site: str) -> Iterator[Block]:
    known = [each for _, series in _series(results, site) for each in [results.source(series.source)]]
    rows = tuple(
        (each.id, each.waves, each.vintage, each.method)
        for each in (results.source(results.quality.source), *known)
    )
    yield Heading(2, "Where each number comes from", "sources")
    yield Grid("Sources", ("Source", "Waves", "Vintage", "Method"), rows)
