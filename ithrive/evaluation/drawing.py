"""Pictures of the evaluation, drawn with Altair when asked for: named, described, fit for a strict page.

They stand apart from the charts of improvement on purpose: what sites learn from must not feed effects.
Needs the `reports` or `web` extra.
"""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement, tostring

from ithrive.evaluation.matching.balance import BALANCED, CovariateBalance

if TYPE_CHECKING:
    import altair

SVG = "http://www.w3.org/2000/svg"
INK, BEFORE, AFTER = "#212b32", "#4c6272", "#005eb8"
LETTERS = "Inter, Arial, sans-serif"
FONTS = Path(__file__).parent.parent / "improvement" / "drawing" / "fonts"
WIDTH, ROW = 420, 26
# What Vega tells machines of each part, and what a strict page forbids. The whole is one picture.
NOT_KEPT = re.compile(r"class|role|aria-.*|style|id|clip-path|pointer-events|.*\}space")
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_svg(chart: "altair.TopLevelMixin", title: str, description: str) -> str:
    """An Altair chart as SVG with a title and a description, without styles, scripts or classes.

    The same chart gives the same bytes. A table with the same figures belongs beside it on the page.
    """
    import vl_convert
    from defusedxml.ElementTree import fromstring

    # Text is measured with the letters it is shown in, or words run into each other.
    vl_convert.register_font_directory(str(FONTS))
    drawn = fromstring(vl_convert.vegalite_to_svg(chart.to_dict()))
    name = "e" + hashlib.sha256(f"{title}\n{description}\n{tostring(drawn)!r}".encode()).hexdigest()[:16]
    root = Element("svg", {"xmlns": SVG, "role": "img"})
    root.attrib |= {"aria-labelledby": f"{name}-title", "aria-describedby": f"{name}-words"}
    root.attrib |= {each: drawn.attrib[each] for each in ("width", "height", "viewBox")}
    SubElement(root, "title", {"id": f"{name}-title"}).text = FORBIDDEN.sub("", title)
    SubElement(root, "desc", {"id": f"{name}-words"}).text = FORBIDDEN.sub("", description)
    root.extend(_clean(child) for child in drawn)
    return tostring(root, encoding="unicode")


def love_plot_svg(found: Sequence[CovariateBalance], title: str = "Balance before and after matching") -> str:
    """A Love plot: for each covariate, how far apart the arms were before matching and are after it."""
    return to_svg(_love_plot(found), title, love_plot_words(found))


def love_plot_words(found: Sequence[CovariateBalance]) -> str:
    """The sentence that says what a Love plot shows."""
    worst = max(found, key=lambda each: abs(each.before.difference))
    left = max(found, key=lambda each: abs(each.after.difference))
    near = sum(abs(each.after.difference) <= BALANCED for each in found)
    return (
        f"Before matching the arms differed most in {worst.covariate}, by {abs(worst.before.difference):.2f} "
        f"standard deviations; after it most in {left.covariate}, by {abs(left.after.difference):.2f}. "
        f"After matching {near} of {len(found)} covariates lie within {BALANCED:g}."
    )


def _love_plot(found: Sequence[CovariateBalance]) -> "altair.LayerChart":
    import altair

    names = [each.covariate for each in found]
    spots = [
        {"covariate": each.covariate, "when": when, "apart": abs(sample.difference)}
        for each in found
        for when, sample in (("Before matching", each.before), ("After matching", each.after))
    ]
    up = altair.Y("covariate:N", sort=names, title=None, axis=altair.Axis(labelLimit=320, grid=True))
    across = altair.X(
        "apart:Q", title="Difference of means, in standard deviations", scale=altair.Scale(zero=True)
    )
    when = ["Before matching", "After matching"]
    marks = {
        "color": altair.Color("when:N", title=None, scale=altair.Scale(domain=when, range=[BEFORE, AFTER])),
        # Told apart by form as well, for those who see no colours and for print.
        "shape": altair.Shape(
            "when:N", title=None, scale=altair.Scale(domain=when, range=["circle", "diamond"])
        ),
    }
    drawn = altair.Chart(altair.InlineData(values=spots)).mark_point(size=110, filled=True, opacity=1)
    line = altair.Chart(altair.InlineData(values=[{"apart": BALANCED}])).mark_rule(
        strokeDash=[4, 3], color=INK
    )
    layers = altair.layer(line.encode(x=across), drawn.encode(x=across, y=up, **marks))
    drawing: altair.LayerChart = layers.properties(width=WIDTH, height=ROW * len(names)).configure(**looks())
    return drawing


def looks() -> dict[str, Any]:
    """The looks that pictures of the evaluation share."""
    letters = {"labelFont": LETTERS, "titleFont": LETTERS, "labelColor": INK, "titleColor": INK}
    sizes = {"labelFontSize": 14, "titleFontSize": 14, "titleFontWeight": "normal"}
    return {
        "background": "#ffffff",
        "axis": {**letters, **sizes, "gridColor": "#d8dde0", "domainColor": INK, "tickColor": INK},
        "legend": {**letters, **sizes, "orient": "top", "symbolSize": 110, "columnPadding": 24},
        "view": {"stroke": None},
    }


def _clean(element: Element) -> Element:
    kept = {name: value for name, value in element.attrib.items() if not NOT_KEPT.fullmatch(name)}
    made = Element(element.tag.rpartition("}")[2], kept)
    made.text = element.text
    made.extend(_clean(child) for child in element)
    return made
