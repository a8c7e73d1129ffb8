"""How far raters agree: percent agreement, weighted kappa, Krippendorff's alpha, intraclass correlation."""

from ithrive.assessments.agreement.of_means import reliability_of_means
from ithrive.assessments.agreement.report import Agreement, AgreementReport, agreement, agreement_of_many
from ithrive.assessments.agreement.words import STATISTICS, Statistic

__all__ = [
    "STATISTICS",
    "Agreement",
    "AgreementReport",
    "Statistic",
    "agreement",
    "agreement_of_many",
    "reliability_of_means",
]
