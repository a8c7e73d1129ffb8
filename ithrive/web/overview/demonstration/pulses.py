"""Closed pulses on working relationships for the demonstration's latest rounds."""

from collections.abc import Iterable
from uuid import UUID

from ithrive.assessments.relationships import questionnaire
from ithrive.web.assessments.models import Pulse, PulseAnswer, Round
from ithrive.web.overview.demonstration.community import JOINING, LEADING
from ithrive.web.overview.demonstration.pulse_story import FEW, MANY, pulse_answers
from ithrive.web.overview.demonstration.seed import dice

# Ada's area answered well; in Cam's too few did for anything to be shown.
ASKED = {LEADING: MANY, JOINING: FEW}


def load_pulses(rounds: Iterable[Round]) -> None:
    """One pulse for the latest evaluated round of each area that asked."""
    latest = {
        each.area.name: each
        for each in sorted(rounds, key=lambda each: each.due_on)
        if each.purpose == "evaluated"
    }
    for area, respondents in ASKED.items():
        round = latest[area]
        answers = list(pulse_answers(area, respondents))
        pulse = Pulse.objects.create(
            round=round,
            questionnaire=questionnaire().reference,
            links_made=len(answers) + 4,  # some links are never used; closing the pulse ended them
            closed_at=round.submitted_at,
        )
        Pulse.objects.filter(pk=pulse.pk).update(opened_at=round.opened_at)
        roll = dice(f"keys of answers {area}")
        PulseAnswer.objects.bulk_create(
            PulseAnswer(
                id=UUID(int=roll.getrandbits(128), version=4),
                pulse=pulse,
                sector=each.sector,
                scores=dict(each.scores),
            )
            for each in answers
        )
