"""`ithrive study`: a protocol checked, frozen, amended and shown; sites matched; all without the website."""

import csv
import io
from pathlib import Path

import numpy as np
import pytest

from tests.commands import Run, refused

EXAMPLE = (Path(__file__).parents[2] / "docs/examples/thornmere/study.toml").read_text(encoding="utf-8")


@pytest.fixture
def protocol(tmp_path: Path) -> Path:
    path = tmp_path / "study.toml"
    path.write_text(EXAMPLE, encoding="utf-8")
    return path


def test_a_protocol_is_frozen_once_and_amended_with_a_reason(ithrive: Run, protocol: Path):
    assert "Frozen " in ithrive("study", "freeze", protocol, "--by", "Ada", website=False).stdout
    record = protocol.with_name("study.frozen.json")
    first = record.read_bytes()
    assert "was frozen before" in refused(ithrive("study", "freeze", protocol, "--by", "Ada", website=False))
    assert record.read_bytes() == first
    protocol.write_text(EXAMPLE.replace("alpha = 0.05", "alpha = 0.01"), encoding="utf-8")
    assert "exploratory. The protocol is not the frozen one (analysis.alpha: 0.05, now 0.01)" in (
        ithrive("study", "show", protocol, website=False).stdout
    )
    amended = ithrive("study", "amend", protocol, "--by", "Ben", "--reason", "The board asked", website=False)
    assert "by Ben: The board asked" in amended.stdout
    shown = ithrive("study", "show", protocol, website=False).stdout
    assert "confirmatory" in shown
    assert "Amendment 1" in shown
    assert sorted(each.name for each in protocol.parent.glob("study*")) == ["study.frozen.json", "study.toml"]


def test_a_slip_in_a_protocol_is_said(ithrive: Run, protocol: Path):
    protocol.write_text(EXAMPLE.replace('better = "lower"', 'better = "sideways"'), encoding="utf-8")
    said = refused(ithrive("study", "check", protocol, website=False))
    assert said == (
        "study.toml, [[outcome]] 1 (wait): “better” is “sideways”. Choose from: higher, lower, neither."
    )


def test_what_was_never_frozen_cannot_be_amended(ithrive: Run, protocol: Path):
    said = refused(ithrive("study", "amend", protocol, "--by", "Ben", "--reason", "Why", website=False))
    assert said == (
        "study.toml: There is no study.frozen.json: this protocol was not frozen. "
        "Freeze it first: “ithrive study freeze”."
    )


def table(folder: Path) -> Path:
    rng = np.random.default_rng(7)
    lines = ["code,treated,name,need,people"]
    lines += [
        f"A{at:02},{int(at < 4)},Area {at},{rng.normal():.4f},{rng.integers(90, 300)}" for at in range(24)
    ]
    path = folder / "covariates.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_sites_are_matched_with_pairs_balance_plot_and_page(ithrive: Run, tmp_path: Path):
    (tmp_path / "near.csv").write_text("site,other\nA00,A05\nA06,A03\n", encoding="utf-8")
    (tmp_path / "members.csv").write_text("site,because\nA07,It joined\n", encoding="utf-8")
    (tmp_path / "providers.csv").write_text("site,provider\nA00,RX1\nA08,RX1\n", encoding="utf-8")
    words = ("--site", "code", "--title", "name", "--neighbours", "near.csv", "--members", "members.csv")
    more = ("--providers", "providers.csv", "--k", "2", "--heading", "A <trial>", "--note", "Only a trial.")
    ran = ithrive("study", "match", table(tmp_path), "--out", "out", *words, *more, website=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "4 of 4 accelerator sites are matched, with 8 of 16 open candidates." in ran.stdout
    assert "4 candidates were excluded (member 1, neighbour 2, shared provider 1)" in ran.stdout
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out/pairs.csv").read_text(encoding="utf-8"))))
    assert len(rows) == 8
    assert {row["Candidate"] for row in rows}.isdisjoint({"A05", "A06", "A07", "A08"})
    page = (tmp_path / "out/match.html").read_text(encoding="utf-8")
    assert "<h1>A &lt;trial&gt;</h1>" in page
    assert "It borders Area 0." in page
    for forbidden in ("style=", "<style", "<script"):
        assert forbidden not in page
    plot = (tmp_path / "out/love-plot.svg").read_text(encoding="utf-8")
    assert plot in page
    assert len((tmp_path / "out/balance.csv").read_text(encoding="utf-8").splitlines()) == 3
    assert "Mahalanobis distance of ranks" in (tmp_path / "out/alternatives.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--method", "magic"), "--method: “magic” is no method. Choose from: mahalanobis,"),
        (("--caliper", "need"), "--caliper: “need” is no caliper. Write it as NAME=WIDTH"),
        (("--caliper", "need=0.000001"), "No accelerator site can be matched."),
    ],
)
def test_a_match_that_cannot_be_made_is_refused(
    ithrive: Run, tmp_path: Path, words: tuple[str, str], sentence: str
):
    given = ("--site", "code", "--title", "name", "--out", "out", *words)
    assert sentence in refused(ithrive("study", "match", table(tmp_path), *given, website=False))
    assert not (tmp_path / "out").exists()
