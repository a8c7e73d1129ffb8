"""A real browser on a real server. Whatever it complains of fails the journey, unless it was expected."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import django
import pytest
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

django.setup()

from tests.cast import Cast, assemble  # noqa: E402 # models exist only once Django is ready

# A browser and a server share a small machine; a page of charts is drawn at its first visit. As long as the
# driver itself waits for a page or a button: who waits less fails where others keep the machine busy.
expect.set_options(timeout=30_000)

# Said aloud in the console, so that a policy that only reports would be heard as well.
TELL_OF_REFUSALS = """addEventListener('securitypolicyviolation', refused =>
    console.error(`Content Security Policy: ${refused.violatedDirective} refused ${refused.blockedURI}`))"""


@dataclass
class Complaints:
    """What browsers said in their consoles during one journey."""

    heard: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def expect(self, words: str) -> None:
        """Not a fault: a complaint with these words, such as "403" when the journey is to be refused."""
        self.expected.append(words)

    def listen_to(self, context: BrowserContext) -> None:
        # Four browsers and their servers on two busy cores once took longer than 30 s for their first page.
        context.set_default_navigation_timeout(120_000)
        context.add_init_script(TELL_OF_REFUSALS)
        context.on("console", self.hear)
        context.on("weberror", lambda error: self.heard.append(str(error.error)))

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.heard.append(f"{message.text} ({message.location['url']})")

    def unexpected(self) -> list[str]:
        return [said for said in self.heard if not any(words in said for words in self.expected)]


@pytest.fixture(scope="session")
def base_url(live_server: Any) -> str:
    """So that a journey says `page.goto("/areas/")`.

    Not on SQLite in memory: server and test would share one connection, and two threads that use one at the
    same moment can wait for each other for ever (one holds SQLite's lock and wants Python's, the other the
    reverse).
    """
    if connection.vendor == "sqlite":
        pytest.fail("Journeys in a browser need PostgreSQL: run `make test-browser`.")
    return str(live_server.url)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Ada, Ben, Cam and the others, where the server sees them too: see tests/cast.py."""
    return assemble()


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    complaints = Complaints()
    yield complaints
    assert complaints.unexpected() == []


@pytest.fixture
def context(context: BrowserContext, complaints: Complaints) -> BrowserContext:
    complaints.listen_to(context)
    return context


@pytest.fixture
def page_without_javascript(browser: Browser, base_url: str, complaints: Complaints) -> Iterator[Page]:
    """The page of somebody whose browser runs no scripts."""
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    complaints.listen_to(context)
    yield context.new_page()
    context.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
