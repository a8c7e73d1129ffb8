"""Outcome scores measured at the start and at the end, and whether the change between them is reliable."""

from ithrive.records.outcomes.scales import RATERS, Orientation, better_when_higher

__all__ = ["RATERS", "Orientation", "better_when_higher"]
