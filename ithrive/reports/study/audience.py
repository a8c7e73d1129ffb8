"""Who reads a report, and what of a study is theirs to read."""

from enum import StrEnum

from ithrive.evaluation.study import StudyResults


class Audience(StrEnum):
    """Evaluators read everything. The public reads no site by itself."""

    EVALUATORS = "evaluators"
    PUBLIC = "public"


def shown_names(results: StudyResults, audience: Audience) -> dict[str, str]:
    """What each site is called in the report: by its name, or for the public by its arm alone."""
    if audience is Audience.EVALUATORS:
        return {each.site: each.site for each in results.flow.sites}
    return {each.site: f"One of the {each.arm} sites" for each in results.flow.sites}


def names_pairs(audience: Audience) -> bool:
    return audience is Audience.EVALUATORS
