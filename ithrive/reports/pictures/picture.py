"""A picture of a report: drawn, named, said in a sentence, and given again as a table."""

from dataclasses import dataclass, replace
from typing import Any

from ithrive.evaluation.numbers import level, number

__all__ = ["ACCELERATOR", "ARMS", "COMPARISON", "INK", "PALE", "Frame", "Picture", "finished", "number"]

ACCELERATOR, COMPARISON, INK, PALE = "#005eb8", "#8a4b08", "#212b32", "#768692"
ARMS = {"accelerator": "Accelerator sites", "comparison": "Comparison sites"}
WIDTH, HEIGHT = 560, 300


@dataclass(frozen=True, slots=True)
class Frame:
    """What pictures of one study share: the alpha of their intervals, and the mark that each bears.

    `least` is how few sites a mean may be of: a mean of fewer is hidden.
    """

    alpha: float
    mark: str = ""
    least: int = 0

    @property
    def level(self) -> str:
        return level(self.alpha)


@dataclass(frozen=True, slots=True)
class Picture:
    """`svg` stands alone and carries title and sentence; `rows` say the same figures, one text a cell."""

    title: str
    sentence: str
    svg: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def finished(
    drawing: Any, told: Picture, frame: Frame, *, width: int = WIDTH, height: int = HEIGHT
) -> Picture:
    """The picture with its drawing, in the looks that pictures of the evaluation share.

    The mark is drawn as well as said: a picture that is copied out of a report keeps it.
    """
    import altair

    from ithrive.evaluation.drawing import LETTERS, looks, to_svg

    sentence = f"{frame.mark}. {told.sentence}" if frame.mark else told.sentence
    sized = drawing.properties(width=width, height=height)
    if frame.mark:
        head = altair.TitleParams(
            frame.mark, anchor="start", orient="bottom", font=LETTERS, fontSize=13, color=INK, offset=8
        )
        sized = sized.properties(title=head)
    return replace(told, sentence=sentence, svg=to_svg(sized.configure(**looks()), told.title, sentence))


def arms_by_colour_and_shape() -> dict[str, object]:
    """Arms told apart by form as well as colour, for those who see no colours and for print."""
    return kinds_by_colour_and_shape(
        "arm", {ARMS["accelerator"]: (ACCELERATOR, "circle"), ARMS["comparison"]: (COMPARISON, "diamond")}
    )


def kinds_by_colour_and_shape(field: str, kinds: dict[str, tuple[str, str]]) -> dict[str, object]:
    import altair

    names = list(kinds)
    colours, shapes = ([kinds[each][at] for each in names] for at in (0, 1))
    return {
        "color": altair.Color(f"{field}:N", title=None, scale=altair.Scale(domain=names, range=colours)),
        "shape": altair.Shape(f"{field}:N", title=None, scale=altair.Scale(domain=names, range=shapes)),
    }


def nought(axis: str) -> Any:
    import altair

    line = altair.Chart(altair.InlineData(values=[{"nought": 0}])).mark_rule(color=INK, strokeDash=[4, 3])
    return line.encode(**{axis: altair.X("nought:Q") if axis == "x" else altair.Y("nought:Q")})


def quarters(order: list[str]) -> Any:
    import altair

    return altair.X(
        "quarter:N",
        sort=order,
        scale=altair.Scale(domain=order),
        title=None,
        axis=altair.Axis(labelAngle=-60, labelOverlap=False),
    )
