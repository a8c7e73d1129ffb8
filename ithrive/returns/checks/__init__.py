"""Every check of a return."""

from collections.abc import Mapping

from ithrive.measures import Cell, FigureKey
from ithrive.returns.figures import ReturnFigures
from ithrive.returns.findings import Finding
from ithrive.returns.form import ReturnForm


def check(
    form: ReturnForm,
    figures: ReturnFigures,
    last: Mapping[FigureKey, Cell] | None = None,
    *,
    last_methods: Mapping[str, str] | None = None,
    places: Mapping[FigureKey, str] | None = None,
) -> tuple[Finding, ...]:
    """Everything found in a return, in the order of the form. `last` are the area's figures of the quarter
    before; `places` say where figures stood in the file they came from.
    """
    raise NotImplementedError
