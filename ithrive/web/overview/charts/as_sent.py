"""What an area sent of a measure, with what it said about it."""

from collections.abc import Iterator, Mapping

from ithrive.measures import FigureKey, Measure
from ithrive.periods import Quarter
from ithrive.returns.form import whom
from ithrive.web.components import parts
from ithrive.web.components.parts import Params
from ithrive.web.overview.charts.asked import Asked

Reasons = Mapping[Quarter, Mapping[FigureKey, str]]


def what_was_said(measure: Measure, reasons: Reasons) -> Iterator[str]:
    """The reasons that came with figures, the latest first; one given for many figures stands once."""
    for quarter in sorted(reasons, reverse=True):
        by_words: dict[str, list[str]] = {}
        for key, words in reasons[quarter].items():
            by_words.setdefault(words, []).append(_titled(measure, key))
        for words, titles in by_words.items():
            more = f" and {len(titles) - 1} more" if len(titles) > 1 else ""
            yield f"{quarter.label}, {titles[0]}{more}: “{words}”"


def what_was_sent(asked: Asked, reasons: Reasons) -> Params:
    """Everything that was sent for all together, the latest quarter first, with states and reasons."""
    rows = []
    for quarter in reversed(asked.record.quarters):
        cells = asked.record.cells(quarter)
        for figure in asked.measure.returned:
            key = FigureKey(asked.measure.id, figure.code)
            cell = cells.get(key)
            number = "not submitted" if cell is None else str(cell.state)
            if cell is not None and cell.number is not None:
                number = f"{cell.number:,g}"
            rows.append((quarter.label, figure.title, number, reasons.get(quarter, {}).get(key, "")))
    headings = ("Quarter", "Figure", "Number", "What was said")
    return parts.table("Figures as they were sent", headings, rows, caption_size="s")


def _titled(measure: Measure, key: FigureKey) -> str:
    title = measure.figure(key.figure).title
    return f"{title} ({whom(key.grouping, key.breakdown)})" if key.grouping or key.breakdown else title
