"""Does better implementation bring more improvement? Doses, and how change goes with them."""

from ithrive.evaluation.dose.exposure import lagged
from ithrive.evaluation.dose.over_waves import DoseOverWaves, corrected, dose_over_waves
from ithrive.evaluation.dose.reliability import Reliability
from ithrive.evaluation.dose.shape import Shape, shape
from ithrive.evaluation.dose.site_figures import SiteFigures, site_figures
from ithrive.evaluation.dose.two_stage import TwoStage, Without, leave_one_out, two_stage

__all__ = [
    "DoseOverWaves",
    "Reliability",
    "Shape",
    "SiteFigures",
    "TwoStage",
    "Without",
    "corrected",
    "dose_over_waves",
    "lagged",
    "leave_one_out",
    "shape",
    "site_figures",
    "two_stage",
]
