"""How small numbers are published

An invented quarter in three invented areas, under the programme's default rule: counts of 1 to 4 are hidden
with what would give them away, and the rest is rounded to the nearest 5. `*` is hidden.
"""

from datetime import date

from ithrive.disclosure import CellState, CountTable, Dimension, Seen, attack, proportion, publish, rule

UNDER = rule("programme", date(2026, 5, 1))


def test_small_counts_are_hidden_before_any_rate_is_made() -> None:
    assert published("""
        area        | helped | not helped
        Alderbrook  |     61 |        179
        Brackenford |      4 |        114
        Corrie      |     33 |         87
    """) == table("""
        area        | helped | not helped | Total | rate
        Alderbrook  |     60 |        180 |   240 | 25%
        Brackenford |      * |          * |   120 | *
        Corrie      |      * |          * |   120 | *
        Total       |    100 |        380 |   480 | 21%
    """)


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    assert published("""
        area        | helped | not helped
        Alderbrook  |     61 |        179
        Brackenford |     14 |        104
    """) == table("""
        area        | helped | not helped | Total | rate
        Alderbrook  |     60 |        180 |   240 | 25%
        Brackenford |     15 |        105 |   120 | 13%
        Total       |     75 |        285 |   360 | 21%
    """)


def test_a_zero_that_tells_of_everybody_is_hidden_too() -> None:
    assert published("""
        area        | helped | not helped
        Alderbrook  |     61 |        179
        Brackenford |     20 |          0
    """) == table("""
        area        | helped | not helped | Total | rate
        Alderbrook  |      * |          * |   240 | *
        Brackenford |      * |          * |    20 | *
        Total       |     80 |        180 |   260 | 31%
    """)


# How the tables above are read and written.

Rows = list[dict[str, str]]


def table(text: str) -> Rows:
    headings, *lines = ([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines())
    return [dict(zip(headings, line, strict=True)) for line in lines]


def published(text: str) -> Rows:
    rows = table(text)
    outcomes = ("helped", "not helped")
    counts = CountTable.of_parts(
        "referred",
        (Dimension.flat("area", [row["area"] for row in rows]), Dimension.flat("outcome", outcomes)),
        {(row["area"], outcome): int(row[outcome]) for row in rows for outcome in outcomes},
    )
    publication = publish([counts], UNDER)
    assert all(each.open for each in attack([Seen("2026-04-20", publication)]))
    shown = publication.of(counts)
    return [
        {
            "area": area,
            **{each: drawn(shown[area, each]) for each in (*outcomes, "Total")},
            "rate": drawn(proportion(*(shown[area, each] for each in (*outcomes, "Total")), UNDER), "%"),
        }
        for area in counts.dimensions[0].categories
    ]


def drawn(cell, unit=""):  # type: ignore[no-untyped-def] # of this page
    return "*" if cell.state is CellState.SUPPRESSED else f"{cell.number}{unit}"
