"""The report of a study as a document for one audience."""

import hashlib

from ithrive.evaluation.study import StudyResults
from ithrive.reports.document import Document
from ithrive.reports.study import of_the_study as whole
from ithrive.reports.study.audience import Audience
from ithrive.reports.study.methods import methods
from ithrive.reports.study.of_a_site import site_pages
from ithrive.reports.study.of_an_outcome import outcome_part


def study_report(results: StudyResults, audience: Audience = Audience.EVALUATORS) -> Document:
    """Everything this audience may read. The same results give the same document."""
    digest = hashlib.sha256(results.to_json().encode()).hexdigest()
    blocks = [
        *whole.summary(results),
        *whole.standing(results),
        *whole.sites(results, audience),
        *whole.balance(results),
        *whole.quality(results, audience),
        *whole.families(results),
    ]
    for outcome in results.outcomes:
        blocks += outcome_part(outcome, audience)
    blocks += whole.implementation(results, audience)
    if audience is Audience.EVALUATORS:
        blocks += site_pages(results)
    blocks += methods(results)
    return Document(
        results.name,
        f"Report for {audience.value}, {results.standing.label}. Figures as of {results.at[:10]}.",
        f"Made from results with SHA-256 {digest}.",
        tuple(blocks),
    )
