"""`ithrive records`: extracts of the national data set, made into safe returns beside the records."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from ithrive.problems import BadInput, Problem

app = typer.Typer(help="Extracts of the national data set (MHSDS), and returns made of them.")


@app.command()
def synthesise(
    people: Annotated[int, typer.Option(help="How many young people.")],
    out: Annotated[Path, typer.Option(help="A new or empty folder, or one that a stopped run left.")],
    months: Annotated[int, typer.Option(help="How many months.")] = 30,
    seed: Annotated[int, typer.Option(help="The same seed gives the same files.")] = 1,
    first: Annotated[str, typer.Option("--from", help="The first month, 2024-04 or later.")] = "2024-04",
    site: Annotated[list[str] | None, typer.Option(help="Name of a site; give it again for more.")] = None,
    file_format: Annotated[
        Literal["parquet", "csv"], typer.Option("--format", help="What files are written.")
    ] = "parquet",
    copies: Annotated[float, typer.Option(help="Share of contacts that stand there twice.")] = 0.0,
    spoil: Annotated[float, typer.Option(help="Share of rows that are spoilt on purpose.")] = 0.0,
) -> None:
    """Make an extract of people who never were, with every figure that should come out of it."""
    from ithrive.cli.progress import shown_progress
    from ithrive.records.synthesis import SITES, Settings
    from ithrive.records.synthesis import synthesise as make

    settings = Settings(
        people=people,
        months=months,
        seed=seed,
        first_month=_month("--from", first),
        file_format=file_format,
        copies=copies,
        spoil=spoil,
        sites=tuple(site) if site else SITES,
    )
    with shown_progress() as progress:
        make(settings, out, progress=progress)
    typer.echo(f"Written to {out}. It is synthetic and never real: see {out / 'SYNTHETIC.txt'}.")


def _month(option: str, text: str) -> int:
    from ithrive.records.model import month_number

    found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", text)
    if not found:
        raise BadInput(Problem(option, f"“{text}” is not a month.", "Write it as year-month: 2024-04."))
    return month_number(date(int(found[1]), int(found[2]), 1))
