"""`ithrive study report`, from files or results to a page, a PDF and a Word file."""

import sys
from pathlib import Path
from typing import Any

import pytest

from ithrive.cli.study_report import Form, Reader, made, report
from ithrive.problems import BadInput
from tests.commands import Run, refused, running_in
from tests.reports import studies


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("study")
    (made / "results.json").write_text(studies.results(frozen=False).to_json(), encoding="utf-8")
    (made / "latin.json").write_bytes(b"\xff\xfe{}")
    (made / "study.toml").write_text("nothing", encoding="utf-8")
    return made


def reported(folder: Path, *words: str | Path) -> str:
    ran = running_in(folder)("study", "report", *words, website=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


def test_the_same_results_give_the_same_bytes_in_two_processes(folder: Path):
    for out in ("one", "two"):
        said = reported(folder, "results.json", "--out", out, "--audience", "public")
        assert said == (
            "Study to be told: exploratory. It was not frozen.\n"
            f"Written to {out}: report-public.html, report-public.pdf, report-public.docx.\n"
        )
    made = sorted((folder / "one").iterdir())
    assert [each.suffix for each in made] == [".docx", ".html", ".pdf"]
    assert [each.read_bytes() for each in made] == [
        (folder / "two" / each.name).read_bytes() for each in made
    ]


def test_a_protocol_and_its_files_give_the_report_of_their_results(
    folder: Path, tmp_path: Path, ithrive: Run
):
    (tmp_path / "data").mkdir()
    for name, content in studies.files().items():
        (tmp_path / "data" / name).write_bytes(content)
    text = studies.TOP + "".join(map(studies.site, studies.NAMES))
    (tmp_path / "study.toml").write_text(text, encoding="utf-8")
    both = ("--data", "data", "--out", "out")
    assert ithrive("study", "run", "study.toml", *both, website=False).returncode == 0
    reported(tmp_path, "study.toml", *both, "--format", "html")
    reported(tmp_path, "out/results.json", "--out", "again", "--format", "html")
    first, second = (tmp_path / each / "report-evaluators.html" for each in ("out", "again"))
    assert first.read_bytes() == second.read_bytes()


def test_a_site_reads_its_own_report(folder: Path):
    said = reported(folder, "results.json", "--out", "own", "--site", "caldmere", "--format", "word,html")
    assert said.startswith("Study to be told: caldmere\n")
    assert sorted(each.name for each in (folder / "own").iterdir()) == [
        "report-site-caldmere.docx",
        "report-site-caldmere.html",
    ]


@pytest.mark.parametrize(
    ("given", "more", "sentence"),
    [
        ("study.toml", {}, "--data: A protocol alone has no figures."),
        (
            "results.json",
            {"data": Path()},
            "--data: Results are there already, so figures have no part in it.",
        ),
        ("none.json", {}, "results: there is no file"),
        ("latin.json", {}, "latin.json: It is not text in UTF-8."),
        ("results.json", {"audience": "press"}, "--audience: “press” is no audience."),
        ("results.json", {"forms": "html,odt"}, "--format: “odt” is no format."),
        ("results.json", {"forms": ","}, "--format: No format is named."),
        ("results.json", {"site": "nowhere"}, "--site: The study has no site “nowhere”."),
        (
            "results.json",
            {"site": "caldmere", "audience": "public"},
            "--site: The public reads no site by itself.",
        ),
    ],
    ids=[
        "protocol-alone",
        "both",
        "no-file",
        "not-text",
        "audience",
        "format",
        "no-format",
        "site",
        "public",
    ],
)
def test_a_slip_is_said_and_nothing_is_written(folder: Path, given: str, more: dict[str, Any], sentence: str):
    with pytest.raises(BadInput) as slip:
        report(folder / given, folder / "nothing", **more)
    assert str(slip.value).startswith(sentence)
    assert not (folder / "nothing").exists()


def test_a_slip_is_a_sentence_on_the_command_line_too(folder: Path):
    ran = running_in(folder)("study", "report", "study.toml", "--out", "nothing", website=False)
    assert refused(ran) == (
        "--data: A protocol alone has no figures."
        " Give the folder with figures.csv, or a results.json instead."
    )


def test_without_what_draws_reports_the_command_says_which_extra_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(BadInput, match=r"altair is not installed.*pip install 'ithrive\[reports\]'"):
        made(studies.results(), Reader("public", None), [Form.HTML])
