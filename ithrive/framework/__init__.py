"""THRIVE itself: the needs-based groupings and the principles, in our own words, with their sources."""

from ithrive.framework.ideas import Figure, Framework, Grouping, Principle, PrincipleSet, Source
from ithrive.framework.reading import framework

__all__ = ["Figure", "Framework", "Grouping", "Principle", "PrincipleSet", "Source", "framework"]
