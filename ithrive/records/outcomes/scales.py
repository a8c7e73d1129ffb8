"""Which way a scale improves, and who scored it: as the national code has it, and mended.

Thresholds: scales.csv, read from NHS England's code for MHS92 to MHS95 and MHS110 to MHS115. Each carries its
source; CYP IAPT 2015 gives most.
"""

from typing import Literal

from ithrive.records.features.reckoning import Table, written
from ithrive.records.features.rules import Rules
from ithrive.records.model import Scale, scales

Orientation = Literal["official", "corrected"]
RATERS = ("self", "parent", "clinician")


def better_when_higher(scale: Scale, orientation: Orientation) -> bool:
    """Whether a higher score is better. The national code reads prosocial behaviour (SDQ) and SCORE-15 the
    wrong way round: more prosocial is better, and a higher SCORE-15 is a family with more difficulties.
    """
    if orientation == "corrected" and ("prosocial" in scale.scale or scale.scale.startswith("SCORE Index")):
        return not scale.higher_is_better
    return scale.higher_is_better


def rater_of(scale: Scale, orientation: Orientation) -> str:
    """Who scored. The national code takes a young person's own HoNOSCA for a parent's."""
    if orientation == "official" and scale.scale.startswith("HoNOSCA-SR"):
        return "parent"
    return scale.rater


def threshold_applies(scale: Scale, orientation: Orientation) -> bool:
    """RCADS thresholds are in T-scores and scores travel raw. The norms to convert them are not ours to hold,
    so corrected mode draws no conclusion; the national code compares raw points where it cannot convert.
    """
    return orientation == "official" or scale.unit == "raw"


def scales_table(rules: Rules) -> Table:
    """One row a concept, for joining: both orientations, both raters, range and threshold in points."""
    rows = [_row(scale) for scale in scales(rules.own)]
    kinds = {
        "concept": "string",
        "scale": "string",
        "rater_official": "string",
        "rater": "string",
        "lowest": "float64",
        "highest": "float64",
        "needed": "float64",
        "sign_official": "int64",
        "sign": "int64",
        "conclusive": "boolean",
    }
    return written(rows, kinds)


def _row(scale: Scale) -> dict[str, object]:
    return {
        "concept": scale.concept,
        "scale": scale.scale,
        "rater_official": rater_of(scale, "official"),
        "rater": rater_of(scale, "corrected"),
        "lowest": scale.lowest,
        "highest": scale.highest,
        "needed": scale.reliable_change,
        "sign_official": 1 if better_when_higher(scale, "official") else -1,
        "sign": 1 if better_when_higher(scale, "corrected") else -1,
        "conclusive": threshold_applies(scale, "corrected"),
    }
