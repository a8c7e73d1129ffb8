"""`ithrive effect` on starts that differ, moderators, counts and drifts: lines, one object, refusals."""

import json
from pathlib import Path

import numpy as np
import pytest

from ithrive.cli import effect_words
from ithrive.cli.effect_beside import Asked, Beside, beside
from ithrive.cli.effect_beside_words import beside_lines
from ithrive.evaluation import NotComputable, effects, family
from ithrive.evaluation.counts import count_effect
from tests.commands import Run, refused
from tests.evaluation.panels import drawn, panel

COLUMNS = ("--site", "area", "--wave", "quarter", "--treated", "on", "--start", "start", "--pair", "pair")


def panel_file(folder: Path, *slips: str) -> Path:
    """Eight areas and six quarters; four begin at quarter 2 or 3."""
    rng = np.random.default_rng(12)
    lines = ["area,quarter,wait,events,people,on,start,pair,ties"]
    for area in range(8):
        start = 2 + area % 2 if area < 4 else ""
        for quarter in range(6):
            on = int(start != "" and quarter >= start)
            wait = 20 + area + quarter - 3 * on + rng.normal()
            ties = area if area < 4 else ""
            events = 0 if (area, quarter) == (1, 3) else 3 + rng.poisson(2)
            lines.append(
                f"Area {area},{quarter},{wait:.3f},{events},{100 + area},{on},{start},{area % 4},{ties}"
            )
    path = folder / "panel.csv"
    path.write_text("\n".join([*lines, *slips]), encoding="utf-8")
    return path


def test_starts_that_differ_and_a_moderator_are_told_beside_the_effect(ithrive: Run, tmp_path: Path):
    words = ("--outcome", "wait", "--moderator", "ties", "--compared", "not-yet")
    ran = ithrive("effect", panel_file(tmp_path), *COLUMNS, *words, website=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    for said in (
        "without covariates; compared with sites that had not begun yet or never did.",
        "against all 16 swaps within 4 pairs, each with its pair's start",
        "Synthetic difference in differences, one site at a time: mean ",
        "ties, above 1.5 against the rest: ",
        "A finding in one half and none in the other is not itself a difference",
        "If the arms had drifted apart:",
    ):
        assert said in ran.stdout


def test_counts_keep_their_noughts_and_json_holds_everything(ithrive: Run, tmp_path: Path):
    words = ("--outcome", "events", "--outcome", "wait", "--offset", "people", "--counts", "--json")
    told = json.loads(ithrive("effect", panel_file(tmp_path), *COLUMNS, *words, website=False).stdout)
    assert [each["outcome"] for each in told["effects"]] == ["wait"]  # events have no logarithm throughout
    assert told["beside"]["events"]["counts"]["noughts"] == 1
    assert told["beside"]["events"]["honest"] is None
    assert told["beside"]["wait"]["staggered"]["simple"]["by_lot"]["p"] > 0
    drift = told["beside"]["wait"]["honest"]
    assert drift["bounds"][0]["judged"]["df"] > 0
    assert "degrees of freedom" in drift["relative"]["bounds"][0]["judged"]["reference"]


def test_counts_alone_are_told_without_logarithms(ithrive: Run, tmp_path: Path):
    words = ("--outcome", "events", "--offset", "people", "--counts")
    ran = ithrive("effect", panel_file(tmp_path), *COLUMNS, *words, website=False)
    assert ran.stdout.startswith("events: it has counts of nought, so no logarithms; see its counts.")
    assert "1 counts of nought, kept" in ran.stdout


@pytest.mark.parametrize(
    ("slips", "words", "said"),
    [
        ((), ("--counts",), "--counts: Counts need an offset. Name its column with --offset."),
        ((), ("--offset", "people"), "“0” has no logarithm. Add --counts, or leave out --offset"),
        (
            ("Area 1,6,1,-2,9,1,3,1,1",),
            ("--offset", "people", "--counts"),
            "column events: Area 1 at wave 6 has a count below nought.",
        ),
        (
            ("Area 1,6,1,2,0,1,3,1,1",),
            ("--offset", "people", "--counts"),
            "column people: Area 1 at wave 6 has a count and no offset above nought.",
        ),
        (
            ("Area 1,6,1,2,9,1,3,1,7",),
            ("--moderator", "ties"),
            "column ties: Area 1 has 2 values of the moderator, from 1 to 7. Give a site one value",
        ),
    ],
    ids=["no offset", "nought", "negative", "no people", "two values"],
)
def test_a_bad_column_is_refused_in_a_sentence(
    ithrive: Run, tmp_path: Path, slips: tuple[str, ...], words: tuple[str, ...], said: str
):
    ran = ithrive(
        "effect", panel_file(tmp_path, *slips), *COLUMNS, "--outcome", "events", *words, website=False
    )
    assert said in refused(ran)


def test_what_cannot_be_worked_out_is_said_in_its_place():
    no = NotComputable("No reason.")
    lines = list(beside_lines(Beside(no, no, no, no, no)))
    assert len(lines) == 5
    assert all(line.endswith(": No reason.") for line in lines)
    assert list(beside_lines(Beside())) == []


def test_sites_left_out_and_halves_too_small_are_told():
    one = drawn(1, treated=5, comparison=5, waves=6, start=3, paired=True)
    early = panel(one.figures, [0, 2, 3, 3, 3, *[6] * 5], pairs=one.pairs)
    ties = {"site 001": 1.0, "site 002": 1.0, "site 003": 1.0, "site 004": 2.0}
    found = beside(early, "outcome 0", Asked(0.05, "never", "ties", "as measured", ties))
    lines = "\n".join(beside_lines(found))
    for said in (
        "having begun before the first wave: site 000.",
        "Left out: site 000. ",
        "Left out: site 005. It has no value of the moderator.",
        "ties, one unit more: ",
        "Either arm needs two sites in this half.",
    ):
        assert said in lines


def test_a_difference_that_cannot_be_told_and_counts_without_events_say_so():
    one = drawn(2, treated=4, comparison=4, waves=5, start=2, paired=True)
    figures = one.figures.copy()
    figures[0, :2, :2] = np.nan
    holed = panel(figures, one.starts.tolist(), pairs=one.pairs)
    ties = {f"site {at:03}": float(at) for at in range(4)}
    found = beside(holed, "outcome 0", Asked(0.05, "never", "ties", "median", ties))
    assert "cannot be told apart" in "\n".join(beside_lines(found))
    counts = np.random.default_rng(1).poisson(4.0, size=(1, 8, 5)) + 1.0
    counts[0, 1] = 0
    counted = count_effect(panel(counts, one.starts.tolist()), "outcome 0", np.ones((8, 5)))
    assert "without a part in the ratio: site site 001." in "\n".join(beside_lines(Beside(counts=counted)))


def test_words_and_object_need_nothing_beside():
    found = effects(drawn(3))
    assert json.loads(effect_words.as_json(found, family(found), 0.05))["beside"] == {}
    said = effect_words.as_text(found, family(found), 0.05, {"other": Beside()})
    assert said.endswith("other: it has counts of nought, so no logarithms; see its counts.")
