"""`ithrive effect`: what a change brought about, from any panel of sites and waves."""

from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from ithrive.cli import answers


class Split(Enum):
    """How a moderator is used."""

    MEDIAN = "median"
    AS_MEASURED = "as-measured"


class Compared(Enum):
    """Whom sites are compared with where starts differ."""

    NEVER = "never"
    NOT_YET = "not-yet"


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
    counts: Annotated[
        bool, typer.Option("--counts", help="Outcomes are counts: Poisson regression too, noughts kept.")
    ] = False,
    moderator: Annotated[
        str | None, typer.Option(help="Column of what sites were like before, one value a site.")
    ] = None,
    split: Annotated[
        Split, typer.Option(help="Moderator: upper half against lower, or as measured.")
    ] = Split.MEDIAN,
    compared: Annotated[
        Compared, typer.Option(help="Starts that differ: beside sites that never began, or had not yet.")
    ] = Compared.NEVER,
    alpha: Annotated[
        float, typer.Option(min=0.0001, max=0.5, help="Intervals hold all but this share.")
    ] = 0.05,
    as_json: Annotated[bool, typer.Option("--json", help="Every figure, for a program.")] = False,
) -> None:
    """The effect on each outcome, with every judgement of it that few sites allow."""
    from ithrive.cli import effect_words
    from ithrive.cli.effect_beside import Asked, Beside, counted, each_outcome
    from ithrive.cli.effect_panels import counts_of, moderator_of, without_noughts
    from ithrive.cli.progress import shown_progress
    from ithrive.evaluation import Columns, family, read_panel

    columns = Columns(site, wave, tuple(dict.fromkeys(outcome)), treated, start, pair, weights, offset)
    path = answers.file("panel", panel)
    tally = counts_of(path, columns) if counts else None
    if tally:
        columns = replace(columns, outcomes=without_noughts(tally, tally.outcomes[:-1]))
    known = moderator_of(path, columns, moderator) if moderator else None
    asked = Asked(alpha, compared.value.replace("-", " "), moderator, split.value.replace("-", " "), known)
    read = read_panel(path, name=path.name, columns=columns) if columns.outcomes else None
    with shown_progress(logged=False) as progress:
        whole = each_outcome(read, asked, progress) if read else ()
    found, others = [each for each, _ in whole], {each.outcome: other for each, other in whole}
    if tally:
        for each in tally.outcomes[:-1]:
            others[each] = replace(others.get(each, Beside()), counts=counted(tally, each, alpha))
    write = effect_words.as_json if as_json else effect_words.as_text
    typer.echo(write(found, family(found), alpha, others))
