"""Every indicator of the measures' definitions that records can tell, each a named expression."""

from ithrive.records.indicators.compute import Figure, compute, compute_each
from ithrive.records.indicators.differences import DIFFERENCES, Difference, differences_as_text
from ithrive.records.indicators.layers import Layers, build
from ithrive.records.indicators.registry import INDICATORS, Indicator, Mode

__all__ = [
    "DIFFERENCES",
    "INDICATORS",
    "Difference",
    "Figure",
    "Indicator",
    "Layers",
    "Mode",
    "build",
    "compute",
    "compute_each",
    "differences_as_text",
]
