"""The demonstration's quarterly returns: what was owed, what came, and what was planted in it."""

from ithrive.web.overview.demonstration.returns.loading import load_returns
from ithrive.web.overview.demonstration.returns.story import BASELINE, FIRST, returns_told

__all__ = ["BASELINE", "FIRST", "load_returns", "returns_told"]
