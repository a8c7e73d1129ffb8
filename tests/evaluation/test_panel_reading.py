"""A panel that cannot be trusted is refused with the place and the mend; a row left out is named."""

import numpy as np
import pytest

from ithrive.evaluation import Columns, Dropped, Panel, read_panel
from ithrive.problems import BadInput

GOOD = """site,wave,treated,wait
Ash,0,0,10
Ash,1,1,12
Birch,0,0,11
Birch,1,1,14
Cedar,0,0,9
Cedar,1,0,9
Doddle,0,0,8
Doddle,1,0,7
"""
COLUMNS = Columns("site", "wave", ("wait",), "treated")


def read(text: str, **columns: str) -> Panel:
    chosen = {"site": "site", "wave": "wave", "treated": "treated", "outcomes": ("wait",)} | columns
    return read_panel(text.encode(), name="panel.csv", columns=Columns(**chosen))  # type: ignore[arg-type]  # words for columns


def refused(text: str, **columns: str) -> list[str]:
    with pytest.raises(BadInput) as caught:
        read(text, **columns)
    return [str(problem) for problem in caught.value.problems]


def with_column(name: str, *cells: object, text: str = GOOD) -> str:
    lines = text.splitlines()
    return "\n".join(f"{line},{cell}" for line, cell in zip(lines, (name, *cells), strict=True))


def test_sites_waves_and_starts_are_read_from_what_was_treated_when():
    panel = read(GOOD)
    assert (panel.sites, panel.waves) == (("Ash", "Birch", "Cedar", "Doddle"), ("0", "1"))
    assert panel.starts.tolist() == [1, 1, 2, 2]
    assert panel.figures.tolist() == [[[10, 12], [11, 14], [9, 9], [8, 7]]]
    assert (panel.common_start, panel.pairs, panel.weighted, panel.dropped) == (1, (), False, ())


def test_the_order_of_rows_and_of_waves_as_text_does_not_matter():
    head, *lines = GOOD.replace(",0,0", ",9,0").replace(",1,0", ",10,0").replace(",1,1", ",10,1").splitlines()
    panel = read("\n".join([head, *reversed(lines)]))
    assert panel.waves == ("9", "10")
    assert np.array_equal(panel.figures, read(GOOD).figures)


@pytest.mark.parametrize(
    ("first", "second"),
    [("2016-Q4", "2017-Q1"), ("2016q4", "2017Q1"), ("2016-12", "2017-01"), ("2016-12-31", "2017-01-01")],
)
def test_quarters_months_and_days_are_waves_in_their_order(first: str, second: str):
    panel = read(
        GOOD.replace(",1,0", f",{second},0").replace(",1,1", f",{second},1").replace(",0,0", f",{first},0")
    )
    assert panel.starts.tolist() == [1, 1, 2, 2]


def test_with_a_start_treated_may_say_only_which_sites_take_part():
    arms = GOOD.replace("Ash,0,0", "Ash,0,1").replace("Birch,0,0", "Birch,0,1")
    assert read(with_column("start", *"1111", *[""] * 4, text=arms), start="start").starts.tolist() == [
        1,
        1,
        2,
        2,
    ]
    assert read(with_column("start", *"1111", *[""] * 4), start="start").starts.tolist() == [1, 1, 2, 2]


def test_a_start_after_the_last_wave_is_a_comparison_site_and_between_waves_the_next():
    panel = read(with_column("start", *["0.5"] * 4, 7, 7, "", ""), start="start")
    assert panel.starts.tolist() == [1, 1, 2, 2]


def test_a_site_without_rows_around_the_start_began_with_the_others():
    longer = GOOD + "Ash,2,1,9\nBirch,2,1,9\nCedar,2,0,9\n"
    assert read(longer.replace("Ash,1,1,12\n", "")).starts.tolist() == [1, 1, 3, 3]
    later = longer.replace("Ash,1,1,12", "Ash,1,0,12")
    assert read(later).starts.tolist() == [2, 1, 3, 3]
    assert read(later).common_start is None


def test_rows_without_a_figure_are_left_out_and_named():
    panel = read(GOOD.replace("Ash,1,1,12", "Ash,1,1,"))
    assert panel.dropped == (Dropped("wait", "Ash", "1"),)
    assert np.isnan(panel.outcome("wait")[0, 1])


def test_an_offset_makes_logarithms_of_rates():
    panel = read(with_column("people", *[2] * 8), offset="people")
    assert panel.logged
    assert panel.figures[0, 0].tolist() == pytest.approx(np.log([5, 6]))


def test_weights_and_pairs_are_read():
    text = with_column("pair", *"aabbaabb", text=with_column("weight", *range(1, 9)))
    panel = read(text, weights="weight", pair="pair")
    assert panel.weights.tolist() == [[1, 2], [3, 4], [5, 6], [7, 8]]
    assert panel.matched().tolist() == [[0, 2], [1, 3]]


CASES = [
    (
        "Ash,0,0,10",
        "Ash,1,1,10",
        {},
        "row 3, column wave: Ash at wave 1 is there already, in row 2. Keep one row",
    ),
    ("Ash,0,0,10", ",0,0,10", {}, "row 2, column site: The cell is empty. Every row needs one."),
    ("Ash,0,0,10", "Ash,soon,0,10", {}, "row 2, column wave: “soon” is not a wave. Write waves as"),
    (
        "Ash,0,0,10",
        "Ash,2016-Q1,0,10",
        {},
        "column wave: Waves are written in different ways (number, quarter).",
    ),
    ("Ash,0,0,10", "Ash,0,yes,10", {}, "row 2, column treated: “yes” is neither 0 nor 1."),
    ("Ash,0,0,10", "Ash,0,2,10", {}, "row 2, column treated: “2” is neither 0 nor 1."),
    ("Ash,0,0,10", "Ash,0,0,ten", {}, "row 2, column wait: “ten” is not a finite number."),
    ("Ash,0,0,10", "Ash,0,0,inf", {}, "row 2, column wait: “inf” is not a finite number."),
    ("Ash,0,0,10", "Ash,0,0,1e999", {}, "row 2, column wait: “1e999” is not a finite number."),
    ("Ash,0,0,10", "Ash,0,0,1e200", {}, "row 2, column wait: “1e200” is too large to be a figure."),
    ("Ash,0,0,10", "Ash,0,0,nan", {}, "row 2, column wait: “nan” is not a finite number."),
    (
        "Ash,0,0",
        "Ash,2,0",
        {},
        "column treated: Ash is in both arms: treated earlier, not treated at wave 2.",
    ),
    (
        "Birch,1,1",
        "Birch,1,0",
        {},
        "column treated: The number of treated sites is 1. Each arm needs at least 2.",
    ),
    ("Doddle,1,0", "Doddle,1,1", {}, "column treated: The number of comparison sites is 1."),
    ("Ash,1,1", "ASH,1,1", {}, "column site: Ash and ASH differ in capitals or spaces alone. Write a site"),
]


@pytest.mark.parametrize(("good", "bad", "columns", "said"), CASES, ids=[case[3][:60] for case in CASES])
def test_bad_input_is_refused_with_its_place(good: str, bad: str, columns: dict[str, str], said: str):
    assert any(said in problem for problem in refused(GOOD.replace(good, bad), **columns))


STARTS = [
    (
        ["1", "1", "0.5", "0.5", "", "", "", ""],
        "Ash,1,1",
        "Ash,1,0",
        "Ash is in both arms: it starts at 1 and is not treated at wave 1.",
    ),
    (
        ["1", "1", "1", "1", "", "", "", ""],
        "Cedar,1,0",
        "Cedar,1,1",
        "Cedar is treated but has no start. Fill its start.",
    ),
    (
        ["2", "2", "1", "1", "", "", "", ""],
        "x",
        "x",
        "row 3, column treated: Ash is treated at wave 1, before it starts at 2.",
    ),
    (
        ["1", "2", "1", "1", "", "", "", ""],
        "x",
        "x",
        "column start: Ash has “1” and “2” in different rows. Give a site the same",
    ),
    (
        ["7", "7", "1", "1", "", "", "", ""],
        "Ash,0,0",
        "Ash,0,1",
        "column start: Ash is treated but starts at 7, after the last wave, 1. Mend its start, or write 0",
    ),
    (["soon", "1", "1", "1", "", "", "", ""], "x", "x", "row 2, column start: “soon” is not a wave."),
    (["2016-04-01"] * 4 + [""] * 4, "x", "x", "Waves are written in different ways (day, number)."),
]


@pytest.mark.parametrize(("starts", "good", "bad", "said"), STARTS)
def test_starts_that_contradict_the_rows_are_refused(starts: list[str], good: str, bad: str, said: str):
    problems = refused(with_column("start", *starts, text=GOOD.replace(good, bad)), start="start")
    assert any(said in problem for problem in problems)


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        (
            "aaaaaabb",
            "Pair a has 2 treated and 1 comparison sites. Make every pair one of each, or leave out --pair.",
        ),
        ("aabbaacc", "Pair b has 1 treated and 0 comparison sites."),
        ("aabbaacc", "Pair c has 0 treated and 1 comparison sites."),
        ("aabbaaab", "Doddle has “a” and “b” in different rows."),
    ],
)
def test_pairs_that_are_not_one_of_each_are_refused(pairs: str, said: str):
    assert any(said in problem for problem in refused(with_column("pair", *pairs), pair="pair"))


@pytest.mark.parametrize("weight", ["0", "-1", "", "heavy"])
def test_weights_and_offsets_are_above_nought(weight: str):
    text = with_column("weight", weight, *[1] * 7)
    for column in ({"weights": "weight"}, {"offset": "weight"}):
        assert any(
            f"row 2, column weight: “{weight}” is not" in problem for problem in refused(text, **column)
        )


def test_nought_has_no_logarithm():
    text = with_column("people", *[2] * 8, text=GOOD.replace("Ash,0,0,10", "Ash,0,0,0"))
    assert refused(text, offset="people")[0].startswith(
        "panel.csv, row 2, column wait: “0” has no logarithm."
    )


def test_an_outcome_without_one_figure_is_refused():
    empty = "\n".join(line.rsplit(",", 1)[0] + "," for line in GOOD.splitlines()[1:])
    assert refused("site,wave,treated,wait\n" + empty) == [
        "panel.csv, column wait: There is not one figure. Fill it, or leave this outcome out."
    ]


def test_a_panel_without_rows_or_without_its_outcome_is_refused():
    assert refused("site,wave,treated,wait\n") == [
        "panel.csv: The panel has no rows. Send one row for each site and wave."
    ]
    assert "The column “wait” is missing." in refused(GOOD.replace("wait", "weight"))[0]


def test_every_problem_is_told_at_once():
    assert len(refused(GOOD.replace(",1,1", ",one,maybe"))) == 4
