"""How figures that are not there are reckoned with

Four areas send how many young people were referred and how many were helped within four weeks. A star is a
figure too small to show, nothing at all one that was not sent, a dash one withheld for its quality, and n/a
one that does not apply.

    area        | referred | helped
    Alderbrook  |      240 |     60
    Brackenford |      118 |      0
    Corrie      |      150 |      *
    Dunmere     |          |     12
"""

from ithrive.measures import Cell, cell_text, rate, read_cell, total

RETURNS = str(__doc__).split("\n\n")[-1]


def test_nought_is_a_figure_and_what_is_missing_stays_missing() -> None:
    assert shares(RETURNS) == table("""
        area        | share
        Alderbrook  | 0.25
        Brackenford | 0
        Corrie      | *
        Dunmere     |
    """)


def test_a_sum_with_a_missing_part_is_not_a_sum() -> None:
    assert summed("240, 118") == "358"
    assert summed("240, 118, *") == "*"
    assert summed("240, , *") == ""
    assert summed("0, 0") == "0"


def test_what_stands_most_in_the_way_is_what_is_said() -> None:
    assert summed("n/a, 7") == "n/a"
    assert summed("n/a, *, 7") == "*"
    assert summed("n/a, *, -, 7") == "-"
    assert summed("n/a, *, -, , 7") == ""


def test_of_nobody_there_is_no_share() -> None:
    assert share("0", "0") == "n/a"


# How the tables above are read and written.

Rows = list[dict[str, str]]


def table(text: str) -> Rows:
    headings, *lines = ([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines())
    return [dict(zip(headings, line, strict=True)) for line in lines]


def cell(text: str) -> Cell:
    return read_cell(text, place="the example")


def share(helped: str, referred: str) -> str:
    return cell_text(rate(cell(helped), cell(referred))).removesuffix(".0")


def shares(text: str) -> Rows:
    return [{"area": row["area"], "share": share(row["helped"], row["referred"])} for row in table(text)]


def summed(text: str) -> str:
    return cell_text(total(cell(part) for part in text.split(",")))
