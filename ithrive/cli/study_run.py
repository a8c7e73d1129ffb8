"""`ithrive study run`, `look` and `monitor`: a study's protocol and its files, to results or to a look."""

import os
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ithrive.cli import answers
from ithrive.problems import BadInput, Problem

if TYPE_CHECKING:
    from ithrive.evaluation.looks import LookTaken
    from ithrive.evaluation.protocol import Frozen, Protocol
    from ithrive.evaluation.study import StudyData, StudyResults

ProtocolFile = Annotated[Path, typer.Argument(help="The protocol, a TOML file.")]
DataFolder = Annotated[Path, typer.Option("--data", help="The folder with figures.csv and the other files.")]
Vintage = Annotated[str, typer.Option(help="Which release the figures are of, in words.")]


def run(
    protocol: ProtocolFile,
    data: DataFolder,
    out: Annotated[Path, typer.Option(help="The folder to write results.json and tables into.")],
    at: Annotated[
        str | None,
        typer.Option(help="The moment to write on the results; the end of the last quarter unless said."),
    ] = None,
    vintage: Vintage = "",
) -> None:
    """Work out everything the protocol asks, into results.json and tables as CSV."""
    from ithrive.cli import study_run_words
    from ithrive.evaluation.study import tables

    found = results_of(protocol, data, vintage=vintage, at=at)
    out.mkdir(parents=True, exist_ok=True)
    # Each file whole or not at all, and last the one that reports are made from.
    for name, text in {**tables(found), "results.json": found.to_json()}.items():
        _write(out / name, text)
    typer.echo(study_run_words.ran(found, out))


def results_of(protocol: Path, data: Path, *, vintage: str = "", at: str | None = None) -> "StudyResults":
    """A study run from its files: the same files give the same results."""
    from ithrive.cli.progress import shown_progress
    from ithrive.evaluation.protocol import standing
    from ithrive.evaluation.study import read_study, run_study

    said, frozen = _protocol(protocol)
    given = read_study(_folder(data), said, vintage=vintage)
    ledger = _ledger(protocol)
    moment = _moment("--at", at) if at else _end(given)
    seen = ledger[0].at if ledger else None
    stands = standing(said, frozen, seen=seen)
    with shown_progress(logged=False) as progress:
        return run_study(said, stands, given, at=moment, frozen=frozen, ledger=ledger, progress=progress)


def look(
    protocol: ProtocolFile,
    data: DataFolder,
    wave: Annotated[int, typer.Option(help="After which wave, counted from the baseline.")],
    by: Annotated[str, typer.Option(help="Who takes the look: a name that stays on record and in reports.")],
) -> None:
    """Take a planned look: judge the primary outcomes, and set it down in NAME.looks.jsonl for good."""
    from ithrive.cli import study_run_words
    from ithrive.evaluation.looks import to_lines
    from ithrive.evaluation.protocol import standing
    from ithrive.evaluation.study import read_study, take_look

    said, frozen = _protocol(protocol)
    given = read_study(_folder(data), said)
    ledger = _ledger(protocol)
    kept = {each.name: each.read_text(encoding="utf-8") for each in _looks(protocol).glob("wave-*.json")}
    before = {each.wave: kept[_name(each.wave)] for each in ledger if _name(each.wave) in kept}
    taken = take_look(said, given, wave=wave, at=datetime.now(UTC), by=by, ledger=ledger, kept=before)
    _looks(protocol).mkdir(exist_ok=True)
    # Figures first: a line in the ledger without them would spoil every later look.
    _write(_looks(protocol) / _name(wave), taken.figures)
    _write(_ledger_path(protocol), to_lines([*ledger, taken.taken]))
    seen = ledger[0].at if ledger else None
    typer.echo(study_run_words.looked(taken, standing(said, frozen, seen=seen), _ledger_path(protocol).name))


def monitor(protocol: ProtocolFile, data: DataFolder) -> None:
    """What has come and how good it is, for the people who run the study: never outcomes by arm."""
    from ithrive.evaluation.study import monitor as watch
    from ithrive.evaluation.study import read_study

    said, _ = _protocol(protocol)
    found = watch(said, read_study(_folder(data), said))
    up_to = f"Figures up to {found.up_to}." if found.up_to else "No figure has come."
    aside = [f"{each.file}: {each.what} set aside, {each.rows} rows. {each.why}" for each in found.dropped]
    typer.echo("\n".join([up_to, *found.sentences, *aside]))


def _protocol(path: Path) -> "tuple[Protocol, Frozen | None]":
    from ithrive.evaluation import protocol as protocols

    file = answers.file("protocol", path)
    record = protocols.frozen_path(file)
    return protocols.read_protocol(file), protocols.read_frozen(record) if record.is_file() else None


def _folder(path: Path) -> Path:
    if path.is_dir():
        return path
    raise BadInput(Problem("--data", f"There is no folder {path}.", "Give the folder with figures.csv."))


def _moment(option: str, text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        what = f"“{text}” is no moment."
        raise BadInput(Problem(option, what, "Write it as 2029-01-31 or 2029-01-31T12:00+00:00.")) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _end(data: "StudyData") -> datetime:
    """The end of the last quarter with figures: without a clock the same files give the same bytes."""
    assert data.last_quarter is not None  # a primary outcome has figures
    return datetime.combine(data.last_quarter.ends, time(), tzinfo=UTC)


def _ledger(protocol: Path) -> "tuple[LookTaken, ...]":
    from ithrive.evaluation.looks import from_lines

    path = _ledger_path(protocol)
    return from_lines(path.read_text(encoding="utf-8"), name=path.name) if path.is_file() else ()


def _ledger_path(protocol: Path) -> Path:
    return protocol.with_name(f"{protocol.stem}.looks.jsonl")


def _looks(protocol: Path) -> Path:
    return protocol.with_name(f"{protocol.stem}.looks")


def _name(wave: int) -> str:
    return f"wave-{wave}.json"


def _write(path: Path, text: str) -> None:
    """Whole or not at all, and on the disk before the next file."""
    beside = path.with_name(f"{path.name}.new")
    with beside.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
