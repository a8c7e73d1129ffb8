"""What every page's frame needs to know."""

from django.http import HttpRequest

PLACES = (("Home", "/"), ("Framework", "/framework/"), ("Areas", "/areas/"))
SOURCE = "https://github.com/"
FOOTER = (
    ("About", "/about/"),
    ("Accessibility", "/accessibility/"),
    ("Privacy and cookies", "/privacy/"),
    ("Open API", "/api/v1/docs"),
)


def frame(request: HttpRequest) -> dict[str, object]:
    """Navigation with the place we are in, and the links at the foot."""
    return {
        "site_navigation": [
            {"text": text, "href": href, "current": current(href, request.path)} for text, href in PLACES
        ],
        "site_footer": [{"text": text, "href": href} for text, href in FOOTER],
    }


def current(href: str, path: str) -> str:
    """What aria-current says of a link: the page itself, a page below it, or nothing."""
    if path == href:
        return "page"
    return "true" if href != "/" and path.startswith(href) else ""
