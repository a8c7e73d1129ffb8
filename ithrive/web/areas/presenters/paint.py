"""How each class of a spread map is painted: the layer's own words with a colour and a pattern."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ithrive.areas.paints import NOTHING, ROLES, SHADES, Paint, Palette, definitions, fill
from ithrive.areas.spread import Layer

# A role held in a part of an area: the colour of the role, striped.
_PARTS = {
    "role-accelerator-part": Paint("", "#ffffff", "stripes", "#002f5c"),
    "role-member-part": Paint("", "#d3ebf8", "stripes", "#0072b5"),
    "role-paused-part": Paint("", "#ffffff", "dashes", "#0072b5"),
    "role-left-part": Paint("", "#ffffff", "dots", "#768692"),
}
_LOOKS: Palette = {**ROLES, **_PARTS, **SHADES, "nothing": Paint("", NOTHING)}


def palette_of(layer: Layer) -> Palette:
    """The colours of a layer, in the order of its legend, each with the layer's words."""
    return {entry.css_class: _worded(entry.css_class, entry.words) for entry in layer.legend}


def _worded(css_class: str, words: str) -> Paint:
    look = _LOOKS[css_class]
    return Paint(words, look.colour, look.pattern, look.ink)


def swatch(css_class: str, palette: Palette) -> SafeString:
    """A small sample of a class, to stand before its words."""
    prefix = "swatch"
    pattern = definitions({css_class: palette[css_class]}, prefix)
    return format_html(
        '<svg class="spread-map-legend__swatch" width="28" height="20" viewBox="0 0 28 20" '
        'aria-hidden="true" focusable="false">{}'
        '<rect x="0.5" y="0.5" width="27" height="19" fill="{}" stroke="#4c6272"/></svg>',
        mark_safe(pattern),  # noqa: S308 - markup of our own, with its words escaped
        fill(css_class, palette, prefix),
    )
