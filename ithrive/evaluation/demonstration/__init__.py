"""Figures of a study whose truth is known, as returns would hold them: for demonstrations and tests."""

from ithrive.evaluation.demonstration.figures import Told, told
from ithrive.evaluation.demonstration.sites import FOLLOWING, RETROSPECTIVE, WAVES, StudySite, study_sites
from ithrive.evaluation.demonstration.study import PlantedStudy, planted_study
from ithrive.evaluation.demonstration.truth import PLANTED, Planted, effect_on

__all__ = [
    "FOLLOWING",
    "PLANTED",
    "RETROSPECTIVE",
    "WAVES",
    "Planted",
    "PlantedStudy",
    "StudySite",
    "Told",
    "effect_on",
    "planted_study",
    "study_sites",
    "told",
]
