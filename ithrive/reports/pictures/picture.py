"""A picture of a report: drawn, named, said in a sentence, and given again as a table."""

from dataclasses import dataclass
from typing import Any

ACCELERATOR, COMPARISON, INK, PALE = "#005eb8", "#8a4b08", "#212b32", "#768692"
ARMS = {"accelerator": "Accelerator sites", "comparison": "Comparison sites"}
WIDTH, HEIGHT = 560, 300


@dataclass(frozen=True, slots=True)
class Picture:
    """`svg` stands alone and carries title and sentence; `rows` say the same figures, one text a cell."""

    title: str
    sentence: str
    svg: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def finished(
    drawing: Any,
    title: str,
    sentence: str,
    headings: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    *,
    height: int = HEIGHT,
) -> Picture:
    """The drawing in the looks that pictures of the evaluation share."""
    from ithrive.evaluation.drawing import looks, to_svg

    sized = drawing.properties(width=WIDTH, height=height).configure(**looks())
    return Picture(title, sentence, to_svg(sized, title, sentence), headings, rows)


def number(value: float | None) -> str:
    """A figure as reports write it: three significant digits, a true minus, and a dash for none."""
    if value is None:
        return "–"
    text = f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"
    return text.replace("-", "−") if "e" not in text else f"{value:.3f}".replace("-", "−")


def arms_by_colour_and_shape() -> dict[str, object]:
    """Arms told apart by form as well as colour, for those who see no colours and for print."""
    import altair

    names = list(ARMS.values())
    return {
        "color": altair.Color(
            "arm:N", title=None, scale=altair.Scale(domain=names, range=[ACCELERATOR, COMPARISON])
        ),
        "shape": altair.Shape(
            "arm:N", title=None, scale=altair.Scale(domain=names, range=["circle", "diamond"])
        ),
    }
