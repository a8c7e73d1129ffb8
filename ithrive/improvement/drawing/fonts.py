"""The letters of drawings: our own, so that every machine draws the same."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
FAMILY = "Inter, sans-serif"


@cache
def use_our_letters() -> None:
    """Tell the drawing library where our letters lie, once in a process."""
    import vl_convert

    vl_convert.register_font_directory(str(FOLDER))
