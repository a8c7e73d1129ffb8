"""The open API: what is public, to read by machine; and the one call that writes, to send a return."""

from ithrive.web.overview.api.calls import api, urls

__all__ = ["api", "urls"]
