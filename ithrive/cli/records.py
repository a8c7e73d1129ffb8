"""`ithrive records`: extracts of the national data set, made into safe returns beside the records."""

import re
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Literal

import typer

from ithrive.cli import answers
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


@app.command("build")
def build_returns(
    extract: Annotated[Path, typer.Argument(help="The folder that holds the extract.")],
    sites: Annotated[Path, typer.Option(help="Which site is made of what: a .toml or .csv file.")],
    out: Annotated[Path, typer.Option(help="A new or empty folder for the returns.")],
    quarter: Annotated[
        list[str] | None, typer.Option(help="A quarter, as “2025/26 Q1”; give it again for more.")
    ] = None,
    first: Annotated[str | None, typer.Option("--from", help="The first of several quarters.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="The last of them.")] = None,
    engine: Annotated[Literal["duckdb", "spark"], typer.Option(help="Where the work is done.")] = "duckdb",
    mode: Annotated[
        Literal["corrected", "parity"], typer.Option(help="Mended rules, or official ones with their quirks.")
    ] = "corrected",
    memory: Annotated[str, typer.Option(help="How much memory it may take.")] = "4GB",
    groupings: Annotated[
        Path | None, typer.Option(help="CSV of groupings that sites recorded: UniqServReqID,day,grouping.")
    ] = None,
    deprived: Annotated[
        Path | None, typer.Option(help="CSV of the most deprived neighbourhoods: neighbourhood.")
    ] = None,
    own: Annotated[
        Path | None,
        typer.Option(help="Folder of your own reference_sets.csv, scales.csv, team_groupings.csv."),
    ] = None,
    needs_codes: Annotated[
        Path | None,
        typer.Option(help="CSV of what codes of MHS803 (version 5 and before) stand for: code,grouping."),
    ] = None,
    oldest: Annotated[int, typer.Option(help="Highest age at referral that is counted.")] = 17,
    suppress: Annotated[
        Literal["none", "partners", "programme"],
        typer.Option(help="Hide small counts by this rule; otherwise figures stay as they are."),
    ] = "none",
    resume: Annotated[
        bool, typer.Option("--resume", help="Keep what is done if stopped, and go on from there.")
    ] = False,
    master: Annotated[str, typer.Option(help="Spark's master.")] = "local[2]",
    remote: Annotated[str | None, typer.Option(help="Address of Spark Connect: sc://host:15002.")] = None,
) -> None:
    """Build the quarterly returns of sites from an extract. Nothing about any one person leaves it."""
    from ithrive.cli.progress import shown_progress
    from ithrive.cli.records_build import Asked
    from ithrive.cli.records_build import build_returns as build
    from ithrive.cli.records_build.asked import asked_quarters, neighbourhoods_in
    from ithrive.cli.records_build.resuming import place_to_resume
    from ithrive.records.features import Rules
    from ithrive.records.indicators import Mode
    from ithrive.records.model import needs_based_codes, own_lists

    rules = Rules(
        oldest=oldest,
        own=own_lists(own) if own else None,
        most_deprived=neighbourhoods_in(answers.file("--deprived", deprived)) if deprived else frozenset(),
        needs_based_codes=needs_based_codes(answers.file("--needs-codes", needs_codes))
        if needs_codes
        else (),
    )
    if remote:
        _check_remote(engine)
    asked = Asked(
        extract=extract,
        sites=answers.file("--sites", sites),
        quarters=asked_quarters(quarter or [], first, last),
        out=out,
        engine=engine,
        mode=Mode(mode),
        memory=memory,
        rules=rules,
        groupings=answers.file("--groupings", groupings) if groupings else None,
        suppress="" if suppress == "none" else suppress,
        kept=place_to_resume(out) if resume else None,
        master=master,
        remote=remote,
    )
    with shown_progress() as progress:
        returns = build(asked, progress)
    typer.echo(f"Written {len(returns)} returns to {out}. How it went: {out / 'run-log.md'}.")


@app.command()
def check(
    extract: Annotated[Path, typer.Argument(help="The folder that holds the extract.")],
    errors: Annotated[
        Path | None, typer.Option(help="Every failure by file and row: .csv, .parquet.")
    ] = None,
    memory: Annotated[str, typer.Option(help="How much memory it may take.")] = "4GB",
) -> None:
    """Say what is wrong with an extract, by file and row number, never by person."""
    from ithrive.cli.progress import shown_progress
    from ithrive.cli.records_build import check_extract
    from ithrive.cli.records_build.asked import engine_within

    if errors and errors.suffix not in (".csv", ".parquet"):
        raise BadInput(Problem("--errors", f"{errors.name} is neither .csv nor .parquet.", "Name it so."))
    with engine_within(memory) as engine, shown_progress() as progress:
        report = check_extract(extract, engine, errors, progress)
        for finding in report.findings:
            typer.echo(str(finding.problem))
        for failed in report.failed:
            typer.echo(str(failed))
    rows = sum(failed.rows for failed in report.failed)
    typer.echo(f"{len(report.findings)} findings; {rows:,} rows failed {len(report.failed)} rules.")
    if errors:
        typer.echo(f"Every failure is in {errors}.")


@app.command()
def differences() -> None:
    """Say where corrected figures part from the official rules, and why."""
    from ithrive.records.indicators import differences_as_text

    typer.echo(differences_as_text())


def _check_remote(engine: str) -> None:
    if engine != "spark":
        raise BadInput(Problem("--remote", "Only Spark can be reached so.", "Add --engine spark."))
    if not find_spec("grpc"):
        what = "What Spark Connect needs is not installed."
        raise BadInput(Problem("--remote", what, 'Install it with: pip install "pyspark[connect]".'))


def _month(option: str, text: str) -> int:
    from ithrive.records.model import month_number

    found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", text)
    if not found:
        raise BadInput(Problem(option, f"“{text}” is not a month.", "Write it as year-month: 2024-04."))
    return month_number(date(int(found[1]), int(found[2]), 1))
