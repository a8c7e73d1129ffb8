"""What nine people of Ada's area said in interviews: invented, and about nobody who exists.

They are of five sectors and all levels. Five are of one sector, so that a study may quote them; the others
are each alone in theirs, so that it may not.
"""

from dataclasses import dataclass

from ithrive.assessments.sectors import NO_SECTOR, STAFF, YOUNG_PEOPLE


@dataclass(frozen=True, slots=True)
class Said:
    """One informant and the notes of their interview. `tied`: words of the notes, by statement."""

    sector: str
    level: str
    view: str
    notes: str
    tied: tuple[tuple[str, str], ...]


def _staff(sector: str, level: str, notes: str, statement: str = "", words: str = "") -> Said:
    return Said(sector, level, STAFF, notes, ((statement, words),) if statement else ())


INTERVIEWS = (
    Said(
        "local-authority",
        "meso",
        STAFF,
        "We use the five groupings in every referral meeting now, and new staff learn them in their first "
        "week. Two years ago each team had words of its own.\n\n"
        "What is still missing is one plan. A young person who sees three of our teams has three plans, and "
        "nobody holds them together. We know it, and the steering group chose it as a priority.",
        (
            ("meso_common_language", "We use the five groupings in every referral meeting now"),
            ("meso_partnership", "A young person who sees three of our teams has three plans"),
        ),
    ),
    Said(
        NO_SECTOR,
        "micro",
        YOUNG_PEOPLE,
        "At the first visit I was asked what I wanted to be different. Nobody had asked me that before.\n\n"
        "They showed me three ways to go on, and what each of them would be like. I chose the group, and I "
        "could change my mind later. Getting there after school is hard, because the bus comes once an hour.",
        (("micro_shared_decisions", "They showed me three ways to go on"),),
    ),
    _staff(
        "local-authority",
        "meso",
        "Schools ring one number now. They used to try three, and give up.",
        "meso_accessibility",
        "Schools ring one number now",
    ),
    _staff(
        "local-authority",
        "macro",
        "We sit in the same room as the hospital on Tuesdays. It is the best hour of my week.",
    ),
    _staff(
        "local-authority",
        "micro",
        "I hear of decisions late. Somebody should write down what the group agreed.",
    ),
    _staff(
        "local-authority",
        "micro",
        "The map of who offers what is on our wall, and people do look at it.",
    ),
    _staff(
        "nhs-provider",
        "micro",
        "We plan with young people now, and we say when help will end. Not every team does so.",
        "micro_shared_decisions",
        "We plan with young people now",
    ),
    _staff(
        "commissioning",
        "macro",
        "One contract is still about numbers seen. The next one asks what became of people.",
    ),
    _staff(
        "education",
        "meso",
        "Our school knows whom to ring, and somebody rings back. Two years ago nobody did.",
        "meso_accessibility",
        "Our school knows whom to ring, and somebody rings back",
    ),
)
