"""What was said in interviews, for a study's joint display: with whose consent, and who could have said it.

Whether a passage may be shown is judged by `ithrive.evaluation.study.quotations`, never here.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from ithrive.assessments.interviewing import Covers
from ithrive.assessments.passages import words_of
from ithrive.assessments.sectors import SECTORS, VIEWS
from ithrive.evaluation.protocol import Protocol
from ithrive.evaluation.study import Quotation
from ithrive.periods import Quarter
from ithrive.web.areas.models import LocalArea
from ithrive.web.assessments.models import Informant, Passage
from ithrive.web.overview.studies.scoring import rounds_of

QUOTABLE = frozenset({Covers.PASSAGES, Covers.QUOTED})


def quotations(protocol: Protocol, areas: Mapping[str, LocalArea], *, at: datetime) -> tuple[Quotation, ...]:
    """Every passage of the rounds that the study held, by site, quarter and statement.

    `people` are those of the same sector, or of the same view where they have none, who were interviewed for
    that round. Words whose text was changed, or whose consent was withdrawn, are no passages any more.
    """
    sites = {area.pk: site for site, area in areas.items()}
    held = rounds_of(protocol, areas, at=at)
    spoke = Counter(
        (each.round_id, _who(each))
        for each in Informant.objects.filter(
            round__in=held, withdrawn_on=None, interviews__isnull=False
        ).distinct()
    )
    passages = Passage.objects.filter(
        interview__informant__round__in=held, interview__informant__withdrawn_on=None
    ).select_related("interview__informant__round")
    found = []
    for each in passages.order_by("pk"):
        informant, text = each.interview.informant, each.interview.text
        words = words_of(text, each.begins, each.ends, each.text_digest)
        if words is None:
            continue
        round = informant.round
        found.append(
            Quotation(
                sites[round.area_id],
                Quarter.of(round.due_on),
                each.statement,
                _who(informant),
                spoke[round.pk, _who(informant)],
                informant.covered >= QUOTABLE,
                words,
            )
        )
    return tuple(sorted(found, key=lambda said: (said.site, said.quarter, said.statement, said.text)))


def _who(informant: Informant) -> str:
    return SECTORS.get(informant.sector) or VIEWS[informant.view]
