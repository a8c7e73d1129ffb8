"""`ithrive site`: prepare, serve and look after the website."""

import os
from typing import Annotated

import typer

app = typer.Typer(help="The website.")


@app.command()
def migrate() -> None:
    """Bring the database, its cache table and the static files up to date."""
    from ithrive.cli import site

    with site.website():
        site.migrate()
    typer.echo("The database and the static files are up to date.")


@app.command()
def administrator(email: Annotated[str, typer.Argument(help="Their email address.")]) -> None:
    """Invite the first administrator of a real programme, and print the link of the invitation."""
    from ithrive.cli import site

    with site.website():
        typer.echo(site.invite_administrator(email))


@app.command()
def serve(
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="The port; otherwise PORT, otherwise 8000.")
    ] = None,
) -> None:
    """Serve the website until Ctrl-C."""
    from ithrive.cli import site

    with site.website():
        if port:
            os.environ["PORT"] = str(port)
        site.serve()


@app.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def manage(context: typer.Context) -> None:
    """Run one of Django's own commands, such as `shell`; `ithrive site manage help` lists them."""
    from ithrive.cli import site

    with site.website():
        site.manage(context.args)
