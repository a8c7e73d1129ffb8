"""Thornmere: a fictional country to show the platform with. Nothing in it belongs to a real place.

The country is made of some thousands of *hamlets*, each with children of every age. Every set of
areas is a way of putting hamlets together, so areas, mergers, councils that cross their borders and
all shares between them agree with each other to the last child.
"""

from ithrive.areas.fictional.country import thornmere

__all__ = ["thornmere"]
