"""What a version changes against the one before it, in a page's words."""

from dataclasses import dataclass

from ithrive.measures import Cell
from ithrive.returns import DifferenceReport
from ithrive.web.components.parts import Params, table


@dataclass(frozen=True, slots=True)
class DifferencesPage:
    sentence: str
    shown: Params | None
    changes: Params | None
    methods: Params | None


def differences_page(report: DifferenceReport) -> DifferencesPage:
    shown = [
        (f"{each.title} ({each.whom})", each.unit.value, _said(each.before), _said(each.after))
        for each in report.shown
    ]
    changed = [
        (each.line.measure_title, f"{each.line.title} ({each.line.whom})", _said(each.before),
         _said(each.after), each.reason)
        for each in report.changes
    ]  # fmt: skip
    asked = [(measure, was or "none", now or "none") for measure, (was, now) in report.methods.items()]
    return DifferencesPage(
        report.sentence,
        table("Figures that are shown", ["Figure", "In", "Before", "After"], shown, numeric=(2, 3))
        if shown
        else None,
        table(
            "Figures as returned", ["Measure", "Figure", "Before", "After", "Reason"], changed, numeric=(2, 3)
        )
        if changed
        else None,
        table("Instruments and methods", ["Measure", "Before", "After"], asked) if asked else None,
    )


def _said(cell: Cell) -> str:
    if cell.number is None:
        return cell.state.value
    return f"{cell.number:,}" if isinstance(cell.number, int) else f"{cell.number:,.2f}"
