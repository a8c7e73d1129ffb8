"""What the colours and patterns of a map mean: samples for a page's own list, a column for a picture."""

from ithrive.areas.paints import Palette, definitions, fill, xml_text

LINE = 34  # from one entry of a picture's legend to the next
_TEXT = "#212b32"
_EDGE = "#4c6272"  # around swatches, so that pale ones are seen on white


def swatch(css_class: str, palette: Palette, *, prefix: str = "swatch") -> str:
    """A small sample of a class as SVG, to stand before its words. It brings its own pattern."""
    return (
        '<svg class="spread-map-legend__swatch" width="28" height="20" viewBox="0 0 28 20" aria-hidden="true"'
        f' focusable="false">{definitions({css_class: palette[css_class]}, prefix)}'
        f"{_sample(css_class, palette, prefix, 0, 0)}</svg>"
    )


def legend_column(palette: Palette, *, left: int, top: int, prefix: str) -> str:
    """Swatches with their words, one below the other, inside a picture that holds the patterns."""
    rows = (
        _sample(css_class, palette, prefix, left, top + LINE * row)
        + f'<text x="{left + 40}" y="{top + LINE * row + 16}">{xml_text(paint.words)}</text>'
        for row, (css_class, paint) in enumerate(palette.items())
    )
    return f'<g font-size="18" fill="{_TEXT}">{"".join(rows)}</g>'


def _sample(css_class: str, palette: Palette, prefix: str, left: int, top: int) -> str:
    return (
        f'<rect x="{left + 0.5}" y="{top + 0.5}" width="27" height="19"'
        f' fill="{fill(css_class, palette, prefix)}" stroke="{_EDGE}"/>'
    )
