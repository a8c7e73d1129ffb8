"""`ithrive study covariates` and `ithrive study match`: sites matched on what they were like before."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ithrive.cli import answers
from ithrive.problems import BadInput, Problem

if TYPE_CHECKING:
    from ithrive.evaluation.matching import Candidates, Match, Method

Folder = Annotated[Path, typer.Option(help="Folder for what comes out; made if it is not there.")]


def covariates(
    manifest: Annotated[Path, typer.Option(help="The manifest of a country's official files.")],
    geography: Annotated[str, typer.Option(help="The geography whose areas are candidates, such as CCG15.")],
    attribute: Annotated[list[str], typer.Option(help="An attribute of areas; give it again for more.")],
    treated: Annotated[list[str], typer.Option(help="The code of an accelerator site; give it again.")],
    out: Folder,
    ages: Annotated[str | None, typer.Option(help="Also people of these ages: 0-17.")] = None,
    mid_year: Annotated[int | None, typer.Option(help="Of which mid-year; the earliest unless said.")] = None,
    folder: Annotated[Path | None, typer.Option(help="Where the files of the manifest lie.")] = None,
) -> None:
    """A table of covariates from official files, and a list of areas that share a boundary."""
    from ithrive.areas import AgeBand
    from ithrive.cli.areas import read
    from ithrive.evaluation.matching.from_areas import covariates_of, touching
    from ithrive.tables import csv_text

    band = AgeBand.parse(ages) if ages else None
    gazetteer = read(manifest, folder)
    table = covariates_of(
        gazetteer, geography=geography, attributes=attribute, treated=treated, ages=band, mid_year=mid_year
    )
    pairs = touching(gazetteer, geography)
    out.mkdir(parents=True, exist_ok=True)
    _write(out / "covariates.csv", table)
    _write(out / "neighbours.csv", csv_text(["site", "other"], pairs))
    typer.echo(f"Written to {out}: covariates.csv, and neighbours.csv with {len(pairs):,} shared boundaries.")


def match(
    covariates: Annotated[
        Path, typer.Argument(help="CSV with one row for each site, as “covariates” makes it.")
    ],
    out: Folder,
    site: Annotated[str, typer.Option(help="Column of sites.")] = "site",
    treated: Annotated[
        str, typer.Option(help="Column of 1 for accelerator sites and 0 for others.")
    ] = "treated",
    title: Annotated[str | None, typer.Option(help="Column of what people call the sites.")] = None,
    covariate: Annotated[
        list[str] | None, typer.Option(help="Column to match on; again for more. All others unless said.")
    ] = None,
    exact: Annotated[list[str] | None, typer.Option(help="Column in which matches must be the same.")] = None,
    caliper: Annotated[
        list[str] | None,
        typer.Option(help="NAME=WIDTH: a covariate, or “propensity”, and how far apart at most (in SD)."),
    ] = None,
    k: Annotated[
        int, typer.Option("--k", min=1, max=20, help="How many others for each accelerator site.")
    ] = 1,
    method: Annotated[str, typer.Option(help="mahalanobis, rank-mahalanobis or propensity.")] = "mahalanobis",
    members: Annotated[Path | None, typer.Option(help="CSV of sites that take part: site, because.")] = None,
    neighbours: Annotated[Path | None, typer.Option(help="CSV of shared boundaries: site, other.")] = None,
    providers: Annotated[Path | None, typer.Option(help="CSV of providers: site, provider.")] = None,
    leave_out_missing: Annotated[
        bool, typer.Option("--leave-out-missing", help="Leave candidates out that lack a covariate.")
    ] = False,
    heading: Annotated[str, typer.Option(help="The heading of the page.")] = "Matched sites",
    note: Annotated[str, typer.Option(help="What readers of the page must know first.")] = "",
) -> None:
    """Match accelerator sites with the candidates most like them: pairs, balance, Love plot and a page."""
    from ithrive.evaluation import matching
    from ithrive.evaluation.matching.reading import Headings, read_candidates
    from ithrive.evaluation.matching.tables import summary

    path = answers.file("covariates", covariates)
    headings = Headings(site, treated, title, tuple(covariate or ()), tuple(exact or ()))
    read = read_candidates(path, name=path.name, headings=headings, leave_out=leave_out_missing)
    way = matching.Way(_method(method), k, tuple(exact or ()), dict(map(_caliper, caliper or ())))
    found = matching.match(_guarded(read, members, neighbours, providers), way)
    out.mkdir(parents=True, exist_ok=True)
    written = _written(found, out, heading, note)
    typer.echo("\n".join((*summary(found), f"Written to {out}: {', '.join(written)}.")))


def _method(text: str) -> "Method":
    from ithrive.evaluation.matching import METHODS

    for each in METHODS:
        if each == text:
            return each
    raise BadInput(Problem("--method", f"“{text}” is no method.", f"Choose from: {', '.join(METHODS)}."))


def _caliper(text: str) -> tuple[str, float]:
    from ithrive.tables import decimal_number

    name, _, width = text.rpartition("=")
    number = decimal_number(width.strip())
    if not name or number is None:
        raise BadInput(Problem("--caliper", f"“{text}” is no caliper.", "Write it as NAME=WIDTH: imd=0.5."))
    return name.strip(), number


def _guarded(
    candidates: "Candidates", joined: Path | None, touching: Path | None, serving: Path | None
) -> "Candidates":
    from ithrive.evaluation import matching

    providers: dict[str, set[str]] = {}
    for site, provider in _columns(serving, "--providers", "site", "provider"):
        providers.setdefault(site, set()).add(provider)
    return matching.guarded(
        candidates,
        matching.members(candidates, dict(_columns(joined, "--members", "site", "because"))),
        matching.neighbours(candidates, _columns(touching, "--neighbours", "site", "other")),
        matching.shared_providers(candidates, providers),
    )


def _columns(path: Path | None, option: str, first: str, second: str) -> list[tuple[str, str]]:
    from ithrive.tables import read_csv

    if path is None:
        return []
    rows = read_csv(answers.file(option, path), name=path.name, needs=(first, second))
    return [(row.cells[first], row.cells[second]) for row in rows]


def _written(found: "Match", out: Path, heading: str, note: str) -> list[str]:
    from ithrive.evaluation import matching
    from ithrive.evaluation.drawing import love_plot_svg, love_plot_words
    from ithrive.evaluation.matching import page, tables
    from ithrive.tables import csv_text

    balance, others = matching.balance(found), matching.alternatives(found)
    picture, words = love_plot_svg(balance), love_plot_words(balance)
    files: Mapping[str, str] = {
        "pairs.csv": csv_text(tables.SET_HEADINGS, tables.set_rows(found)),
        "balance.csv": csv_text(tables.BALANCE_HEADINGS, tables.balance_rows(balance)),
        "exclusions.csv": csv_text(tables.EXCLUSION_HEADINGS, tables.exclusion_rows(found)),
        "alternatives.csv": csv_text(tables.ALTERNATIVE_HEADINGS, tables.alternative_rows(others)),
        "love-plot.svg": picture,
        "match.html": page.match_page(found, balance, others, picture, words, title=heading, note=note),
        page.STYLE_FILE: page.STYLE,
    }
    for name, text in files.items():
        _write(out / name, text)
    return list(files)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")
