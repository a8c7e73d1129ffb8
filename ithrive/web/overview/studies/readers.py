"""As whom a person reads a study, and whether arms may be compared before them."""

from collections.abc import Iterator
from dataclasses import dataclass

from ithrive.web.areas.reach import Reach
from ithrive.web.evaluation.models import Study, StudyRun
from ithrive.web.evaluation.queries import own_sites, released_run, study_now, told_run
from ithrive.web.evaluation.sights import PROGRAMME, SITES, why_not_read
from ithrive.web.rights import Right


@dataclass(frozen=True)
class Reading:
    """The run that somebody may read, or why there is none. `public`: it was released."""

    run: StudyRun | None
    why_not: str
    public: bool


def reading_of(reach: Reach, study: Study) -> Reading | None:
    """What this person may read of a study's findings; None where they may not even know of the study."""
    released = released_run(study)
    if released:
        return Reading(released, "", public=True)
    readers = list(_readers(reach, study))
    if not readers:
        return None
    now = study_now(study)
    reasons = [why_not_read(now.protocol, now.ledger, each, released=False) for each in readers]
    if all(reasons):
        return Reading(None, str(reasons[0]), public=False)
    run = told_run(study)
    return Reading(run, "" if run else "The results are not worked out yet.", public=False)


def _readers(reach: Reach, study: Study) -> Iterator[str]:
    """The protocol's own words for who somebody is. Nobody is `public` before results are released."""
    # Who prepares what the programme publishes reads for the programme; evaluators are among them.
    if reach.may(Right.PREPARE_RELEASE):
        yield PROGRAMME
        return
    for site in own_sites(reach).filter(study=study):
        yield SITES[site.arm]
