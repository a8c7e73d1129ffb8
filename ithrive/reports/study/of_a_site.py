"""One site's own page: its figures and what was received of it, and never one arm against the other."""

from collections.abc import Iterator

from ithrive.evaluation.study import StudyResults
from ithrive.reports.document import Block, Document, Drawn, Grid, Heading, NewPage, Paragraph
from ithrive.reports.pictures import one_site
from ithrive.reports.pictures.picture import number


def site_pages(results: StudyResults) -> Iterator[Block]:
    """Every site's page, for evaluators."""
    yield NewPage()
    yield Heading(2, "Site by site", "site-by-site")
    for each in results.flow.sites:
        yield Heading(3, each.site)
        yield from _own(results, each.site, pictures=False)


def site_report(results: StudyResults, site: str) -> Document:
    """What a site may read of itself at any time, accelerator or comparison site alike.

    Raises KeyError where the study has no such site.
    """
    if site not in {each.site for each in results.flow.sites}:
        raise KeyError(site)
    title = f"{results.name}: {site}"
    return Document(
        title,
        "Your own figures and what was received. Arms are compared only once the study may say so.",
        f"Made from results of {results.at}; protocol {results.standing.protocol_sha256[:16]}.",
        (Heading(2, "What was received", "received"), *_own(results, site, pictures=True)),
    )


def _own(results: StudyResults, site: str, *, pictures: bool) -> Iterator[Block]:
    received = next((each for each in results.quality.by_site if each.of == site), None)
    if received:
        yield Paragraph(
            f"{received.received} of {received.expected} expected figures came ({received.grade})."
        )
    rows = []
    drawn = []
    for outcome in results.outcomes:
        series = next((each for each in outcome.series if each.site == site), None)
        if series is None:
            continue
        there = [each for each in series.points if each.figure is not None]
        first, last = (there[0], there[-1]) if there else (None, None)
        rows.append(
            (
                outcome.title,
                outcome.unit,
                f"{number(first.figure)} ({first.quarter})" if first else "–",
                f"{number(last.figure)} ({last.quarter})" if last else "–",
                f"{len(there)} of {len(series.points)}",
            )
        )
        drawn.append(one_site(outcome, series)) if pictures and there else None
    if rows:
        yield Grid(f"Figures of {site}", ("Outcome", "Unit", "First", "Last", "Received"), tuple(rows))
    yield from (Drawn(each) for each in drawn)
