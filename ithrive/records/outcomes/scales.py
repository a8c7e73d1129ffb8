"""Which way a scale improves, and who scored it: as the national code has it, and mended.

Thresholds: scales.csv, read from NHS England's code for MHS92 to MHS95 and MHS110 to MHS115. Each carries its
source; CYP IAPT 2015 gives most.
"""

from typing import Literal

from ithrive.records.features.reckoning import Table, written
from ithrive.records.features.rules import Rules
from ithrive.records.model import Scale, scales

Orientation = Literal["official", "corrected"]
ORIENTATIONS: tuple[Orientation, ...] = ("official", "corrected")
RATERS = ("self", "parent", "clinician")
# Scale or concept, rater, points of reliable change, direction, and whether they tell anything.
_Instrument = tuple[str, str, float, int, bool]


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
    """One row a concept, for joining: its range in points, and the instrument it is of by both rules."""
    kinds = {
        "concept": "string",
        "lowest": "float64",
        "highest": "float64",
        "instrument_official": "int64",
        "instrument": "int64",
    }
    official, corrected = (_instruments(rules, orientation) for orientation in ORIENTATIONS)
    rows = [
        {
            "concept": scale.concept,
            "lowest": scale.lowest,
            "highest": scale.highest,
            "instrument_official": official.index(_instrument(scale, "official")),
            "instrument": corrected.index(_instrument(scale, "corrected")),
        }
        for scale in scales(rules.own)
    ]
    return written(rows, kinds)


def instruments(rules: Rules, orientation: Orientation) -> Table:
    """One row for each instrument whose scores make pairs: instrument (a number), rater, needed (points of
    reliable change), sign (-1 where less is better) and whether a change tells anything.
    """
    kinds = {"rater": "string", "needed": "float64", "sign": "int64", "tells": "boolean"}
    rows = [
        {"instrument": number} | dict(zip(kinds, instrument[1:], strict=True))
        for number, instrument in enumerate(_instruments(rules, orientation))
    ]
    return written(rows, {"instrument": "int64", **kinds})


def _instruments(rules: Rules, orientation: Orientation) -> list[_Instrument]:
    return sorted({_instrument(scale, orientation) for scale in scales(rules.own)})


def _instrument(scale: Scale, orientation: Orientation) -> _Instrument:
    """What two scores must share to make a pair. The national code pairs versions of a scale."""
    return (
        scale.scale if orientation == "official" else scale.concept,
        rater_of(scale, orientation),
        scale.reliable_change,
        1 if better_when_higher(scale, orientation) else -1,
        threshold_applies(scale, orientation),
    )
