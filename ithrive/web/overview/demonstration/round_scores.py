"""What the raters of the demonstration's rounds gave, and what was agreed: pure.

An area has a truth on every statement that moves slowly; each rater sees it a little differently.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from ithrive.areas.membership import MemberRole
from ithrive.assessments.moderated import Compared, agreed_score, compared
from ithrive.assessments.ratings import AgreedScore, Rating
from ithrive.assessments.sectors import YOUNG_PEOPLE
from ithrive.framework.instrument import HIGHEST, LOWEST, Instrument
from ithrive.web.overview.demonstration import round_phrases as phrases
from ithrive.web.overview.demonstration.round_story import RoundTold
from ithrive.web.overview.demonstration.seed import dice

# Steps of the scale that an area moves from one round to the next, on average: over ten rounds some 18 and 9
# points of 100 in the two arms, which is the size of the changes that the evaluation of 2025 published.
GAIN = {MemberRole.ACCELERATOR: 0.065, MemberRole.MEMBER: 0.05, MemberRole.COMPARISON: 0.03}
WOBBLE = 0.15  # things get worse for a while, too
RATERS_DIFFER = 0.33  # standard deviation of one rater's view, in steps
YOUNG_PEOPLE_LEAN = -0.5  # they often see less in place than staff do
CANNOT_RATE = 0.02


@dataclass(frozen=True, slots=True)
class Found:
    """What each rater gave, by the rater's place, and the agreed scores; none while ratings are missing."""

    ratings: tuple[tuple[Rating, ...], ...]
    agreed: tuple[AgreedScore, ...]


def found_in(told: RoundTold, views: Sequence[str], instrument: Instrument) -> Found:
    """The ratings of a round that was held, one set for each of its raters' views."""
    truth = truth_of(told, instrument)
    roll = dice(f"ratings {told.code} {told.window.due} {told.purpose}")
    ratings = tuple(
        tuple(_rating(code, str(place), view, value, roll) for code, value in truth.items())
        for place, view in enumerate(views)
    )
    if not told.agreed:
        return Found(ratings, ())
    sides = compared([each for given in ratings for each in given], instrument)
    return Found(ratings, tuple(_agree(side, truth[code], roll) for code, side in sides.items()))


def truth_of(told: RoundTold, instrument: Instrument) -> Mapping[str, float]:
    """How things stand in the area at this round, by statement, on the scale from 1 to 4."""
    roll = dice(f"truth {told.code}")
    begins, gains = roll.gauss(1.9, 0.2), max(roll.gauss(GAIN[told.role], 0.02), 0)
    now = dice(f"truth {told.code} {told.window.due}")
    return {
        each.code: begins
        + roll.gauss(0, 0.45)
        + gains * roll.uniform(0.1, 1.9) * told.number
        + now.gauss(0, WOBBLE)
        for each in instrument.statement
    }


def _rating(code: str, rater: str, view: str, truth: float, roll: Random) -> Rating:
    if roll.random() < CANNOT_RATE:
        return Rating(code, rater, cannot_rate=roll.choice(phrases.CANNOT_RATE))
    seen = truth + roll.gauss(YOUNG_PEOPLE_LEAN if view == YOUNG_PEOPLE else 0, RATERS_DIFFER)
    score = min(max(round(seen), LOWEST), HIGHEST)
    return Rating(code, rater, score, evidence=roll.choice(phrases.EVIDENCE))


def _agree(side: Compared, truth: float, roll: Random) -> AgreedScore:
    """What all gave stands; where raters differ, the score nearest the truth, with a reason."""
    if not side.differs:
        return agreed_score(side, side.low)
    score = min(side.scores.values(), key=lambda each: (abs(each - truth), each))
    if side.cannot_rate and not side.steps_apart:
        return agreed_score(side, score, phrases.ONE_COULD)
    reasons = phrases.LOWER if score == side.low else phrases.HIGHER
    return agreed_score(side, score, roll.choice(reasons))
