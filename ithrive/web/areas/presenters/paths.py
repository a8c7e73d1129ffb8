"""Where the pages on areas are. Plain text, because a map of two hundred links needs them quickly."""

from collections.abc import Iterable
from urllib.parse import quote, urlencode

from ithrive.areas.places import Country
from ithrive.web.components.parts import Params, breadcrumbs


def way_here(country: Country | None = None) -> Params:
    """The breadcrumbs of a page of a country, or (None) of all areas."""
    steps = [("Home", "/"), ("Areas", "/areas/")]
    if country:
        steps.append((country.name, country_path(country.slug)))
    return breadcrumbs(*steps)


def country_path(slug: str) -> str:
    return f"/areas/{slug}/"


def area_path(slug: str, kind: str, code: str) -> str:
    return f"/areas/{slug}/{kind}/{quote(code, safe='')}/"


def map_path(slug: str, **question: str) -> str:
    return f"/areas/{slug}/map/" + (f"?{urlencode(question)}" if question else "")


def coverage_path(slug: str, **question: str) -> str:
    return f"/areas/{slug}/coverage/" + (f"?{urlencode(question)}" if question else "")


PAGES = {
    "membership": "Membership and roles",
    "support": "Direct support",
    "people": "People",
    "history": "What changed",
}


def links_from(area: str, pages: Iterable[str]) -> list[tuple[str, str]]:
    """The pages of one area as (text, path)."""
    return [(PAGES[page], f"{area}{page}/") for page in pages]
