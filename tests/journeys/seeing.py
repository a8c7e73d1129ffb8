"""What a journey checks of any page it looks at, and how it takes a picture of it."""

import os
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

HERE = Path(__file__).parent
PICTURES = HERE.parent.parent / "docs" / "handbook" / "pictures"
AXE = (HERE / "vendor" / "axe.min.js").read_text(encoding="utf-8")
NARROW = {"width": 320, "height": 800}
# A new width is told to the page with the next frame; the header then moves its links in the frame after.
LAID_OUT = """new Promise(done => { let frames = 4; (function wait() {
    frames-- ? requestAnimationFrame(wait) : done() })() })"""


def assert_accessible(page: Page) -> None:
    """No rule of axe-core is broken, on the page as it stands now."""
    # Evaluated, not added as a script tag: the page's policy would refuse the tag.
    page.evaluate(AXE)
    broken = page.evaluate("axe.run()")["violations"]
    assert not broken, "\n".join(told(rule, page.url) for rule in broken)


def told(rule: dict[str, Any], url: str) -> str:
    places = "\n".join(
        f"    {node['html'][:200]}\n    {node.get('failureSummary', '')}" for node in rule["nodes"][:5]
    )
    return f"{url}: {rule['id']} ({rule['impact']}): {rule['help']}\n{places}"


def assert_fits(page: Page) -> None:
    """Nothing pushes the page sideways; a wide table scrolls in a region of its own."""
    wide, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= window, f"{page.url} is {wide} pixels wide in a window of {window}: {sticking_out(page)}"


def sticking_out(page: Page) -> list[str]:
    """The outermost few elements that reach beyond the window, to find the one to mend."""
    script = """[...document.body.querySelectorAll('*')]
        .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1 && !e.closest('[role=region]'))
        .slice(0, 4).map(e => e.outerHTML.slice(0, 120))"""
    return list(page.evaluate(script))


def assert_good(page: Page) -> None:
    """Accessible and fitting, as it stands and on the narrowest screen. Leaves the window as it was."""
    size = page.viewport_size
    for window in (size, NARROW):
        if window:
            page.set_viewport_size(window)  # type: ignore[arg-type] # its own ViewportSize, or ours alike
            page.evaluate(LAID_OUT)
        assert_accessible(page)
        assert_fits(page)
    if size:
        page.set_viewport_size(size)


def take_picture(page: Page, name: str, *, height: int = 0) -> None:
    """A picture for the handbook, docs/handbook/pictures/NAME.png, when ITHRIVE_PICTURES=1 asks for it.

    height: only so many pixels of the page from its top, where a long table follows; 0 is all of it.
    """
    if os.environ.get("ITHRIVE_PICTURES") != "1":
        return
    PICTURES.mkdir(parents=True, exist_ok=True)
    # The skip link, the pointer's hover and what sticks to the window are not what the picture is of.
    page.mouse.move(0, 0)
    page.evaluate("scrollTo(0, 0)")
    wide = page.evaluate("document.documentElement.clientWidth")
    top = {"x": 0, "y": 0, "width": wide, "height": height} if height else None
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True, animations="disabled", clip=top)  # type: ignore[arg-type] # its own FloatRect, or ours alike
