"""The run: read, check, work out, and hand over return workbooks, return files and what explains them."""

import re
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ithrive.cli.records_build.asked import Asked
from ithrive.cli.records_build.explained import explained
from ithrive.cli.records_build.hiding import hidden
from ithrive.cli.records_build.log import breaks, run_log
from ithrive.cli.records_build.resuming import fit_to_resume
from ithrive.cli.records_build.returned import Built, returned
from ithrive.cli.records_build.standing import Standing
from ithrive.cli.records_build.steps import Progress, WatchedEngine
from ithrive.cli.records_build.vintage import Vintage, manifest, submissions_as_json, vintage_of
from ithrive.cli.records_build.whole import refuse_taken, whole_folder
from ithrive.disclosure import rule
from ithrive.measures import measures
from ithrive.problems import BadInput, Problem
from ithrive.records.checks import CheckReport, run_checks
from ithrive.records.checks.copies import without_copies
from ithrive.records.engine import Engine
from ithrive.records.features import Rules
from ithrive.records.indicators import Figure, build, compute
from ithrive.records.reading import open_extract
from ithrive.records.sites import DatedSites, read_sites
from ithrive.records.succession import followed, followed_ids
from ithrive.returns import Identity, ReturnForm, return_form, workbook_out
from ithrive.returns.reading import return_file_out

if TYPE_CHECKING:
    import ibis

RECORDED = ("UniqServReqID", "day", "grouping")
FORM = "1"  # the form in use; see ithrive.web.returns.versions


def build_returns(asked: Asked, progress: Progress = lambda *_: None) -> list[Built]:
    """Every return that was asked for, written into `asked.out`, whole or not at all."""
    refuse_taken(asked.out)
    sites = read_sites(asked.sites)
    progress("Taking digests", 0, 1)
    vintage = vintage_of(asked.extract, (asked.sites, asked.groupings))
    progress("Taking digests", 1, 1)
    if asked.kept:
        fit_to_resume(asked.kept, vintage.digest, asked.extract.resolve(), asked.engine, asked.rules)
    with asked.opened_engine() as opened:
        engine = WatchedEngine(opened, progress)
        report, returns, read = _worked_out(asked, sites, vintage, engine)
    if asked.suppress:
        shown = rule(asked.suppress, asked.today)
        returns = [hidden(each, shown) for each in returns]
    with whole_folder(asked.out, within=asked.kept) as folder:
        _write(folder, asked, report, vintage, returns, read, progress)
    if asked.kept:
        shutil.rmtree(asked.kept, ignore_errors=True)
    return returns


def _worked_out(
    asked: Asked, sites: DatedSites, vintage: Vintage, engine: Engine
) -> tuple[CheckReport, list[Built], dict[str, int]]:
    extract = open_extract(asked.extract, engine=engine)
    report = run_checks(extract)
    extract = followed(without_copies(report), sites.successors)
    recorded = recorded_groupings(asked.groupings, engine, sites) if asked.groupings else None
    layers = build(extract, quarters=asked.quarters, sites=sites, rules=asked.rules, recorded=recorded)
    figures = told(compute(layers, asked.mode), asked.rules)
    said = f"ithrive records build, {asked.mode.value} rules, input {vintage.short}"
    return report, returned(figures, Standing(report, sites), asked.mode, said, FORM), dict(layers.read)


def told(figures: Iterable[Figure], rules: Rules) -> list[Figure]:
    """The figures that the records and what was given beside them tell. Without a list of the most deprived
    neighbourhoods nobody is known to live in one, which is not the same as nobody living there.
    """
    return [each for each in figures if rules.most_deprived or not each.key.figure.startswith("deprivation-")]


def recorded_groupings(path: Path, engine: Engine, sites: DatedSites) -> "ibis.Table":
    """Groupings that a site keeps beside the data set: referral, day, grouping.

    Raises BadInput where columns are missing.
    """
    table = engine.read([path], "csv")
    absent = [name for name in RECORDED if name not in table.columns]
    if absent:
        raise BadInput(Problem(path.name, f"It has no column {', '.join(absent)}.", "Add it to the file."))
    rows = table.select("UniqServReqID", day=table.day.try_cast("date"), grouping=table.grouping)
    return engine.materialise("recorded", followed_ids(rows, "UniqServReqID", sites.successors))


def _write(
    folder: Path,
    asked: Asked,
    report: CheckReport,
    vintage: Vintage,
    returns: Sequence[Built],
    read: dict[str, int],
    progress: Progress,
) -> None:
    form = return_form(measures(), FORM)
    before: Built | None = None
    for place, built in enumerate(returns, 1):
        _write_return(folder, built, before, form)
        before = built
        progress("Writing returns", place, len(returns))
    (folder / "explained.csv").write_text(explained(returns, read), encoding="utf-8")
    (folder / "run-log.md").write_text(run_log(asked, report, vintage, returns), encoding="utf-8")
    told: dict[str, object] = {
        "mode": asked.mode.value,
        "engine": asked.engine,
        "disclosure": asked.suppress or "none: small counts stand",
        "input": {"sha256": vintage.digest, "files": vintage.files},
        "series_breaks": [one.sentence for one in breaks(returns)],
        "submissions": submissions_as_json(report.extract.submissions),
    }
    (folder / "manifest.json").write_text(manifest(folder, told), encoding="utf-8")


def _write_return(folder: Path, built: Built, before: Built | None, form: ReturnForm) -> None:
    who = built.identity
    follows = before and before.identity.area_name == who.area_name
    follows = follows and who.quarter - before.identity.quarter == 1 if before else False
    last = before.figures.cells if before and follows else None
    file = file_of(folder, who)
    file.parent.mkdir(exist_ok=True)
    file.write_text(return_file_out(built.figures, form), encoding="utf-8")
    file.with_suffix(".xlsx").write_bytes(workbook_out(form, who, last=last, figures=built.figures))


def file_of(folder: Path, who: Identity) -> Path:
    """Where the return file of a site and quarter lies; its workbook lies beside it."""
    quarter = who.quarter.label.replace("/", "-").replace(" ", "-")
    return folder / named(who.area_name) / f"{quarter}.json"


def named(site: str) -> str:
    """A site's name as that of a folder."""
    return re.sub(r"[^\w-]+", "-", site).strip("-").lower() or "site"


def check_extract(
    extract: Path, engine: Engine, errors: Path | None, progress: Progress = lambda *_: None
) -> CheckReport:
    """The report on an extract; with `errors` every failure goes there by file and row number."""
    report = run_checks(open_extract(extract, engine=WatchedEngine(engine, progress)))
    if errors:
        report.write_errors(errors)
    return report
