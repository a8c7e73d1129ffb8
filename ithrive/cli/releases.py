"""`ithrive releases`: prepare a release, list the ledger, and read the attacker's report on a server."""

from typing import Annotated

import typer

app = typer.Typer(help="Releases of figures.")


@app.command()
def prepare(
    title: Annotated[str, typer.Option(help="What readers know it by.")],
    quarter: Annotated[list[str], typer.Option(help="A quarter, as 2026/27 Q1. Give several if wanted.")],
    measure: Annotated[
        list[str] | None, typer.Option(help="A measure's id; all of them if left out.")
    ] = None,
    country: Annotated[str, typer.Option(help="Whose figures.")] = "england",
    rule: Annotated[str, typer.Option(help="The disclosure rule.")] = "programme",
) -> None:
    """Prepare a release of what is signed off now. A person releases it on the site."""
    from ithrive.cli import site

    with site.website():
        typer.echo(site.prepare_release(title, quarter, measure or [], country, rule))


@app.command(name="list")
def list_() -> None:
    """The ledger: every release and what became of it."""
    from ithrive.cli import site

    with site.website():
        typer.echo(site.listed_releases())


@app.command()
def attack(reference: Annotated[str, typer.Argument(help="The release, as `list` names it.")]) -> None:
    """What a reader who does every sum can work out. Confidential."""
    from ithrive.cli import site

    with site.website():
        typer.echo(site.attacked_release(reference))
