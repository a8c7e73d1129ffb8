"""A panel read from rows: every check before any sum, and every row without a figure named."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ithrive.evaluation.panel import Dropped, Panel
from ithrive.evaluation.panel_cells import WRITE_A_WAVE, Columns, PanelRow, Seen, Wave
from ithrive.evaluation.panel_contradictions import (
    arms,
    changing,
    mistimed,
    nearly_alike,
    pairing,
    repeated,
    too_late,
)
from ithrive.problems import BadInput, Problem
from ithrive.tables import Row, read_csv


def read_panel(source: Path | bytes, *, name: str, columns: Columns) -> Panel:
    """The panel in a CSV file, one row for each site and wave. `name` is what messages call the file.

    Raises BadInput with every problem found, each naming its row and column.
    """
    return panel_from_rows(read_csv(source, name=name, needs=columns.all), name=name, columns=columns)


def panel_from_rows(rows: Sequence[Row], *, name: str, columns: Columns) -> Panel:
    """The panel in rows of text: column `treated` holds 0 or 1 and `start` the site's first treated wave.

    Without `start`, `treated` says for every wave whether the site had begun. With it, `treated` may also
    say just which sites are accelerators. A site that starts after the last wave is a comparison site. Empty
    outcome cells are left out, counted and named. With `offset` figures become log(outcome / offset).
    Raises BadInput with every problem found.
    """
    seen = _read(rows, name, columns)
    _refuse([*repeated(seen, name, columns), *nearly_alike(seen, name, columns)])
    sites: dict[str, list[Seen]] = {}
    for each in sorted(seen, key=lambda each: (each.site, each.wave)):
        sites.setdefault(each.site, []).append(each)
    waves = sorted({each.wave for each in seen})
    _refuse([*changing(sites, name, columns), *mistimed(sites, name, columns)])
    _refuse([*too_late(sites, waves[-1], name, columns)])
    starts = _starts(sites, waves)
    _refuse([*arms(starts, len(waves), name, columns), *pairing(sites, starts, len(waves), name, columns)])
    panel = _panel(sites, waves, starts, columns)
    _refuse(_empty(panel, name))
    return panel


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise BadInput(problems)


def _read(rows: Sequence[Row], name: str, columns: Columns) -> list[Seen]:
    seen, problems = [], []
    for row in rows:
        cells = PanelRow(row, name, columns)
        wave = cells.wave(columns.wave)
        start = cells.wave(columns.start) if columns.start else None
        each = Seen(
            number=row.number,
            site=cells.words(columns.site),
            wave=wave or Wave("", 0, ""),
            treated=cells.treated(),
            start=start,
            pair=cells.words(columns.pair) if columns.pair else "",
            weight=cells.above_nought(columns.weights),
            offset=cells.above_nought(columns.offset),
            figures=dict(cells.figures()),
        )
        seen.append(each)
        problems += cells.problems
    if not rows:
        problems = [Problem(name, "The panel has no rows.", "Send one row for each site and wave.")]
    _refuse(problems)
    kinds = {each.wave.kind for each in seen} | {each.start.kind for each in seen if each.start}
    if len(kinds) > 1:
        what = f"Waves are written in different ways ({', '.join(sorted(kinds))})."
        raise BadInput(Problem(f"{name}, column {columns.wave}", what, WRITE_A_WAVE))
    return seen


def _starts(sites: dict[str, list[Seen]], waves: Sequence[Wave]) -> dict[str, int]:
    """The position of each site's first treated wave; the number of waves for a site that never began."""
    if any(rows[0].start for rows in sites.values()):
        return {site: _position(rows[0].start, waves) for site, rows in sites.items()}
    began = {
        site: min((each.wave for each in rows if each.treated), default=None) for site, rows in sites.items()
    }
    first = min((wave for wave in began.values() if wave), default=None)
    late = any(
        not each.treated and first and each.wave >= first
        for site, rows in sites.items()
        if began[site]
        for each in rows
    )
    # A site whose rows are missing around the start began with the others, unless a row says otherwise.
    return {site: _position(wave if late else wave and first, waves) for site, wave in began.items()}


def _position(start: Wave | None, waves: Sequence[Wave]) -> int:
    return sum(wave < start for wave in waves) if start else len(waves)


def _panel(
    sites: dict[str, list[Seen]], waves: Sequence[Wave], starts: dict[str, int], columns: Columns
) -> Panel:
    place = {wave: at for at, wave in enumerate(waves)}
    figures = np.full((len(columns.outcomes), len(sites), len(waves)), np.nan)
    weights = np.ones((len(sites), len(waves)))
    dropped = []
    for at, (site, rows) in enumerate(sites.items()):
        for each in rows:
            weights[at, place[each.wave]] = each.weight
            for number, outcome in enumerate(columns.outcomes):
                figure = each.figures[outcome]
                if figure is None:
                    dropped.append(Dropped(outcome, site, each.wave.label))
                else:
                    figures[number, at, place[each.wave]] = figure / each.offset
    return Panel(
        sites=tuple(sites),
        waves=tuple(wave.label for wave in waves),
        outcomes=columns.outcomes,
        figures=np.log(figures) if columns.offset else figures,
        starts=np.array([starts[site] for site in sites], dtype=np.int64),
        pairs=tuple(rows[0].pair for rows in sites.values()) if columns.pair else (),
        weights=weights,
        weighted=columns.weights is not None,
        logged=columns.offset is not None,
        dropped=tuple(dropped),
    )


def _empty(panel: Panel, name: str) -> list[Problem]:
    there = [bool((~np.isnan(each)).any()) for each in panel.figures]
    return [
        Problem(
            f"{name}, column {outcome}", "There is not one figure.", "Fill it, or leave this outcome out."
        )
        for outcome, any_there in zip(panel.outcomes, there, strict=True)
        if not any_there
    ]
