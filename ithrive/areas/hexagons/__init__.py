"""Equal-population hexagons: a map on which every hexagon stands for as many children as any other.

On a land map a city vanishes and a moor shouts. Here an area has hexagons by its people, lies near its
place, and hangs together. Only positions and people are needed, no boundaries.
"""

from ithrive.areas.hexagons.clusters import HexagonLayout, layout
from ithrive.areas.hexagons.outlines import hexagons

__all__ = ["HexagonLayout", "hexagons", "layout"]
