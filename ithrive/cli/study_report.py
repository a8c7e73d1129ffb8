"""`ithrive study report`: results of a study as a page, a tagged PDF and a Word file."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ithrive.cli import answers, study_run
from ithrive.problems import BadInput, Problem

if TYPE_CHECKING:
    from ithrive.evaluation.study import StudyResults
    from ithrive.reports.document import Document


class Form(StrEnum):
    HTML = "html"
    PDF = "pdf"
    WORD = "word"


ENDINGS = {Form.HTML: "html", Form.PDF: "pdf", Form.WORD: "docx"}  # by which the reports know their forms
EVERY = ",".join(Form)
DRAWN_BY = ("altair", "docx", "typst", "vl_convert")  # the `reports` extra


@dataclass(frozen=True)
class Reader:
    """Who the report is for: an audience, or one site."""

    audience: str
    site: str | None


def report(
    given: Annotated[
        Path, typer.Argument(metavar="PROTOCOL|RESULTS.JSON", help="A protocol, or results of a run.")
    ],
    out: Annotated[Path, typer.Option(help="The folder to write the report into.")],
    data: Annotated[
        Path | None, typer.Option("--data", help="With a protocol: the folder with figures.csv.")
    ] = None,
    audience: Annotated[str, typer.Option(help="For whom: evaluators or public.")] = "evaluators",
    forms: Annotated[
        str, typer.Option("--format", help="html, pdf, word; several with commas between.")
    ] = EVERY,
    site: Annotated[str | None, typer.Option(help="One site's own report instead, by its id.")] = None,
    vintage: study_run.Vintage = "",
) -> None:
    """Write the report of a study for evaluators, for the public, or for one of its sites."""
    wanted = _forms(forms)
    reader = Reader(_audience(audience, site), site)
    results = _results(given, data, vintage)
    document, files = made(results, reader, wanted)
    out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (out / name).write_bytes(content)
    standing = "" if site else f": {results.standing.label}. {results.standing.reason}"
    typer.echo(f"{document.title}{standing}")
    typer.echo(f"Written to {out}: {', '.join(files)}.")


def made(results: "StudyResults", reader: Reader, wanted: list[Form]) -> "tuple[Document, dict[str, bytes]]":
    """All forms of the report before any is written: a folder never holds half of one."""
    try:
        from ithrive.reports.study.forms import FORMS

        document = _document(results, reader)
        return document, {_name(reader, form): FORMS[ENDINGS[form]](document) for form in wanted}
    except ModuleNotFoundError as error:
        if error.name not in DRAWN_BY:
            raise
        what = f"Reports cannot be made here ({error.name} is not installed)."
        raise BadInput(Problem("ithrive", what, "Run: pip install 'ithrive[reports]'")) from None


def _results(given: Path, data: Path | None, vintage: str) -> "StudyResults":
    from ithrive.evaluation.study import read_results

    if given.suffix != ".json":
        return _run(given, data, vintage)
    if data is not None:
        what = "Results are there already, so figures have no part in it."
        raise BadInput(Problem("--data", what, "Leave it out, or give the protocol."))
    try:
        text = answers.file("results", given).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        what = "It is not text in UTF-8."
        raise BadInput(Problem(given.name, what, "Give the results.json of “ithrive study run”.")) from None
    return read_results(text, name=given.name)


def _run(protocol: Path, data: Path | None, vintage: str) -> "StudyResults":
    path = answers.file("protocol", protocol)
    if data is None:
        what = "A protocol alone has no figures."
        raise BadInput(
            Problem("--data", what, "Give the folder with figures.csv, or a results.json instead.")
        )
    return study_run.results_of(path, data, vintage=vintage)


def _document(results: "StudyResults", reader: Reader) -> "Document":
    from ithrive.reports.study import Audience, site_report, study_report

    if reader.site is None:
        return study_report(results, Audience(reader.audience))
    known = sorted(each.site for each in results.flow.sites)
    if reader.site not in known:
        what = f"The study has no site “{reader.site}”."
        raise BadInput(Problem("--site", what, f"Choose from: {', '.join(known)}."))
    return site_report(results, reader.site)


def _name(reader: Reader, form: Form) -> str:
    """Only plain letters of a site's id reach the name of a file."""
    of = f"site-{re.sub(r'[^A-Za-z0-9_-]', '-', reader.site)}" if reader.site else reader.audience
    return f"report-{of}.{ENDINGS[form]}"


def _forms(text: str) -> list[Form]:
    named = [each.strip() for each in text.split(",") if each.strip()]
    unknown = [each for each in named if each not in set(Form)]
    if unknown or not named:
        what = f"“{unknown[0]}” is no format." if unknown else "No format is named."
        raise BadInput(Problem("--format", what, f"Choose from: {', '.join(Form)}."))
    return list(dict.fromkeys(map(Form, named)))


def _audience(text: str, site: str | None) -> str:
    known = ("evaluators", "public")
    if text not in known:
        raise BadInput(
            Problem("--audience", f"“{text}” is no audience.", f"Choose from: {', '.join(known)}.")
        )
    if site is not None and text == "public":
        what = "The public reads no site by itself."
        raise BadInput(Problem("--site", what, "Leave out --audience, or --site."))
    return text
