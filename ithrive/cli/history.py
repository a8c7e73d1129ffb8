"""`ithrive history`: whether the chain of changes is whole."""

import typer

app = typer.Typer(help="The history of every change.")


@app.callback()
def group() -> None:
    """The history of every change."""


@app.command()
def verify() -> None:
    """Check that no line of the history was altered, removed or slipped in."""
    from ithrive.cli import site

    with site.website():
        typer.echo(site.verified_history())
