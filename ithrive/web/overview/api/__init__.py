"""The open API: what is public of areas, membership and coverage, to read by machine. Nothing here writes."""

from ithrive.web.overview.api.calls import api, urls

__all__ = ["api", "urls"]
