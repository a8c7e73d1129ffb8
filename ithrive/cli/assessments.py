"""`ithrive assessments`: what has to happen day by day without anybody pressing a button."""

import typer

app = typer.Typer(help="Assessment rounds.")


@app.callback()
def group() -> None:
    """Assessment rounds."""


@app.command()
def remind() -> None:
    """Open rounds whose window has come, record those missed, and send each reminder once. Run it daily."""
    from ithrive.cli import site

    with site.website():
        typer.echo(site.remind_of_rounds())
