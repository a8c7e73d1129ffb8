"""What is wrong with a study's files is said with its place; what is set aside is counted and named."""

import pytest

from ithrive.evaluation.protocol import read_protocol
from ithrive.evaluation.study import read_study
from ithrive.measures import CellState
from ithrive.periods import Quarter
from ithrive.problems import BadInput
from tests.evaluation.study import small

HEAD = "site,wave,figure,value\r\n"


def refused(files: dict[str, str] | None = None, *, outcomes: str = small.WAIT) -> str:
    given = {**small.files(), **{f"{name}.csv": text.encode() for name, text in (files or {}).items()}}
    with pytest.raises(BadInput) as refusal:
        read_study(given, small.protocol(outcomes))
    return str(refusal.value)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("a1,0,wait,12\r\na1,0,wait,13", "row 3: This site, quarter and figure is there already, in row 2."),
        ("a1,0,wait,soon", "row 2, column value: “soon” is not a number. Write a plain number,"),
        ("a1,0,wait,inf", "“inf” is not a number."),
        ("a1,0,wait,1e999", "“1e999” is not a number."),
        ("a1,0,wait,1e150", "1e150 is too large to be a figure. Check its exponent."),
        (
            "a1,spring,wait,12",
            "row 2, column wave: “spring” is no wave. Write a quarter as 2016/17 Q1, or a wave",
        ),
        ("a11,0,wait,12", "row 2, column site: The protocol has no site “a11”. Did you mean a1"),
        (
            "a1,0,wait,*",
            "There is not one figure of the primary outcome wait. Add rows with the figure “wait”",
        ),
    ],
)
def test_a_slip_in_figures_is_said_with_its_place_and_mend(row: str, sentence: str):
    said = refused({"figures": HEAD + row})
    assert said.startswith("figures.csv")
    assert sentence in said


@pytest.mark.parametrize(
    ("column", "row", "sentence"),
    [
        ("arm", "a1,0,wait,12,comparison", "a1 is comparison here and accelerator in the protocol."),
        (
            "arm",
            "a1,0,wait,12,comparison\r\na1,1,wait,12,accelerator",
            "figures.csv, column arm: a1 is in both arms. Give it the same arm in all rows.",
        ),
        ("treated", "a1,0,wait,12,1", "a1 is treated in 2026/27 Q1, before it starts in 2026/27 Q2."),
        ("treated", "a1,1,wait,12,0", "a1 is not treated in 2026/27 Q2, and started in 2026/27 Q2. Write 1"),
        ("treated", "c1,2,wait,12,1", "c1 is treated, and a comparison site in the protocol."),
        ("treated", "c1,2,wait,12,yes", "“yes” is neither 0 nor 1."),
        ("offset", "a1,0,wait,12,-3", "row 2, column offset: “-3” is below nought."),
    ],
)
def test_what_a_row_says_of_arm_and_treatment_must_be_what_the_protocol_says(
    column: str, row: str, sentence: str
):
    assert sentence in refused({"figures": f"site,wave,figure,value,{column}\r\n{row}"})


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        (
            "assessments",
            "site,wave,score\na1,0,5",
            "assessments.csv, row 2, column score: “5” is no number from 1",
        ),
        ("assessments", "site,wave,score\na1,0,2\na1,0,3", "This site, quarter and level is there already"),
        (
            "assessments",
            "site,wave,score,reliability\na1,0,2,0.8\na2,0,2,0.9",
            "Reliability is given as 0.8 and 0.9. Give one number for all rows.",
        ),
        (
            "assessments",
            "site,wave,score,reliability,reliability_rounds\na1,0,2,0.8,ten",
            "assessments.csv, row 2, column reliability_rounds: “ten” is no number of them.",
        ),
        (
            "assessments",
            "site,wave,score,reliability,reliability_raters\na1,0,2,0.8,9\na2,0,2,0.8,8",
            "Reliability raters is given as 8 and 9. Give one number for all rows.",
        ),
        ("assessments", "site,wave\na1,0", "assessments.csv, row 1: The column “score” is missing."),
        ("progress", "site,wave,progress\na1,0,80", "“80” is no number from 0 to 1."),
        ("covariates", "site,need\na1,3", "The site a2 of the protocol is missing."),
        ("covariates", "site\na1", "There is no covariate."),
        ("mergers", "site,wave,successor,share\na1,1,Q1,2", "“2” is no number from 0 to 1."),
        ("evidence", "site,date,kind\na1,1 May,event", "“1 May” is not a day. Write it as 2026-04-01."),
        (
            "quotations",
            "site,wave,statement,sector,people,consent,text\na1,0,S1,health,5,maybe,Good",
            "“maybe” is neither yes nor no.",
        ),
        ("moderators", "site,moderator,value", "It has no row below its headings."),
    ],
)
def test_a_slip_in_another_file_is_said_with_its_place(name: str, text: str, sentence: str):
    assert sentence in refused({name: text})


def test_pairs_of_unequal_sizes_are_refused_with_the_protocol():
    before = 'id = "c2"\narea = "Xc2"\ngeography = "MADE-UP"\npair = "2"'
    changed = small.text().replace(before, before.replace('pair = "2"', 'pair = "1"'))
    with pytest.raises(BadInput, match="Pair 1 has 1 accelerator and 2 comparison"):
        read_protocol(changed.encode())


def test_there_is_no_study_without_figures():
    with pytest.raises(BadInput, match=r"There is no figures.csv. Put the figures of the outcomes in it."):
        read_study({}, small.protocol())


def test_rows_that_have_no_part_are_counted_and_named():
    rows = [*small.figures(), ("a1", 5, "wait", 30), ("a1", -3, "wait", 30), ("a1", 0, "H3.started", 9)]
    found = read_study({**small.files(rows), "notes.csv": b"x\n1"}, small.protocol())
    assert [(each.file, each.what, each.rows) for each in found.dropped] == [
        ("notes.csv", "the whole file", 0),
        ("figures.csv", "a1, 2025/26 Q2", 1),
        ("figures.csv", "a1, 2027/28 Q2", 1),
        ("figures.csv", "figure “H3.started”", 1),
    ]


def test_what_an_outcome_is_made_of_is_set_aside_where_the_outcome_itself_is_there():
    """Which of the two was used must not be anybody's guess."""
    rows = [*small.figures(), ("a1", 0, "H2.median-days", 99), ("c1", 0, "H2.median-days", 99)]
    found = read_study(small.files(rows), small.protocol())
    assert [(each.what, each.rows) for each in found.dropped] == [("figure “H2.median-days”", 2)]
    assert found.figures["wait"]["a1", Quarter.parse("2026/27 Q1")].cell.number == small.wait("a1", 0)


def test_every_state_of_a_figure_stays_the_state_it_was():
    def figure(site: str, wave: int) -> object:
        marks = {("a1", 0): "*", ("a2", 0): "-", ("a3", 0): "n/a", ("a4", 0): "", ("c1", 0): 0}
        return marks.get((site, wave), small.wait(site, wave))

    found = read_study(small.files(small.figures(figure)), small.protocol()).figures["wait"]
    states = [found[site, Quarter.parse("2026/27 Q1")].state for site in ("a1", "a2", "a3", "a4", "c1", "c2")]
    assert states == [
        CellState.SUPPRESSED,
        CellState.WITHHELD,
        CellState.NOT_APPLICABLE,
        CellState.NOT_SUBMITTED,
        CellState.ZERO,
        CellState.VALUE,
    ]


def test_an_overall_score_is_the_given_one_or_the_mean_of_its_levels():
    text = "site,wave,level,score\na1,0,macro,2\na1,0,meso,3\na2,0,overall,4\na2,0,macro,1\n"
    found = read_study(small.files(assessments=text), small.protocol()).assessed
    quarter = Quarter.parse("2026/27 Q1")
    assert found.overall == {("a1", quarter): 2.5, ("a2", quarter): 4.0}
    assert found.by_level["a2", quarter, "macro"] == 1


def test_a_wave_may_be_a_number_or_a_quarter():
    rows = [
        (*row[:1], f"{small.protocol().quarters[int(str(row[1])) + 2].label}", *row[2:])
        for row in small.figures()
    ]
    plan = small.protocol()
    assert read_study(small.files(rows), plan).figures == read_study(small.files(), plan).figures
