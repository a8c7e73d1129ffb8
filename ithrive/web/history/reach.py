"""What this app asks of `request.areas`; it lies below the app that knows areas."""

from typing import Any, Protocol

from django.db.models import QuerySet

from ithrive.web.rights import Right


class Reach(Protocol):
    """What one reader may reach."""

    def may(self, right: Right) -> bool: ...
    def require(self, right: Right) -> None: ...
    def having(self, right: Right) -> QuerySet[Any]: ...
