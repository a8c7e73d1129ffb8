"""The figures as they were at a look, kept as text: later looks take them into account unchanged."""

import json
from collections.abc import Mapping
from typing import Any

from ithrive.evaluation.protocol import Protocol
from ithrive.evaluation.study.data import Merger, StudyData
from ithrive.evaluation.study.figures import AT, Figure, OutcomeFigures
from ithrive.measures import Cell, cell_text, read_cell
from ithrive.periods import Quarter
from ithrive.problems import BadInput, Problem


def snapshot(protocol: Protocol, data: StudyData, wave: int) -> str:
    """The figures of the primary outcomes up to a wave, and the mergers by then, in one fixed form."""
    last = protocol.waves.baseline + wave
    figures = {
        outcome.id: [
            [site, quarter.label, cell_text(each.cell), None if each.over is None else cell_text(each.over)]
            for (site, quarter), each in sorted(data.figures.get(outcome.id, {}).items())
            if quarter <= last
        ]
        for outcome in protocol.primary
    }
    mergers = [
        [each.site, each.quarter.label, each.successor, each.share]
        for each in sorted(data.mergers, key=lambda each: (each.site, each.quarter, each.successor))
        if each.quarter <= last
    ]
    whole = {"wave": wave, "figures": figures, "mergers": mergers}
    return json.dumps(whole, sort_keys=True, ensure_ascii=False, indent=0) + "\n"


def read_snapshot(text: str, *, name: str) -> tuple[Mapping[str, OutcomeFigures], tuple[Merger, ...]]:
    """What a snapshot holds. Raises BadInput where it is none."""
    try:
        whole = json.loads(text)
        figures = {outcome: dict(map(_figure, rows)) for outcome, rows in whole["figures"].items()}
        mergers = tuple(
            Merger(site, Quarter.parse(quarter), successor, share)
            for site, quarter, successor, share in whole["mergers"]
        )
    except (ValueError, KeyError, TypeError, AttributeError, BadInput) as error:
        what = "These are not the figures of a look."
        raise BadInput(Problem(name, what, "Restore the file from a copy.")) from error
    return figures, mergers


def _figure(row: list[Any]) -> tuple[AT, Figure]:
    site, quarter, cell, over = row
    below: Cell | None = None if over is None else read_cell(over, place="offset")
    return (site, Quarter.parse(quarter)), Figure(read_cell(cell, place="figure"), below)
