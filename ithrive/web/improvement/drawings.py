"""Drawings kept by their content: outside the web root, drawn once, and drawn anew whenever they are gone.

Files and not rows, because a page that is only read should write nothing to the database: with SQLite its
readers would queue behind one another. A file is written beside its place and then moved there, so that
another process finds all of it or none.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from ithrive.improvement import Chart, Funnel
from ithrive.improvement.drawing import (
    NARROW,
    WIDE,
    Sheet,
    Size,
    chart_sheet,
    drawing_key,
    funnel_sheet,
    png,
    svg,
)

# About 15 kB each. Beyond this, those that nobody asked for longest make room.
MOST_KEPT = 20_000
OWNER_ONLY_FOLDER = 0o700


def stored_svg(chart: Chart, title: str, *, unit: str = "", size: Size = WIDE) -> SafeString:
    """The drawing of a chart, as markup for a page."""
    return drawn(chart_sheet(chart, title=title, unit=unit, size=size))


def stored_funnel(
    plot: Funnel, title: str, *, unit: str = "", of_what: str = "", own: str | None = None, size: Size = WIDE
) -> SafeString:
    """The drawing of a funnel, as markup for a page."""
    return drawn(funnel_sheet(plot, title=title, unit=unit, of_what=of_what, own=own, size=size))


def drawn(sheet: Sheet) -> SafeString:
    """A sheet's SVG: kept from an earlier time, or drawn now and kept."""
    content = _kept(f"{drawing_key(sheet)}.svg", lambda: svg(sheet).encode())
    return mark_safe(content.decode())  # noqa: S308 - made as XML, where every name and label is escaped


def picture(sheet: Sheet) -> bytes:
    """A sheet as PNG."""
    return _kept(f"{drawing_key(sheet)}.png", lambda: png(drawn(sheet)))


def both_sizes(sheet_of: Callable[[Size], Sheet]) -> tuple[SafeString, SafeString]:
    """The wide drawing and the narrow one. Style sheets show the one that fits."""
    return drawn(sheet_of(WIDE)), drawn(sheet_of(NARROW))


def _kept(name: str, draw: Callable[[], bytes]) -> bytes:
    place = folder() / name[:2] / name
    try:
        content = place.read_bytes()
        os.utime(place)  # so that what is asked for is what stays
    except OSError:
        content = draw()
        _keep(place, content)
    return content


def _keep(place: Path, content: bytes) -> None:
    """A full disk costs time, not the page."""
    try:
        folder().mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        place.parent.mkdir(exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=place.parent, prefix=".")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(beside).replace(place)
    except OSError:
        return
    # Looking at one folder of 256 each time is enough, as names are spread evenly.
    make_room(place.parent, MOST_KEPT // 256)


def make_room(within: Path, most: int) -> None:
    """Remove what was not asked for longest, until `most` files are left in a folder."""
    by_age = sorted((_asked_for(file), file) for file in within.iterdir())
    for _, file in by_age[: max(len(by_age) - most, 0)]:
        file.unlink(missing_ok=True)


def _asked_for(file: Path) -> float:
    """When a file was last asked for; long ago if another process has just removed it."""
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0


def folder() -> Path:
    return Path(settings.ITHRIVE_DRAWINGS)
