"""What each class of area looks like on a map: a colour and a pattern, so that neither is needed alone.

Neighbouring classes differ in lightness or in pattern, and so stay apart for people who see colours
differently and on a grey print.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Paint:
    """How a class of area is filled. `words` stand in the legend; `ink` is the pattern's colour."""

    words: str
    colour: str
    pattern: str = ""  # one of PATTERNS, or plain
    ink: str = "#ffffff"


Palette = Mapping[str, Paint]

# Each pattern: the side of the square that repeats, how far it is turned, and what is drawn in it.
PATTERNS = {
    "stripes": (7, 45, '<path d="M1.5 0v7" stroke="{ink}" stroke-width="2.2"/>'),
    "dots": (7, 45, '<circle cx="3.5" cy="3.5" r="1.2" fill="{ink}"/>'),
    "grid": (7, 45, '<path d="M0 3.5h7M3.5 0v7" stroke="{ink}" stroke-width="1.3"/>'),
    "dashes": (7, 0, '<path d="M0 3.5h4" stroke="{ink}" stroke-width="1.6"/>'),
}

NOTHING = "#d8dfe3"  # an area of which there is nothing to say

ROLES: Palette = {
    "role-accelerator": Paint("Accelerator", "#002f5c", "dots"),
    "role-member": Paint("Member", "#0072b5"),
    "role-paused": Paint("Paused", "#cfe6f5", "stripes", "#0072b5"),
    "role-left": Paint("Left", "#eef1f2", "grid", "#5d6d79"),
    "role-comparison": Paint("Comparison (confidential)", "#f3b35c", "dashes", "#5c3a00"),
    "role-none": Paint("Not a member", NOTHING),
}

# From much to little of anything: support given, time since contact, fifths of areas by an attribute.
SHADES: Palette = {
    "shade-5": Paint("Highest fifth of areas", "#08306b", "dots"),
    "shade-4": Paint("Fourth fifth", "#1c64a8"),
    "shade-3": Paint("Middle fifth", "#7dbbe3", "stripes", "#08406f"),
    "shade-2": Paint("Second fifth", "#bcdcf0", "dots", "#1c64a8"),
    "shade-1": Paint("Lowest fifth of areas", "#dbe9f4"),
    "shade-unknown": Paint("Not available", "#eef1f2", "grid", "#5d6d79"),
}

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(words: str) -> str:
    """Safe in XML, in text and in attributes; characters that XML cannot hold are dropped."""
    return escape(_NOT_IN_XML.sub("", words))


def fill(css_class: str, palette: Palette, prefix: str) -> str:
    """What a shape of this class has as its `fill`; unknown classes are painted as nothing to say."""
    paint = palette.get(css_class)
    if paint is None:
        return NOTHING
    return f"url(#{xml_text(prefix)}-{xml_text(css_class)})" if paint.pattern else xml_text(paint.colour)


def definitions(palette: Palette, prefix: str) -> str:
    """The patterns of a palette, to stand once in the picture."""
    patterns = (_pattern(name, paint, prefix) for name, paint in palette.items() if paint.pattern)
    return f"<defs>{''.join(patterns)}</defs>"


def _pattern(css_class: str, paint: Paint, prefix: str) -> str:
    side, turned, drawn = PATTERNS[paint.pattern]
    return (
        f'<pattern id="{xml_text(prefix)}-{xml_text(css_class)}" width="{side}" height="{side}"'
        f' patternUnits="userSpaceOnUse" patternTransform="rotate({turned})">'
        f'<rect width="{side}" height="{side}" fill="{xml_text(paint.colour)}"/>'
        f"{drawn.format(ink=xml_text(paint.ink))}</pattern>"
    )


def used(palette: Palette, css_classes: Iterable[str]) -> Palette:
    """The part of a palette that a map needs: a legend names nothing that is not on the map."""
    wanted = set(css_classes)
    return {name: paint for name, paint in palette.items() if name in wanted}
