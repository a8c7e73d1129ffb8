"""THRIVE assessment rounds: ratings, agreement between raters, agreed scores, profile, movement."""

from ithrive.assessments.agreement import (
    STATISTICS,
    Agreement,
    AgreementReport,
    Statistic,
    agreement,
    agreement_of_many,
)
from ithrive.assessments.calibration import Calibration, Vignettes, calibration, vignettes
from ithrive.assessments.estimates import Estimate, NotComputable
from ithrive.assessments.moderated import Compared, agreed_score, agreed_without_talk, compared, to_talk_about
from ithrive.assessments.movement import Movement, Step, movement, steps
from ithrive.assessments.profile import Profile, profile
from ithrive.assessments.ratings import AgreedScore, Rating
from ithrive.assessments.relationships import (
    Answer,
    Cut,
    PulseResult,
    Questionnaire,
    pulse_result,
    questionnaire,
)
from ithrive.assessments.views import Gap, gaps

__all__ = [
    "STATISTICS",
    "AgreedScore",
    "Agreement",
    "AgreementReport",
    "Answer",
    "Calibration",
    "Compared",
    "Cut",
    "Estimate",
    "Gap",
    "Movement",
    "NotComputable",
    "Profile",
    "PulseResult",
    "Questionnaire",
    "Rating",
    "Statistic",
    "Step",
    "Vignettes",
    "agreed_score",
    "agreed_without_talk",
    "agreement",
    "agreement_of_many",
    "calibration",
    "compared",
    "gaps",
    "movement",
    "profile",
    "pulse_result",
    "questionnaire",
    "steps",
    "to_talk_about",
    "vignettes",
]
