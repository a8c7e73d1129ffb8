"""Reading a return from wherever it was filled in: a workbook, a CSV file, the web form, the API."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ithrive.measures import FigureKey
from ithrive.returns.figures import Identity, ReturnFigures
from ithrive.returns.findings import Finding
from ithrive.returns.form import ReturnForm


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. `identity` is what the sender says it is, None where that cannot be told; `figures`
    carry the identity that was expected. `typed` is the text of every figure as it came, `places` where
    it stood.
    """

    figures: ReturnFigures
    findings: tuple[Finding, ...]
    identity: Identity | None
    typed: Mapping[FigureKey, str] = field(default_factory=lambda: MappingProxyType({}))
    places: Mapping[FigureKey, str] = field(default_factory=lambda: MappingProxyType({}))


def read_workbook(content: bytes, name: str, *, form: ReturnForm, expected: Identity) -> Reading:
    """Raises BadInput for a file that is no workbook we can open; all else is told as findings."""
    raise NotImplementedError


def read_csv_return(content: bytes, name: str, *, form: ReturnForm, expected: Identity) -> Reading:
    """The CSV form of the workbook. Raises BadInput for a file that is no table."""
    raise NotImplementedError


def read_form_posts(posted: Mapping[str, str], *, form: ReturnForm, expected: Identity) -> Reading:
    """What a web form posts: fields `figure:H3.started/getting-help`, `note:…` the same, `method:D4`."""
    raise NotImplementedError


def read_json(sent: Mapping[str, object], *, form: ReturnForm, expected: Identity) -> Reading:
    """What the API or a return file sends: the mapping that `return_file_out` writes."""
    raise NotImplementedError
