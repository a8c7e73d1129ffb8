"""What other parts of the site show beside returns: they say so when the site starts, and are asked here.

Returns know nothing of releases; yet an area that sends figures again wants to see what that does to them.
"""

from collections.abc import Callable, Iterable

from ithrive.web.components.parts import Params
from ithrive.web.returns.models import Version

Tables = Callable[[Version], Iterable[Params]]
_beside_differences: list[Tables] = []


def show_beside_differences(tables: Tables) -> None:
    """From now on these tables stand under what a version changes. Said twice counts once."""
    if tables not in _beside_differences:
        _beside_differences.append(tables)


def beside_differences(version: Version) -> list[Params]:
    return [table for tables in _beside_differences for table in tables(version)]
