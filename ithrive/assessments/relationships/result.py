"""What a pulse found, overall and by sector, and nothing that would tell what one person answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ithrive.assessments.estimates import NotComputable
from ithrive.assessments.relationships.hiding import MINIMUM, shown_sectors
from ithrive.assessments.relationships.questionnaire import (
    LEAST,
    MOST,
    Answer,
    Questionnaire,
    checked_answers,
    questionnaire,
)

HIDDEN = "Not shown, so that nobody's answers can be worked out."
NOBODY_COULD_SAY = "Nobody could say."


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """How a group answered one question: how many gave each score from 1 to 5, and how many could not say."""

    question: str
    counts: tuple[int, ...]
    cannot_say: int

    @property
    def mean(self) -> float | NotComputable:
        """Mean score, 1 to 5, of those who could say."""
        return _mean(self.counts)


@dataclass(frozen=True, slots=True)
class GroupResult:
    """What a group of people answered. Every figure follows from the counts and gives nothing else away."""

    respondents: int
    questions: Mapping[str, QuestionResult]

    @property
    def mean(self) -> float | NotComputable:
        """Mean of all scores the group gave, 1 to 5."""
        return _mean([sum(each.counts[place] for each in self.questions.values()) for place in range(MOST)])


@dataclass(frozen=True, slots=True)
class PulseResult:
    """A closed pulse. A sector that may not be shown is a NotComputable, in the same words for each."""

    questionnaire: Questionnaire
    minimum: int
    overall: GroupResult | NotComputable
    sectors: Mapping[str, GroupResult | NotComputable]


def pulse_result(
    answers: Sequence[Answer], minimum: int = MINIMUM, questions: Questionnaire | None = None
) -> PulseResult:
    """The result of a closed pulse: results shown while answers arrive could be told apart one by one.

    Nothing is shown for fewer respondents than the minimum, and a hidden sector cannot be found by taking the
    shown ones from the overall result. Raises BadInput where answers do not fit the questions, ValueError
    where the minimum is below five.
    """
    if minimum < MINIMUM:
        raise ValueError(f"The minimum can be raised above {MINIMUM}, never lowered.")
    asked = questions or questionnaire()
    by_sector: dict[str, list[Answer]] = {}
    for each in checked_answers(answers, asked):
        by_sector.setdefault(each.sector.strip(), []).append(each)
    shown = shown_sectors({sector: len(given) for sector, given in by_sector.items()}, minimum)
    return PulseResult(
        asked,
        minimum,
        _group(answers, asked) if len(answers) >= minimum else NotComputable(_too_few(minimum)),
        {
            sector: _group(by_sector[sector], asked) if sector in shown else NotComputable(HIDDEN)
            for sector in sorted(by_sector)
        },
    )


def _too_few(minimum: int) -> str:
    return f"Fewer than {minimum} people answered, so nothing is shown."


def _group(answers: Sequence[Answer], asked: Questionnaire) -> GroupResult:
    found = {}
    for question in asked.question:
        given = [answer.scores[question.code] for answer in answers]
        counts = tuple(given.count(score) for score in range(LEAST, MOST + 1))
        found[question.code] = QuestionResult(question.code, counts, given.count(None))
    return GroupResult(len(answers), found)


def _mean(counts: Sequence[int]) -> float | NotComputable:
    if not sum(counts):
        return NotComputable(NOBODY_COULD_SAY)
    return sum(score * number for score, number in enumerate(counts, LEAST)) / sum(counts)
