"""What was said in interviews, for those who may read it: on pages of interviews, and beside a statement."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet

from ithrive.assessments.interviewing import Covers
from ithrive.assessments.passages import words_of
from ithrive.assessments.sectors import SECTORS, VIEWS
from ithrive.web.assessments.models import Informant, Interview, Passage, Round


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage beside the statement it is evidence for. Nobody is named: `said_by` is a number and a place.

    `remark` is what whoever marked it made of it. Leave it out for raters, who judge for themselves.
    """

    words: str
    said_by: str
    view: str
    remark: str


def evidence_for(round: Round, statement: str) -> list[Evidence]:
    """The passages tied to one statement, by informant. Ask first whether the reader may see the round."""
    return evidence_by_statement(round).get(statement, [])


def evidence_by_statement(round: Round) -> Mapping[str, list[Evidence]]:
    """The passages of a round by statement, in one query. What lost its text or its consent is left out."""
    passages = Passage.objects.filter(interview__informant__round=round)
    found: dict[str, list[Evidence]] = defaultdict(list)
    ordered = passages.order_by("interview__informant__number", "interview_id", "begins", "ends")
    for each in ordered.select_related("interview__informant"):
        informant = each.interview.informant
        words = words_of(each.interview.text, each.begins, each.ends, each.text_digest)
        if words and Covers.PASSAGES in informant.covered:
            found[each.statement].append(
                Evidence(words, said_by(informant), VIEWS[informant.view], each.remark)
            )
    return found


def said_by(informant: Informant) -> str:
    """ "Informant 3, NHS provider, meso": all that is ever told of them."""
    told = [str(informant), SECTORS.get(informant.sector, ""), informant.level]
    return ", ".join(filter(None, told))


def informants_of(round: Round) -> list[Informant]:
    """Everyone to be interviewed for a round, with their interviews."""
    found = round.informants.select_related("round")
    return list(
        found.prefetch_related(Prefetch("interviews", Interview.objects.select_related("informant__round")))
    )


def withdrawn_from(round: Round) -> list[Informant]:
    """The informants of a round whose consent was withdrawn, with whoever recorded it."""
    gone = round.informants.filter(withdrawn_on__isnull=False).order_by("number")
    return list(gone.select_related("withdrawn_by"))


def interviews_of(round: Round) -> QuerySet[Interview]:
    found = Interview.objects.filter(informant__round=round)
    return found.select_related("informant__round__area__country", "informant__round__instrument")


def passages_of(round: Round) -> QuerySet[Passage]:
    return Passage.objects.filter(interview__informant__round=round).select_related(
        "interview__informant__round__area__country"
    )


def passages_counted(round: Round) -> Mapping[int, int]:
    """How many passages are marked in each interview of a round."""
    counted = passages_of(round).order_by().values("interview").annotate(number=Count("pk"))
    return Counter({each["interview"]: each["number"] for each in counted})
