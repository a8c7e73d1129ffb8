"""THRIVE itself: groupings, principles, the Approach to Implementation, instruments, with their sources."""

from ithrive.framework.approach import Approach
from ithrive.framework.ideas import Figure, Framework, Grouping, Principle, PrincipleSet, Source
from ithrive.framework.instrument import Evidence, Instrument, Statement
from ithrive.framework.reading import framework

__all__ = [
    "Approach",
    "Evidence",
    "Figure",
    "Framework",
    "Grouping",
    "Instrument",
    "Principle",
    "PrincipleSet",
    "Source",
    "Statement",
    "framework",
]
