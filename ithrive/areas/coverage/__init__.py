"""The share of children and young people who live in member areas, with the whole working."""

from ithrive.areas.coverage.change import CoverageChange, Move, Reason, coverage_change
from ithrive.areas.coverage.members import MemberPlace, member_place
from ithrive.areas.coverage.on_a_day import coverage
from ithrive.areas.coverage.values import Coverage, CoverageLine, MemberShare
from ithrive.areas.coverage.working import change_sentence, rounded, sentence, working_rows

__all__ = [
    "Coverage",
    "CoverageChange",
    "CoverageLine",
    "MemberPlace",
    "MemberShare",
    "Move",
    "Reason",
    "change_sentence",
    "coverage",
    "coverage_change",
    "member_place",
    "rounded",
    "sentence",
    "working_rows",
]
