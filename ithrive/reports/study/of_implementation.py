"""What was implemented: dated facts by site, and scores, figures and words side by side."""

from collections.abc import Iterator

from ithrive.evaluation.numbers import number
from ithrive.evaluation.study import Dimension, JointRow, StudyResults
from ithrive.reports.document import Block, Grid, Heading, Paragraph
from ithrive.reports.study.audience import Audience
from ithrive.reports.study.words import counted, day


def implementation(results: StudyResults, audience: Audience) -> Iterator[Block]:
    found = results.implementation
    if not any(each.evidence for each in found.dimensions) and not found.joint:
        return
    yield Heading(2, "What was implemented", "implementation")
    went_on = counted(len(found.maintained), "accelerator site")
    yield Paragraph(
        f"{went_on} went on implementing a year and more after the start. Sums of people and single figures"
        f" are held back as the disclosure rule “{results.disclosure}” asks (source {found.source})."
    )
    if audience is Audience.EVALUATORS:
        yield from _dimensions(results)
        yield from _joint(results)


def _dimensions(results: StudyResults) -> Iterator[Block]:
    found = results.implementation
    for dimension in dict.fromkeys(each.dimension for each in found.dimensions):
        told = [each for each in found.dimensions if each.dimension == dimension]
        # Where nobody counted people a column of dashes would say nothing.
        counting = any(each.people is not None or each.hidden for each in told)
        headings = ("Site", "Dated facts", "First", "Last", "Quarters", "People reached")[: 5 + counting]
        rows = tuple(_dated(each)[: 5 + counting] for each in told)
        yield Grid(dimension.capitalize(), headings, rows, found.source)


def _dated(found: Dimension) -> tuple[str, ...]:
    people = "hidden" if found.hidden else "–" if found.people is None else f"{found.people:,}"
    facts, quarters = f"{found.evidence:,}", str(found.quarters)
    first, last = (day(each) if each else "–" for each in (found.first, found.last))
    return found.site, facts, first, last, quarters, people


def _joint(results: StudyResults) -> Iterator[Block]:
    rows = tuple(_side_by_side(results, each) for each in results.implementation.joint)
    if rows:
        headings = ("Site", "Arm", "Agreed score, first to last", "Figures, before to after", "What was said")
        source = results.implementation.source
        yield Grid("Scores, figures and words side by side", headings, rows, source)


def _side_by_side(results: StudyResults, row: JointRow) -> tuple[str, ...]:
    figures = "; ".join(
        f"{results.outcome(each.outcome).title}: "
        + (each.why_not or f"{number(each.before)} to {number(each.after)}")
        for each in row.figures
    )
    said = " ".join(
        f"“{each.text}” ({each.said_by})" if each.text else f"[{each.why_not}]" for each in row.quotations
    )
    overall = f"{number(row.first_score)} to {number(row.last_score)}" if row.first_score else "–"
    levels = [f"{each.level} {number(each.first)} to {number(each.last)}" for each in row.levels]
    scores = "; ".join([overall, *levels])
    return row.site, row.arm, scores, figures or "–", said or "–"
