"""Answers to the demonstration's pulses on working relationships: pure."""

from collections.abc import Iterator, Mapping

from ithrive.assessments.relationships import Answer, questionnaire
from ithrive.web.overview.demonstration.seed import dice

# How many answered in each sector. The voluntary sector is too small to be shown alone.
MANY = {"commissioning": 6, "nhs-provider": 9, "local-authority": 8, "education": 6, "voluntary": 3}
FEW = {"nhs-provider": 2, "education": 1}  # fewer than five in all: nothing may be shown
CANNOT_SAY = 0.06


def pulse_answers(area: str, respondents: Mapping[str, int]) -> Iterator[Answer]:
    roll = dice(f"pulse {area}")
    mood = roll.uniform(2.6, 4.2)
    for sector, number in respondents.items():
        for _ in range(number):
            yield Answer(
                sector,
                {
                    each.code: None
                    if roll.random() < CANNOT_SAY
                    else min(max(round(roll.gauss(mood, 0.9)), 1), 5)
                    for each in questionnaire().question
                },
            )
