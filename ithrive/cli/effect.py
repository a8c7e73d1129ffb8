"""`ithrive effect`: what a change brought about, from any panel of sites and waves."""

from pathlib import Path
from typing import Annotated

import typer

from ithrive.cli import answers


def effect(
    panel: Annotated[Path, typer.Argument(help="CSV with one row for each site and wave.")],
    site: Annotated[str, typer.Option(help="Column of sites.")],
    wave: Annotated[str, typer.Option(help="Column of waves: 0, 1, 2 or 2016-Q1 or 2016-04-01.")],
    outcome: Annotated[
        list[str], typer.Option(help="Column of an outcome; give it again for a family of outcomes.")
    ],
    treated: Annotated[
        str, typer.Option(help="Column of 0 and 1: treated at this wave or, with --start, treated at all.")
    ],
    start: Annotated[
        str | None, typer.Option(help="Column of each site's first treated wave; empty if never.")
    ] = None,
    pair: Annotated[str | None, typer.Option(help="Column of matched pairs.")] = None,
    weights: Annotated[str | None, typer.Option(help="Column of weights above nought.")] = None,
    offset: Annotated[
        str | None, typer.Option(help="Column to divide outcomes by, such as people; then logarithms.")
    ] = None,
    alpha: Annotated[
        float, typer.Option(min=0.0001, max=0.5, help="Intervals hold all but this share.")
    ] = 0.05,
    as_json: Annotated[bool, typer.Option("--json", help="Every figure, for a program.")] = False,
) -> None:
    """The effect on each outcome, with every judgement of it that few sites allow."""
    from ithrive.cli import effect_words
    from ithrive.evaluation import Columns, effects, family, read_panel

    columns = Columns(site, wave, tuple(dict.fromkeys(outcome)), treated, start, pair, weights, offset)
    path = answers.file("panel", panel)
    found = effects(read_panel(path, name=path.name, columns=columns), alpha=alpha)
    together = family(found)
    write = effect_words.as_json if as_json else effect_words.as_text
    typer.echo(write(found, together, alpha))
