"""Safe publication: small counts hidden so that neither totals nor earlier releases give them away."""

from ithrive.disclosure.attack import Reach, Seen, attack, exposed
from ithrive.disclosure.cells import Cell, CellState
from ithrive.disclosure.following import publish_after
from ithrive.disclosure.ledger import Release, already_known, given_away, known_before, why_not_release
from ithrive.disclosure.publication import Publication, PublishedCell, publish
from ithrive.disclosure.rates import median, p90, proportion, rate, volume
from ithrive.disclosure.rules import Rule, rule, rules
from ithrive.disclosure.tables import TOTAL, CountTable, Dimension, FigureSum, Sum
from ithrive.disclosure.words import public_risk, residual_risk, why_not_shown

__all__ = [
    "TOTAL",
    "Cell",
    "CellState",
    "CountTable",
    "Dimension",
    "FigureSum",
    "Publication",
    "PublishedCell",
    "Reach",
    "Release",
    "Rule",
    "Seen",
    "Sum",
    "already_known",
    "attack",
    "exposed",
    "given_away",
    "known_before",
    "median",
    "p90",
    "proportion",
    "public_risk",
    "publish",
    "publish_after",
    "rate",
    "residual_risk",
    "rule",
    "rules",
    "volume",
    "why_not_release",
    "why_not_shown",
]
