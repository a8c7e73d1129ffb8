"""What a page of the return sends: of each line a number or why there is none, a note, what stood there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ithrive.measures import FigureKey
from ithrive.returns import Line, ReturnedFigure
from ithrive.returns.form import Asked, Question
from ithrive.returns.layout import STATES
from ithrive.returns.typed import Refused, typed_cell
from ithrive.tables.rows import plain_text
from ithrive.web.returns.actions import CellDraft, WordsDraft
from ithrive.web.returns.models import LONGEST_NOTE
from ithrive.web.returns.versions import mark_of, seen_mark, text_of

BOTH = "There is a number, and a reason why there is none. Take one of them away."


@dataclass(frozen=True, slots=True)
class Typed:
    """One line as it stands in the boxes of a page; `seen` is the mark of what they were made from."""

    figure: str = ""
    state: str = ""
    note: str = ""
    seen: str = ""

    @property
    def text(self) -> str:
        return self.figure or self.state

    @property
    def untouched(self) -> bool:
        return not (self.figure and self.state) and seen_mark(self.text, self.note) == self.seen


@dataclass(frozen=True)
class Posted:
    """What can be saved of a page, and what cannot with the reason; by line as it was typed."""

    cells: list[CellDraft] = field(default_factory=list)
    words: list[WordsDraft] = field(default_factory=list)
    refused: dict[FigureKey, str] = field(default_factory=dict)
    typed: dict[FigureKey, Typed] = field(default_factory=dict)


def typed_from(figure: ReturnedFigure | None) -> Typed:
    """The boxes as they show what was saved."""
    text = text_of(figure)
    note = figure.reason if figure else ""
    if text in STATES:
        return Typed("", text, note, mark_of(figure))
    return Typed(text, "", note, mark_of(figure))


def read_posted(posted: Mapping[str, str], asked: Iterable[Asked]) -> Posted:
    """The lines and questions that the page showed and somebody changed."""
    found = Posted()
    for each in asked:
        if f"seen:{each.code}" not in posted:
            continue
        if isinstance(each, Question):
            _read_words(posted, each, found)
        else:
            _read_line(posted, each, found)
    return found


def _read_words(posted: Mapping[str, str], question: Question, found: Posted) -> None:
    words = plain_text(posted.get(f"words:{question.code}", ""))[:LONGEST_NOTE]
    seen = posted[f"seen:{question.code}"]
    if seen_mark(words) != seen:
        found.words.append(WordsDraft(question.measure, words, seen))


def _read_line(posted: Mapping[str, str], line: Line, found: Posted) -> None:
    figure, state, note = (
        plain_text(posted.get(f"{part}:{line.code}", "")) for part in ("figure", "state", "note")
    )
    typed = Typed(figure, state, note[:LONGEST_NOTE], posted[f"seen:{line.code}"])
    if typed.untouched:
        return
    found.typed[line.key] = typed
    cell = typed_cell(typed.text)
    if typed.figure and typed.state:
        found.refused[line.key] = BOTH
    elif isinstance(cell, Refused):
        found.refused[line.key] = f"{cell.what} {cell.mend}"
    else:
        found.cells.append(CellDraft(line.key, ReturnedFigure(cell, typed.note), typed.seen))
