"""How a study is run

Four pairs, a quarter before the start of THRIVE and two after it. Each figure is how many days young people
waited for their first contact; the first of each pair implements THRIVE, the second does not.

    site        | pair | before | first | second
    Alderbrook  | 1    | 40     | 36    | 34
    Brackenford | 1    | 42     | 42    | 41
    Caldmere    | 2    | 55     | 50    | 48
    Dunwick     | 2    | 51     | 51    | 52
    Eastholm    | 3    | 33     | 30    | 28
    Fernleigh   | 3    | 35     | 35    | 36
    Garrowby    | 4    | 47     | 41    | 40
    Harthill    | 4    | 44     | 45    | 43
"""

from datetime import UTC, datetime
from typing import Any

from ithrive.evaluation import NotComputable
from ithrive.evaluation.protocol import Protocol, Standing, read_protocol
from ithrive.evaluation.study import StudyResults, monitor, read_study, run_study
from ithrive.tables import csv_text

STUDY = str(__doc__).split("\n\n")[-1]


def test_the_effect_is_how_much_more_one_arm_changed_than_the_other():
    assert ran(STUDY).outcome("wait").effect.estimate == -5.5  # 5.375 days less, and 0.125 more


def test_as_if_by_lot_asks_how_many_swaps_within_pairs_would_give_as_much():
    exact: Any = ran(STUDY).outcome("wait").effect.primary
    assert (exact.p, exact.reference) == (2 / 16, "all 16 swaps within 4 pairs")


def test_a_study_that_was_not_frozen_is_exploratory_wherever_it_speaks():
    assert ran(STUDY, frozen=False).outcome("wait").sentence.startswith("Exploratory. Median days")


def test_a_figure_that_did_not_come_is_never_made_up():
    missing = ran(STUDY.replace("| 42    | 41", "|       | 41")).outcome("wait").missing
    assert (missing.expected, missing.received, missing.used) == (24, 23, 23)


def test_a_pair_leaves_together():
    left_out = ran(STUDY.replace("| 42    | 41", "|       |  ")).outcome("wait").missing.sites_left_out
    assert [site for site, _ in left_out] == ["Alderbrook", "Brackenford"]


def test_what_cannot_be_worked_out_says_why():
    alike = STUDY
    for row in lines(STUDY)[1:]:
        alike = alike.replace(row, " | ".join([*row.split("|")[:2], "40", "40", "40"]))
    assert ran(alike).outcome("wait").effect.primary == NotComputable(
        "Every assignment gives the same: nothing varies beyond sites and waves."
    )


def test_who_watches_the_data_sees_what_came_and_nothing_of_how_the_study_goes():
    other_way = STUDY.replace("| 34", "| 94").replace("| 28", "| 0 ")
    assert watched(STUDY) == watched(other_way) == ("24 of 24 expected figures have come: good.",)


# How the table above is read.


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def table(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in lines(text)[1:]]


def protocol(text: str) -> Protocol:
    sites = [
        f'[[site]]\nid = "{site}"\narea = "{site}"\ngeography = "G"\npair = "{pair}"\n'
        + ('arm = "comparison"\n' if at % 2 else 'arm = "accelerator"\nstarts = "2026/27 Q2"\n')
        for at, (site, pair, *_) in enumerate(table(text))
    ]
    head = (
        'schema = 1\nid = "s"\nname = "A study"\nfictional = true\nquestion = "Less waiting?"\n'
        '[waves]\nbaseline = "2026/27 Q1"\nfollowing = 2\nassessments = []\n'
        '[[outcome]]\nid = "wait"\nmeasure = "H2"\nbetter = "lower"\nfamily = "primary"\n'
    )
    return read_protocol((head + "".join(sites)).encode())


def files(text: str) -> dict[str, bytes]:
    rows = [
        (site, wave, "wait", figure)
        for site, _, *figures in table(text)
        for wave, figure in enumerate(figures)
    ]
    return {"figures.csv": csv_text(("site", "wave", "figure", "value"), rows).encode()}


def ran(text: str, *, frozen: bool = True) -> StudyResults:
    plan = protocol(text)
    standing = Standing(frozen, "It was frozen." if frozen else "It was not frozen.")
    return run_study(plan, standing, read_study(files(text), plan), at=datetime(2027, 1, 1, tzinfo=UTC))


def watched(text: str) -> tuple[str, ...]:
    plan = protocol(text)
    return monitor(plan, read_study(files(text), plan)).sentences
