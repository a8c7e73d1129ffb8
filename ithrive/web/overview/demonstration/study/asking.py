"""The pulses of the study: how well partners worked together at each site before anything began."""

from collections.abc import Iterable, Iterator
from random import Random
from uuid import UUID

from ithrive.assessments.relationships import Answer, questionnaire
from ithrive.assessments.relationships.questionnaire import LEAST, MOST
from ithrive.evaluation.demonstration.sites import relationships_of
from ithrive.periods import Quarter
from ithrive.web.assessments.models import Pulse, PulseAnswer, Round
from ithrive.web.overview.demonstration.pulse_story import CANNOT_SAY, MANY
from ithrive.web.overview.demonstration.seed import SEED, dice


def ask_before(rounds: Iterable[Round], baseline: Quarter) -> None:
    """A closed pulse on the last round of each area that was signed off before the baseline ended."""
    before = [each for each in rounds if each.signed_off_at and each.signed_off_at.date() < baseline.ends]
    last = {each.area_id: each for each in sorted(before, key=lambda each: each.due_on)}
    asked = [each for each in last.values() if not Pulse.objects.filter(round=each).exists()]
    pulses = Pulse.objects.bulk_create(
        Pulse(
            round=each,
            questionnaire=questionnaire().reference,
            links_made=sum(MANY.values()) + 3,
            closed_at=each.submitted_at,
        )
        for each in asked
    )
    for pulse in pulses:
        Pulse.objects.filter(pk=pulse.pk).update(opened_at=pulse.round.opened_at)
    PulseAnswer.objects.bulk_create(_rows(pulses))


def _rows(pulses: Iterable[Pulse]) -> Iterator[PulseAnswer]:
    for pulse in pulses:
        code = pulse.round.area.code
        roll = dice(f"relationships {code}")
        for answer in answers(code, roll):
            key = UUID(int=roll.getrandbits(128), version=4)
            yield PulseAnswer(id=key, pulse=pulse, sector=answer.sector, scores=dict(answer.scores))


def answers(code: str, roll: Random) -> Iterator[Answer]:
    """What people of each sector answered: about the level, 0 to 100, on which the planted effect hangs."""
    level = LEAST + (MOST - LEAST) * relationships_of(code, SEED) / 100
    for sector, number in MANY.items():
        for _ in range(number):
            yield Answer(sector, {each.code: _score(level, roll) for each in questionnaire().question})


def _score(level: float, roll: Random) -> int | None:
    if roll.random() < CANNOT_SAY:
        return None
    return min(max(round(roll.gauss(level, 0.8)), LEAST), MOST)
