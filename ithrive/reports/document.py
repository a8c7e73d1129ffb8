"""A document before it has a form: what is said, in which order, with which pictures and tables."""

from dataclasses import dataclass

from ithrive.reports.pictures import Picture


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 2 is a section, 3 a part of it; the title of the document is level 1. `id` is for links."""

    level: int
    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list without an order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that must not be overlooked, such as that results are exploratory."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. The first cell of each row heads the row; `source` names where its numbers come from."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture with its sentence; its table follows it, unless `table` is False and one is told below."""

    picture: Picture
    source: str = ""
    table: bool = True

    @property
    def grid(self) -> Grid | None:
        told = self.picture
        return Grid(told.title, told.headings, told.rows, self.source) if self.table else None


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a page of its own where there are pages."""


Block = Heading | Paragraph | Points | Warned | Grid | Drawn | NewPage


@dataclass(frozen=True, slots=True)
class Document:
    """`made_of` says from what it was made, such as the SHA-256 of the results; it stands at the end.

    `marks` stand on every page where there are pages: “Exploratory results”, “A fictional study”.
    """

    title: str
    subtitle: str
    made_of: str
    blocks: tuple[Block, ...]
    marks: tuple[str, ...] = ()

    @property
    def sections(self) -> tuple[Heading, ...]:
        return tuple(each for each in self.blocks if isinstance(each, Heading) and each.level == 2)

    @property
    def mark(self) -> str:
        return " · ".join(self.marks)
