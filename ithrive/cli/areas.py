"""`ithrive areas`: official files in, coverage out."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ithrive.cli import answers

if TYPE_CHECKING:
    from ithrive.areas.gazetteer import Gazetteer

app = typer.Typer(help="Local areas: load official files, work out coverage.")


@app.command()
def load(
    manifest: Annotated[
        Path, typer.Argument(help="The manifest: which files, what is in them, whose they are.")
    ],
    folder: Annotated[
        Path | None, typer.Option(help="Where the files lie; without it, where the manifest says.")
    ] = None,
) -> None:
    """Load a country's areas from official files, all or nothing. A second run changes nothing."""
    from ithrive.cli import site

    path = answers.file("manifest", manifest)
    with site.website():
        gazetteer = read(path, folder)
        typer.echo(site.store_areas(gazetteer))


@app.command()
def coverage(
    members: Annotated[Path, typer.Option(help="CSV of member areas: code, role, starts, ends, kind.")],
    on: Annotated[str, typer.Option(help="The day: 2015-07-01.")],
    ages: Annotated[str, typer.Option(help="Ages counted, both ends included: 0-17.")] = "0-17",
    since: Annotated[str | None, typer.Option(help="Also the change since this day.")] = None,
    geography: Annotated[
        str | None, typer.Option(help="Work it out on this geography, such as CCG15.")
    ] = None,
    manifest: Annotated[
        Path | None,
        typer.Option(help="Read areas from these files; without it, from the website's database."),
    ] = None,
    folder: Annotated[Path | None, typer.Option(help="Where the files of the manifest lie.")] = None,
    country: Annotated[str, typer.Option(help="Which country of the website's database.")] = "england",
    as_json: Annotated[bool, typer.Option("--json", help="The whole working, for a program.")] = False,
) -> None:
    """The share of children and young people living in member areas on a day, with its working."""
    from ithrive.areas.ages import AgeBand
    from ithrive.areas.member_list import read_memberships
    from ithrive.cli import coverage_words

    day, first = answers.day("--on", on), answers.day("--since", since) if since else None
    band, path = AgeBand.parse(ages), answers.file("--members", members)
    gazetteer = read(manifest, folder) if manifest else stored(country)
    memberships = read_memberships(path, name=path.name, gazetteer=gazetteer, today=date.today())  # noqa: DTZ011  # the reader's own day
    found = coverage_words.answer(gazetteer, memberships, on=day, since=first, ages=band, geography=geography)
    typer.echo(coverage_words.as_json(found) if as_json else coverage_words.as_text(found))


def read(manifest: Path, folder: Path | None) -> "Gazetteer":
    """The gazetteer that a manifest describes, while somebody may watch it being read."""
    from ithrive.areas.loading import load
    from ithrive.cli.progress import shown_progress

    path = answers.file("manifest", manifest)
    with shown_progress() as progress:
        return load(path, folder=folder, progress=progress) if folder else load(path, progress=progress)


def stored(country: str) -> "Gazetteer":
    from ithrive.cli import site

    with site.website():
        return site.stored_areas(country)
