"""The pulse on working relationships: questions, answers, and results that pick nobody out."""

from ithrive.assessments.relationships.cut import Cut, Relationships, relationships
from ithrive.assessments.relationships.hiding import MINIMUM, shown_sectors
from ithrive.assessments.relationships.questionnaire import (
    Answer,
    Question,
    Questionnaire,
    checked_answers,
    questionnaire,
)
from ithrive.assessments.relationships.result import GroupResult, PulseResult, QuestionResult, pulse_result

__all__ = [
    "MINIMUM",
    "Answer",
    "Cut",
    "GroupResult",
    "PulseResult",
    "Question",
    "QuestionResult",
    "Questionnaire",
    "Relationships",
    "checked_answers",
    "pulse_result",
    "questionnaire",
    "relationships",
    "shown_sectors",
]
