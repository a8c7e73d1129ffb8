"""A look goes on the ledger, with the figures it was taken on."""

from django.db import transaction

from ithrive.evaluation.looks import to_lines
from ithrive.evaluation.study import Look
from ithrive.problems import NotAllowed
from ithrive.web.evaluation.actions.telling import person, tell
from ithrive.web.evaluation.models import LookLine, Study
from ithrive.web.evaluation.queries import study_now
from ithrive.web.history.record import Author


@transaction.atomic
def keep_look(*, study: Study, look: Look, after: str, by: Author) -> LookLine:
    """Set down a look for good. `after` is the seal of the ledger that it was taken on, empty if none.

    Raises NotAllowed where somebody took another look meanwhile, or the protocol was changed.
    """
    now = study_now(Study.objects.select_for_update().get(pk=study.pk))
    last = now.ledger[-1].seal if now.ledger else ""
    if last != after or now.frozen is None or now.changes:
        raise NotAllowed("The study was changed while this look was worked out. Look again.")
    taken = look.taken
    line = LookLine.objects.create(
        study=study,
        wave=taken.wave,
        at=taken.at,
        line=to_lines([taken]),
        figures=look.figures,
        says=look.sentence,
        taken_by=person(by),
    )
    told = {"wave": taken.wave, "seal": taken.seal, "figures": taken.figures, "crossed": list(taken.crossed)}
    tell(study, by, "take a look", f"look after wave {taken.wave} taken", after=told)
    return line
