"""Every check of a return: types, gaps, sums, parts, makings, combinations, methods, movement."""

from collections.abc import Mapping
from itertools import chain

from ithrive.measures import Cell, FigureKey
from ithrive.returns.checks.combinations import impossible
from ithrive.returns.checks.gaps import gaps
from ithrive.returns.checks.makings import wrong_makings
from ithrive.returns.checks.methods import mixed_methods
from ithrive.returns.checks.movement import far_moves
from ithrive.returns.checks.subject import subject
from ithrive.returns.checks.sums import wrong_sums
from ithrive.returns.checks.types import wrong_numbers
from ithrive.returns.checks.wholes import wrong_parts
from ithrive.returns.figures import ReturnFigures
from ithrive.returns.findings import Finding
from ithrive.returns.form import ReturnForm

CHECKS = (wrong_numbers, gaps, wrong_sums, wrong_parts, wrong_makings, impossible, mixed_methods, far_moves)


def check(
    form: ReturnForm,
    figures: ReturnFigures,
    last: Mapping[FigureKey, Cell] | None = None,
    *,
    last_methods: Mapping[str, str] | None = None,
    places: Mapping[FigureKey, str] | None = None,
) -> tuple[Finding, ...]:
    """Everything found in a return, in the order of the form. `last` and `last_methods` are what the area
    sent for the quarter before; `places` say where figures stood in the file they came from.
    """
    seen = subject(form, figures, last, last_methods, places)
    order = {line.key: number for number, line in enumerate(form.lines)}
    found = chain.from_iterable(each(seen) for each in CHECKS)
    return tuple(sorted(found, key=lambda each: order[each.key] if each.key else -1))
