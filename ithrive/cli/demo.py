"""`ithrive demo`: the demonstration programme, and how to sign in to it."""

from typing import Annotated

import typer

app = typer.Typer(help="The demonstration programme in a fictional country.")


@app.command()
def load() -> None:
    """Load the demonstration programme. A second run changes nothing."""
    from ithrive.cli import site

    with site.website():
        typer.echo(site.load_demonstration())


@app.command("send-return")
def send_return() -> None:
    """Build the return that one area still owes from a synthetic extract, and submit it. Once only."""
    from ithrive.cli import site

    with site.website():
        wanted = site.return_to_build()
        if wanted is None:
            typer.echo("No return of the demonstration is still to be built.")
            return
        from ithrive.cli.demo_records import built_return

        typer.echo(site.send_built_return(built_return(wanted)))


@app.command()
def people() -> None:
    """Say who can sign in to the demonstration, and how."""
    from ithrive.cli import site

    with site.website():
        typer.echo(site.demonstration_people())


@app.command()
def code(email: Annotated[str, typer.Argument(help="The demonstration person's email address.")]) -> None:
    """The six digits that a demonstration person's authenticator would show now."""
    from ithrive.cli import site

    with site.website():
        typer.echo(site.demonstration_code(email))
