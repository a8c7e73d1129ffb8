"""Where the pages on areas are. Plain text, because a map of two hundred links needs them quickly."""

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


def own_pages(area: str) -> dict[str, tuple[str, str]]:
    """The pages of one area's own, as (text, path); `area` is its path."""
    return {
        "membership": ("Membership and roles", f"{area}membership/"),
        "support": ("Direct support", f"{area}support/"),
        "people": ("People", f"/people{area.replace('/areas/', '/area/', 1)}"),
        "history": ("What changed", f"{area}history/"),
    }
