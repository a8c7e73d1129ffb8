"""The figures of one return, each with what was said about it, and whose return it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ithrive.measures import Cell, CellState, FigureKey
from ithrive.periods import Quarter

NOT_SENT = Cell.without(CellState.NOT_SUBMITTED)


@dataclass(frozen=True, slots=True)
class Identity:
    """Which return it is: whose, of which quarter, on which version of the form, and which submission."""

    area_code: str
    area_name: str
    country: str
    quarter: Quarter
    form_version: str
    submission_version: int = 1


@dataclass(frozen=True, slots=True)
class ReturnedFigure:
    """A figure with the reason that answers a query on it, and where it was worked out."""

    cell: Cell
    reason: str = ""
    provenance: str = ""


@dataclass(frozen=True, slots=True)
class ReturnFigures:
    """All figures of one return. `methods` says for a measure which instrument or method was used."""

    identity: Identity
    figures: Mapping[FigureKey, ReturnedFigure]
    methods: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    notes: str = ""

    def cell(self, key: FigureKey) -> Cell:
        """The figure under a key; one that is not there was not submitted."""
        found = self.figures.get(key)
        return found.cell if found else NOT_SENT

    def reason(self, key: FigureKey) -> str:
        found = self.figures.get(key)
        return found.reason if found else ""

    @property
    def cells(self) -> Mapping[FigureKey, Cell]:
        """The figures alone, as `shown_cell` wants them."""
        return {key: figure.cell for key, figure in self.figures.items()}
