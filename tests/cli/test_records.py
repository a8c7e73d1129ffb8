"""`ithrive records`: a synthetic extract by one command."""

from pathlib import Path

import pytest

from tests.commands import Run, refused

SMALL = ("records", "synthesise", "--people", "30", "--months", "3")


def test_an_extract_is_made_and_says_that_it_is_never_real(tmp_path: Path, ithrive: Run) -> None:
    out = tmp_path / "practice"
    said = ithrive(*SMALL, "--out", str(out), "--site", "Alderbrook", "--format", "csv", website=False)
    assert "never real" in said.stdout
    assert "Alderbrook" in (out / "sites.toml").read_text()
    assert (out / "truth.csv").read_text().count("\n") > 100
    assert list((out / "extract/MHS101Referral").rglob("*.csv"))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--from", "2024-4"), "is not a month"),
        (("--from", "2023-04"), "began in April 2024"),
        (("--spoil", "2"), "is not between 0 and 1"),
        (("--site", "Alderbrook", "--site", "Alderbrook"), "Two sites have the same name"),
    ],
    ids=["no month", "before version 6", "more than all", "a site twice"],
)
def test_what_cannot_be_made_is_refused(
    words: tuple[str, ...], sentence: str, tmp_path: Path, ithrive: Run
) -> None:
    assert sentence in refused(ithrive(*SMALL, "--out", str(tmp_path / "out"), *words))
