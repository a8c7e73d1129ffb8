"""`ithrive effect` answers for any panel, in lines or as one object, and refuses in a sentence."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ithrive.cli import effect_words
from ithrive.cli.effect_figures import interval_words, number_words
from ithrive.evaluation import (
    Columns,
    Dropped,
    Estimate,
    EventStudy,
    Inference,
    Panel,
    effects,
    family,
    read_panel,
)
from tests.commands import Run, refused
from tests.evaluation.panels import drawn, panel

COLUMNS = ("--site", "area", "--wave", "quarter", "--outcome", "wait", "--treated", "on")


def panel_file(folder: Path, *, empty: tuple[int, int] | None = None, slip: str = "") -> Path:
    """Twelve areas and five quarters; implementation takes three days off the wait from quarter 2 on."""
    rng = np.random.default_rng(12)
    lines = ["area,quarter,wait,shared,on,pair"]
    for area in range(12):
        for quarter in range(5):
            on = int(area < 6 and quarter >= 2)
            wait = "" if (area, quarter) == empty else f"{20 + area + quarter - 3 * on + rng.normal():.3f}"
            lines.append(f"Area {area:02},{quarter},{wait},{5 + rng.normal():.3f},{on},{area % 6}")
    path = folder / "panel.csv"
    path.write_text("\n".join([*lines, slip]), encoding="utf-8")
    return path


def wave_of(path: Path, wave: str) -> Estimate:
    columns = Columns(site="area", wave="quarter", outcomes=("wait",), treated="on", pair="pair")
    (found,) = effects(read_panel(path, name=path.name, columns=columns))
    assert isinstance(found.events, EventStudy)
    return next(each.estimate for each in found.events.waves if each.wave == wave)


def test_the_effect_is_told_with_every_judgement_and_what_it_rests_on(ithrive: Run, tmp_path: Path):
    path = panel_file(tmp_path, empty=(3, 1))
    ran = ithrive("effect", path, *COLUMNS, "--outcome", "shared", "--pair", "pair", website=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    third = wave_of(path, "2")
    assert isinstance(third.cr2, Inference)
    for words in (
        "wait: estimate -3.",
        "6 accelerator and 6 comparison sites, 5 waves, 59 figures",
        "Cluster-robust CR2, clustered by site: p ",
        "against all 64 swaps within 6 pairs",
        "against all 924 choices of 6 accelerator sites from 12",
        "Wild cluster bootstrap-t, null imposed: p ",
        "Among all 2 outcomes: p ",
        "All waves after the start together: F ",
        f"    2: {number_words(third.value)}; CR2 {interval_words(third.cr2.interval)}, p ",
        "As if randomised: accelerator sites volunteered",
        "Left out, having no figure: 1 (Area 03 at wave 1).",
    ):
        assert words in ran.stdout


def test_the_file_that_the_handbook_shows_can_be_run_as_it_stands(ithrive: Run, tmp_path: Path):
    page = (Path(__file__).parents[2] / "docs/handbook/how-to/estimate-an-effect.md").read_text("utf-8")
    shown = page.split("```")[1].lstrip()
    (tmp_path / "panel.csv").write_text(shown, encoding="utf-8")
    words = next(line for line in page.splitlines() if line.startswith("ithrive effect panel.csv"))
    ran = ithrive("effect", tmp_path / "panel.csv", *words.split()[3:], website=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "against all 4 swaps within 2 pairs" in ran.stdout


def test_json_holds_the_same_figures_as_the_library(ithrive: Run, tmp_path: Path):
    told = json.loads(ithrive("effect", panel_file(tmp_path), *COLUMNS, "--json", website=False).stdout)
    (found,) = told["effects"]
    assert found["estimate"]["value"] == pytest.approx(-3, abs=1)
    assert found["estimate"]["cr2"]["df"] == pytest.approx(10)
    assert found["pair_swaps"] == {"not_computable": "The panel names no pairs."}
    assert told["family"]["wait"] == pytest.approx(found["splits"]["p"])
    assert "split_lots" not in found


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ("Area 00,0,1,1,0,0", "row 62, column quarter: Area 00 at wave 0 is there already, in row 2."),
        ("Area 00,9,1,1,0,0", "Area 00 is in both arms: treated earlier, not treated at wave 9."),
        ("Area 00,9,1 day,1,1,0", "row 62, column wait: “1 day” is not a finite number."),
    ],
)
def test_a_bad_panel_is_refused_in_a_sentence(ithrive: Run, tmp_path: Path, slip: str, said: str):
    assert said in refused(ithrive("effect", panel_file(tmp_path, slip=slip), *COLUMNS, website=False))


def test_a_column_that_is_not_there_and_a_file_that_is_not_there_are_named(ithrive: Run, tmp_path: Path):
    said = refused(ithrive("effect", panel_file(tmp_path), *COLUMNS, "--start", "begins", website=False))
    assert "The column “begins” is missing." in said
    said = refused(ithrive("effect", "no.csv", *COLUMNS, website=False))
    assert said == "panel: there is no file no.csv. Give the path of the file."


CONSTANT = panel(np.full((1, 8, 3), 7.7), [1] * 4 + [3] * 4, pairs=[*"abcdabcd"])
NO_BASELINE = panel(np.random.default_rng(1).normal(size=(1, 6, 2)), [0] * 3 + [2] * 3)
TWO_PAIRS = drawn(1, treated=2, comparison=2, paired=True)
STAGGERED = panel(drawn(5).figures, [1, 2, 3, 2, 4, 4, 4, 4])
LONG = drawn(1, treated=3, comparison=3, waves=9, start=3)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (CONSTANT, "estimate 0"),
        (NO_BASELINE, "no estimate. No accelerator site has a wave before its start."),
        (TWO_PAIRS, "interval none (With 4 assignments"),
        (STAGGERED, "Wave by wave: Sites began at different waves"),
        (LONG, "(before): "),
    ],
    ids=["constant", "no baseline", "two pairs", "staggered", "long"],
)
def test_what_cannot_be_worked_out_is_said_in_its_place(made: Panel, words: str):
    found = effects(made)
    assert words in effect_words.as_text(found, family(found), 0.05)
    assert json.loads(effect_words.as_json(found, family(found), 0.05))["alpha"] == 0.05


def test_a_family_and_rows_left_out_are_told():
    made = replace(drawn(2, outcomes=2), dropped=(Dropped("outcome 0", "Ash", "3"),))
    said = effect_words.as_text(found := effects(made), family(found), 0.05)
    assert "Among all 2 outcomes: p " in said
    assert "Left out, having no figure: 1 (Ash at wave 3)." in said
