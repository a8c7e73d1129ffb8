"""The report of a study as a document for one audience."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date

from ithrive.evaluation.looks import why_not_show_contrasts
from ithrive.evaluation.study import StudyResults
from ithrive.problems import BadInput, Problem
from ithrive.reports.document import Block, Document
from ithrive.reports.pictures import Frame
from ithrive.reports.study import of_the_study as whole
from ithrive.reports.study.at_a_glance import glance, summary
from ithrive.reports.study.audience import LEAST_SITES, Audience, names_a_site, without_sites
from ithrive.reports.study.methods import methods
from ithrive.reports.study.of_a_site import site_pages
from ithrive.reports.study.of_an_outcome import outcome_part
from ithrive.reports.study.of_implementation import implementation

NOTHING = re.compile(r"(?!)")
TOO_EARLY = Problem(
    "The report for the public",
    "It would compare the arms before the study ends and before any look crossed its boundary.",
    "Wait for either. Until then give each site its own report, which compares nobody.",
)


def study_report(results: StudyResults, audience: Audience = Audience.EVALUATORS) -> Document:
    """Everything this audience may read. The same results give the same document.

    Raises BadInput where the public may read under a disclosure rule that nobody knows, or would read arm
    against arm before the study ends and before a look crossed its boundary.
    """
    if audience is Audience.PUBLIC and why_not_show_contrasts(results.looks, ended=_ended(results)):
        raise BadInput(TOO_EARLY)
    digest = hashlib.sha256(results.to_json().encode()).hexdigest()
    as_of = date.fromisoformat(results.at[:10])
    public = audience is Audience.PUBLIC
    marks = marks_of(results)
    frame = Frame(results.alpha, " · ".join(marks), least=LEAST_SITES if public else 0)
    naming = names_a_site(results) if public else NOTHING
    return Document(
        results.name,
        f"{audience.of_the_report}, {results.standing.label}. Figures as of {as_of:%-d %B %Y}.",
        f"Made from results with SHA-256 {digest}.",
        tuple(without_sites(each, naming) for each in _blocks(results, frame, audience, naming)),
        marks,
    )


def _ended(results: StudyResults) -> bool:
    """Whether figures came up to the last wave that was planned."""
    came = results.quality.by_quarter
    return bool(came) and came[-1].of == results.waves[-1].quarter


def marks_of(results: StudyResults) -> tuple[str, ...]:
    """What stands on every page and in every picture."""
    exploratory = results.standing.label != "confirmatory"
    said = (("Exploratory results", exploratory), ("A fictional study", results.fictional))
    return tuple(mark for mark, holds in said if holds)


def _blocks(
    results: StudyResults, frame: Frame, audience: Audience, naming: re.Pattern[str]
) -> Iterator[Block]:
    yield from summary(results, audience)
    yield from glance(results, frame, audience)
    yield from whole.standing(results, audience)
    yield from whole.sites(results, audience)
    yield from whole.balance(results)
    yield from whole.quality(results, audience)
    yield from whole.families(results)
    for outcome in results.outcomes:
        yield from outcome_part(outcome, frame, audience)
    yield from implementation(results, audience)
    if audience is Audience.EVALUATORS:
        yield from site_pages(results, frame)
    yield from methods(results, naming)
