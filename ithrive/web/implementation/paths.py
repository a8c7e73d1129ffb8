"""Where an area's pages on its work are. Some are laid out by the overview, which joins rounds in."""

from ithrive.web.areas.models import LocalArea
from ithrive.web.areas.presenters.paths import area_path


def work_path(area: LocalArea) -> str:
    """Phases and steps: the first of the area's implementation pages."""
    return f"/implementation{_here(area)}"


def home_path(area: LocalArea) -> str:
    """The area's home page."""
    return f"/home{_here(area).removeprefix('/areas')}"


def page_path(area: LocalArea, page: str) -> str:
    """One of `plan`, `proposals`, `wishes`, `people`, `stakeholders`."""
    return f"{work_path(area)}{page}/"


def _here(area: LocalArea) -> str:
    return area_path(area.country.slug, area.kind, area.code)
