"""What every page's frame needs to know."""

from django.conf import settings
from django.http import HttpRequest

PLACES = (
    ("Home", "/"),
    ("Framework", "/framework/"),
    ("Areas", "/areas/"),
    ("Measures", "/measures/"),
    ("Releases", "/releases/"),
)
FOOTER = (
    ("About", "/about/"),
    ("Accessibility", "/accessibility/"),
    ("Privacy and cookies", "/privacy/"),
    ("Open API", "/api/"),
)


def frame(request: HttpRequest) -> dict[str, object]:
    """Navigation with the place we are in, and the links at the foot."""
    return {
        "site_navigation": [place(text, href, request.path) for text, href in PLACES],
        "site_footer": [place(text, href, request.path) for text, href in FOOTER],
        "source_address": settings.SOURCE_ADDRESS,
    }


def place(text: str, href: str, path: str) -> dict[str, str]:
    return {"text": text, "href": href, "current": current(href, path)}


def current(href: str, path: str) -> str:
    """What aria-current says of a link: the page itself, a page below it, or nothing."""
    if path == href:
        return "page"
    return "true" if href != "/" and path.startswith(href) else ""
