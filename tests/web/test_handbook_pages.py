"""Every address of the site has its line in the handbook, and the handbook lists no address that is gone."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLResolver, get_resolver

PAGES = Path(__file__).parent.parent.parent / "docs/handbook/reference/pages.md"


def routes(resolver: URLResolver, begins: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = begins + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", route)


def in_the_site() -> set[str]:
    return {route for route in routes(get_resolver(), "/") if not route.startswith("/account/")}


def in_the_handbook() -> set[str]:
    return set(re.findall(r"^\| `([^`…]+)` \|", PAGES.read_text(encoding="utf-8"), flags=re.MULTILINE))


def test_every_address_has_its_line_in_the_handbook() -> None:
    assert sorted(in_the_site() - in_the_handbook()) == []


def test_the_handbook_lists_no_address_that_is_gone() -> None:
    assert sorted(in_the_handbook() - in_the_site()) == []
