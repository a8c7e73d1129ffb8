"""`ithrive study`: a protocol checked, frozen and amended, sites matched, the study run and reported."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from ithrive.cli import answers, study_match, study_report, study_run
from ithrive.problems import BadInput, Problem

app = typer.Typer(help="A study: its protocol, and the sites that are compared.")

ProtocolFile = Annotated[Path, typer.Argument(help="The protocol, a TOML file.")]
Person = Annotated[str, typer.Option(help="Who does this: a name that stays on record and in reports.")]


@app.command()
def check(protocol: ProtocolFile) -> None:
    """Check a protocol against its schema and the measure dictionary."""
    from ithrive.cli import study_words
    from ithrive.evaluation.protocol import read_protocol

    typer.echo(study_words.checked(read_protocol(answers.file("protocol", protocol))))


@app.command()
def freeze(protocol: ProtocolFile, by: Person) -> None:
    """Seal a protocol with its fingerprint and the time, in NAME.frozen.json beside it."""
    from ithrive.cli import study_words
    from ithrive.evaluation import protocol as protocols

    path = answers.file("protocol", protocol)
    record = protocols.frozen_path(path)
    if record.exists():
        what = f"{record.name} is there: this protocol was frozen before."
        raise BadInput(
            Problem(path.name, what, "Use “ithrive study amend”, which keeps what was said first.")
        )
    frozen = protocols.freeze(protocols.read_protocol(path), by=by, at=datetime.now(UTC))
    with record.open("x", encoding="utf-8") as file:  # never over a record made meanwhile
        file.write(protocols.frozen_text(frozen))
    typer.echo(study_words.sealed(frozen, record.name))


@app.command()
def amend(
    protocol: ProtocolFile,
    reason: Annotated[str, typer.Option(help="Why the protocol changes.")],
    by: Person,
) -> None:
    """Add the protocol as it reads now to its frozen record, with the reason."""
    from ithrive.cli import study_words
    from ithrive.evaluation import protocol as protocols

    path = answers.file("protocol", protocol)
    record = protocols.frozen_path(path)
    if not record.is_file():
        what = f"There is no {record.name}: this protocol was not frozen."
        raise BadInput(Problem(path.name, what, "Freeze it first: “ithrive study freeze”."))
    frozen = protocols.amend(
        protocols.read_frozen(record),
        protocols.read_protocol(path),
        reason=reason,
        by=by,
        at=datetime.now(UTC),
    )
    beside = record.with_name(f"{record.name}.new")
    beside.write_text(protocols.frozen_text(frozen), encoding="utf-8")
    beside.replace(record)  # whole or not at all
    typer.echo(study_words.amended(frozen))


@app.command()
def show(protocol: ProtocolFile) -> None:
    """What a protocol says, whether it stands as frozen, and every amendment."""
    from ithrive.cli import study_words
    from ithrive.evaluation import protocol as protocols

    path = answers.file("protocol", protocol)
    said, record = protocols.read_protocol(path), protocols.frozen_path(path)
    frozen = protocols.read_frozen(record) if record.is_file() else None
    typer.echo(study_words.shown(said, frozen))


app.command()(study_match.covariates)
app.command()(study_match.match)
app.command()(study_run.run)
app.command()(study_run.look)
app.command()(study_run.monitor)
app.command()(study_report.report)
