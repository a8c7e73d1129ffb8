"""What six people of Ada's area said in interviews: invented, and about nobody who exists.

Five are of one sector, so that a study may quote them, and one is not, so that it may not.
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


def _of_the_council(notes: str, statement: str = "", words: str = "") -> Said:
    return Said("local-authority", "meso", STAFF, notes, ((statement, words),) if statement else ())


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
    _of_the_council(
        "Schools ring one number now. They used to try three, and give up.",
        "meso_accessibility",
        "Schools ring one number now",
    ),
    _of_the_council("We sit in the same room as the hospital on Tuesdays. It is the best hour of my week."),
    _of_the_council("I hear of decisions late. Somebody should write down what the group agreed."),
    _of_the_council("The map of who offers what is on our wall, and people do look at it."),
)
