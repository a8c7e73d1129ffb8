"""`ithrive returns`: quarterly returns, and the figures that others published."""

from pathlib import Path
from typing import Annotated

import typer

from ithrive.cli import answers
from ithrive.problems import BadInput, Problem

app = typer.Typer(help="Quarterly returns, and figures that others published.")

OUT = (".parquet", ".csv")
DRAWN = (".html", ".svg")


@app.command("import-published")
def bring_in(
    files: Annotated[list[Path], typer.Argument(help="Files as published: .xlsx, .csv or .csv.gz.")],
    out: Annotated[Path, typer.Option(help="Where the tidy table goes: a .parquet or .csv file.")],
    findings: Annotated[Path | None, typer.Option(help="CSV of everything found to be odd.")] = None,
    rebase_to: Annotated[
        str | None, typer.Option(help="Bring areas to this geography, such as CCG21; needs --manifest.")
    ] = None,
    manifest: Annotated[Path | None, typer.Option(help="The manifest of the country's areas.")] = None,
    folder: Annotated[Path | None, typer.Option(help="Where the files of the manifest lie.")] = None,
) -> None:
    """Bring in what NHS England and Scotland publish, as one tidy table, and say everything odd about it."""
    from ithrive.cli import published_words
    from ithrive.cli.areas import read
    from ithrive.cli.progress import shown_progress
    from ithrive.returns.published import import_published, rebased

    _refuse_ending("--out", out, OUT)
    if rebase_to and not manifest:
        raise BadInput(Problem("--rebase-to", "It is not said which areas there are.", "Add --manifest."))
    paths = [answers.file("files", path) for path in files]
    with shown_progress() as progress:
        imported = import_published(paths, progress=progress)
    moved = rebased(imported.figures, read(manifest, folder), rebase_to) if rebase_to and manifest else None
    (moved or imported).figures.write(out)
    if findings:
        everything = (*imported.findings, *(moved.findings if moved else ()))
        findings.write_text(published_words.findings_csv(everything), encoding="utf-8", newline="")
    typer.echo(published_words.as_text(imported, moved))
    typer.echo(f"Written to {out}.")


@app.command()
def remind() -> None:
    """Write once to those whose return is open, due soon or late. Run it daily."""
    from ithrive.cli import site

    with site.website():
        typer.echo(site.remind_of_returns())


@app.command()
def spc(
    file: Annotated[Path, typer.Argument(help="What import-published wrote.")],
    area: Annotated[str, typer.Option(help="Code of the area, as published.")],
    measure: Annotated[str, typer.Option(help="Which measure.")],
    out: Annotated[Path, typer.Option(help="Where the page goes: a .html or .svg file.")],
    of: Annotated[str | None, typer.Option(help="What the measure is counted in; then a P chart.")] = None,
    breakdown: Annotated[str | None, typer.Option(help="Which breakdown, where there are several.")] = None,
    every: Annotated[
        str | None, typer.Option(help="month, quarter or year, where there are several.")
    ] = None,
    better: Annotated[str, typer.Option(help="Which way is better: higher, lower or neither.")] = "neither",
    target: Annotated[float | None, typer.Option(help="A target; with --of a share of 1.")] = None,
) -> None:
    """Draw one area's published figures as an SPC chart, its mergers marked."""
    from ithrive.cli.chart_page import chart_page
    from ithrive.cli.published_series import Asked, direction_of, series_of, sources_of
    from ithrive.improvement import chart, chart_sentence
    from ithrive.improvement.drawing import chart_svg
    from ithrive.returns.published import PublishedFigures

    _refuse_ending("--out", out, DRAWN)
    figures = PublishedFigures.read(answers.file("file", file))
    asked = Asked(area, measure, of, breakdown, every)
    made = chart(series_of(figures, asked, better=direction_of(better), target=target))
    title = made.series.name
    if out.suffix == ".svg":
        out.write_text(chart_svg(made, title=title, alone=True), encoding="utf-8")
    else:
        sources = sources_of(figures, asked)
        out.write_text(chart_page(made, title=title, unit="", sources=sources), encoding="utf-8")
    typer.echo(f"{title}\n{chart_sentence(made)}\nWritten to {out}.")


def _refuse_ending(option: str, path: Path, endings: tuple[str, ...]) -> None:
    if path.suffix not in endings:
        what = f"{path.name} ends in none of {', '.join(endings)}."
        raise BadInput(Problem(option, what, "Give it one of these endings."))
